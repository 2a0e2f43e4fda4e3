import QtQuick
import IngressLab

/// One style: what it is, and its side of the stage.
Panel {
    id: root

    required property Workshop workshop
    property bool isIngress: false
    readonly property color accent: isIngress ? theme.ingress : theme.perService

    theme: workshop.theme

    Item {
        id: head

        width: parent.width
        height: 56

        Rectangle {
            id: letter

            x: 16
            anchors.verticalCenter: parent.verticalCenter
            width: 28
            height: 28
            radius: 8
            color: Qt.alpha(root.accent, 0.16)

            Words {
                anchors.centerIn: parent
                text: root.isIngress ? "B" : "A"
                font.pixelSize: 14
                font.weight: Font.DemiBold
                color: root.accent
            }
        }
        Column {
            anchors.left: letter.right
            anchors.leftMargin: 12
            anchors.right: parent.right
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Words {
                width: parent.width
                text: root.isIngress ? qsTr("One shared ingress")
                                     : qsTr("One load balancer per service")
                font.pixelSize: 14
                font.weight: Font.DemiBold
                color: root.theme.text
            }
            Words {
                width: parent.width
                text: root.isIngress ? root.workshop.ingressNote : root.workshop.perServiceNote
                font.pixelSize: 12
                color: root.theme.muted
            }
        }
    }
    Rectangle {
        id: canvas

        x: 1
        y: head.height
        width: parent.width - 2
        height: parent.height - head.height - 1
        color: root.theme.canvas
        radius: 13

        Rectangle { // its upper corners are square
            width: parent.width
            height: 14
            color: root.theme.canvas
        }
        Rectangle {
            width: parent.width
            height: 1
            color: root.theme.border
        }
        StageView {
            objectName: root.isIngress ? "stageB" : "stageA"
            anchors.fill: parent
            workshop: root.workshop
            isIngress: root.isIngress
            Accessible.role: Accessible.Graphic
            Accessible.name: root.isIngress
                ? qsTr("Stage of the ingress: clients, ingress, services")
                : qsTr("Stage of the load balancers: clients, load balancers, services")
        }
    }
}
