import QtQuick
import QtQuick.Templates as T
import IngressLab

/// One answer that may be chosen; long ones go on in the next line.
T.Button {
    id: root

    required property LabTheme theme

    implicitHeight: words.implicitHeight + 20
    focusPolicy: Qt.StrongFocus
    Accessible.name: text

    background: Rectangle {
        radius: 8
        color: root.checked ? Qt.alpha(root.theme.ingress, 0.14)
             : root.hovered ? root.theme.raised : "transparent"
        border.width: root.visualFocus ? 2 : 1
        border.color: root.checked || root.visualFocus ? root.theme.ingress
                                                       : root.theme.strongBorder
    }
    contentItem: Item {
        AppIcon {
            x: 10
            anchors.verticalCenter: parent.verticalCenter
            name: root.checked ? "circle-check" : "target"
            colour: root.checked ? root.theme.ingress : root.theme.faint
        }
        Words {
            id: words

            x: 36
            y: 10
            width: parent.width - 46
            text: root.text
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            color: root.enabled || root.checked ? root.theme.text : root.theme.faint
            Accessible.ignored: true
        }
    }
}
