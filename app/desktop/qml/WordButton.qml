import QtQuick
import IngressLab
import QtQuick.Templates as T

/// A button that is a word: quiet, chosen (`checked`), or the one to press (`isMain`).
T.Button {
    id: root

    required property LabTheme theme
    property bool isMain: false
    property string sign

    implicitWidth: Math.max(40, row.implicitWidth + 24)
    implicitHeight: 32
    focusPolicy: Qt.StrongFocus
    Accessible.name: text

    background: Rectangle {
        radius: 8
        color: root.isMain ? (root.enabled ? root.theme.ingress : root.theme.raised)
             : root.checked ? root.theme.raised
             : root.hovered ? Qt.alpha(root.theme.raised, 0.7) : "transparent"
        opacity: root.isMain && root.down ? 0.85 : 1
        border.width: root.visualFocus ? 2 : 0
        border.color: root.isMain ? root.theme.text : root.theme.ingress
    }
    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: 7

            AppIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.sign !== ""
                name: root.sign
                size: 15
                colour: words.color
            }
            Words {
                id: words

                text: root.text
                font.weight: root.isMain ? Font.DemiBold : Font.Medium
                color: root.isMain ? (root.enabled ? root.theme.onAction : root.theme.faint)
                     : root.checked || root.hovered ? root.theme.text : root.theme.muted
                Accessible.ignored: true
            }
        }
    }
}
