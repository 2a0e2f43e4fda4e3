import QtQuick
import IngressLab

/// What went wrong, until it is dismissed.
Rectangle {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme

    objectName: "problem"
    visible: workshop.problem !== ""
    height: workshop.problem !== "" ? words.implicitHeight + 24 : 0
    radius: 10
    color: Qt.alpha(theme.failed, 0.12)
    border.width: 1
    border.color: Qt.alpha(theme.failed, 0.5)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: workshop.problem

    AppIcon {
        x: 14
        y: 14
        name: "circle-alert"
        colour: root.theme.failed
    }
    Words {
        id: words

        x: 40
        y: 12
        width: parent.width - 90
        text: root.workshop.problem
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        elide: Text.ElideNone
        color: root.theme.text
        Accessible.ignored: true
    }
    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: 6
        y: 6
        theme: root.theme
        sign: "x"
        text: qsTr("Dismiss")
        onClicked: root.workshop.dismissProblem()
    }
}
