import QtQuick
import IngressLab
import QtQuick.Templates as T

/// A button that is a picture; its name is said to those who cannot see it, and shown as a hint.
T.Button {
    id: root

    required property LabTheme theme
    property string sign
    property string hint: text
    property color tint: theme.muted

    implicitWidth: 32
    implicitHeight: 32
    focusPolicy: Qt.StrongFocus
    Accessible.name: text
    Accessible.description: hint

    background: Rectangle {
        radius: 8
        color: root.checked ? Qt.alpha(root.theme.ingress, 0.22)
             : root.down ? root.theme.strongBorder
             : root.hovered ? root.theme.raised : "transparent"
        border.width: root.visualFocus ? 2 : 0
        border.color: root.theme.ingress
    }
    contentItem: Item {
        AppIcon {
            anchors.centerIn: parent
            name: root.sign
            size: 17
            colour: root.checked ? root.theme.ingress
                  : root.enabled ? (root.hovered ? root.theme.text : root.tint)
                                 : root.theme.strongBorder
        }
    }
}
