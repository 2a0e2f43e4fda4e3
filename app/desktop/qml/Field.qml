import QtQuick
import IngressLab

/// One line that is typed.
Rectangle {
    id: root

    required property LabTheme theme
    property alias text: input.text
    property string label
    property bool isMono: true
    signal accepted()

    function focusInput() { input.forceActiveFocus() }

    implicitHeight: 34
    radius: 8
    color: theme.canvas
    border.width: input.activeFocus ? 2 : 1
    border.color: input.activeFocus ? theme.ingress : theme.strongBorder

    TextInput {
        id: input

        objectName: root.objectName === "" ? "" : root.objectName + "-input"
        anchors.fill: parent
        anchors.leftMargin: 10
        anchors.rightMargin: 10
        verticalAlignment: TextInput.AlignVCenter
        clip: true
        selectByMouse: true
        activeFocusOnTab: true
        font.family: root.isMono ? "JetBrains Mono" : "Inter"
        font.pixelSize: 12
        color: root.theme.text
        selectionColor: Qt.alpha(root.theme.ingress, 0.4)
        selectedTextColor: root.theme.text
        Accessible.role: Accessible.EditableText
        Accessible.name: root.label
        onAccepted: root.accepted()
    }
}
