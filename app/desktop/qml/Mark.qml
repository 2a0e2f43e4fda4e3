import QtQuick
import IngressLab

/// How a request ended, as its dot looks: a shape besides the colour.
Item {
    id: root

    required property LabTheme theme
    property string ending // "served", "slow", "refused", "turned", "failed"

    implicitWidth: 10
    implicitHeight: 10
    Accessible.ignored: true

    Rectangle {
        anchors.centerIn: parent
        visible: root.ending !== "failed"
        width: root.ending === "refused" ? 6.4 : 7
        height: width
        radius: root.ending === "refused" ? 0 : width / 2
        rotation: root.ending === "refused" ? 45 : 0
        antialiasing: true
        color: root.ending === "served" ? root.theme.served
             : root.ending === "slow" ? root.theme.slow
             : root.ending === "refused" ? root.theme.refused : "transparent"
        border.width: root.ending === "turned" ? 1.5 : 0
        border.color: root.theme.muted
    }
    Repeater {
        model: root.ending === "failed" ? [45, -45] : []

        Rectangle {
            required property int modelData

            anchors.centerIn: parent
            width: 10
            height: 2
            radius: 1
            antialiasing: true
            rotation: modelData
            color: root.theme.failed
        }
    }
}
