import QtQuick
import IngressLab

/// How one number of the scoreboard comes about.
Rectangle {
    id: root

    required property Workshop workshop
    required property real room
    readonly property LabTheme theme: workshop.theme
    property string name
    property string how
    property string origin

    function show(name: string, how: string, origin: string, at: real) {
        const isSame = root.visible && root.name === name
        root.name = name
        root.how = how
        root.origin = origin
        root.x = Math.max(0, Math.min(at, root.room - root.width))
        root.visible = !isSame
    }

    objectName: "explanation"
    visible: false
    width: Math.min(440, room)
    height: column.implicitHeight + 28
    radius: 12
    color: theme.raised
    border.width: 1
    border.color: theme.strongBorder
    z: 10
    Accessible.role: Accessible.ToolTip
    Accessible.name: name + ": " + how

    Column {
        id: column

        x: 16
        y: 14
        width: parent.width - 32
        spacing: 6

        Words {
            text: root.name
            font.weight: Font.DemiBold
            color: root.theme.text
        }
        Words {
            width: parent.width
            text: root.how
            wrapMode: Text.WordWrap
            lineHeight: 1.15
            color: root.theme.muted
        }
        Words {
            text: root.origin
            font.pixelSize: 11
            color: root.theme.faint
        }
    }
    MouseArea {
        anchors.fill: parent
        onClicked: root.visible = false
    }
}
