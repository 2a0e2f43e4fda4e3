import QtQuick
import IngressLab
import QtQuick.Templates as T

/// What both styles come to, cell by cell; each opens how it is computed.
Panel {
    id: root

    required property Workshop workshop
    property int explained: -1
    signal asked(string name, string how, string origin, real x)

    theme: workshop.theme
    implicitHeight: 82

    Row {
        id: cells

        anchors.fill: parent
        anchors.leftMargin: 6
        anchors.rightMargin: 6

        Repeater {
            id: repeater

            model: root.workshop.scoreboard

            T.Button {
                id: cell

                required property int index
                required property string name
                required property string sign
                required property string perService
                required property string ingress
                required property string unit
                required property string better
                required property string origin
                required property string how

                objectName: "score-" + name
                width: cells.width / Math.max(1, repeater.count)
                height: cells.height
                focusPolicy: Qt.StrongFocus
                Accessible.name: qsTr("%1: per service %2, ingress %3 %4")
                    .arg(name).arg(perService).arg(ingress).arg(unit)
                onClicked: root.asked(name, how, origin, cell.x)

                background: Item {
                    Rectangle {
                        anchors.fill: parent
                        anchors.margins: 4
                        radius: 8
                        color: cell.hovered ? root.theme.raised : "transparent"
                        border.width: cell.visualFocus ? 2 : 0
                        border.color: root.theme.ingress
                    }
                    Rectangle {
                        visible: cell.index > 0
                        y: 18
                        width: 1
                        height: parent.height - 36
                        color: root.theme.border
                    }
                }
                contentItem: Item {
                    Row {
                        id: label

                        x: 12
                        y: 10
                        spacing: 5

                        AppIcon {
                            visible: cell.width >= 118
                            anchors.verticalCenter: parent.verticalCenter
                            name: cell.sign
                            size: 13
                            colour: root.theme.faint
                        }
                        Words {
                            width: Math.min(implicitWidth,
                                            cell.width - (cell.width < 118 ? 14 : 32))
                            text: cell.name
                            font.pixelSize: 12
                            color: root.theme.muted
                        }
                    }
                    Repeater {
                        model: 2

                        Row {
                            id: line

                            required property int index
                            readonly property bool isBest: cell.better
                                === (index === 0 ? "per-service" : "ingress")

                            x: 12
                            y: 30 + index * 22
                            spacing: 6

                            Words {
                                width: 11
                                anchors.baseline: value.baseline
                                text: line.index === 0 ? "A" : "B"
                                font.pixelSize: 11
                                font.weight: Font.DemiBold
                                color: line.index === 0 ? root.theme.perService
                                                        : root.theme.ingress
                            }
                            Words {
                                id: value

                                text: line.index === 0 ? cell.perService : cell.ingress
                                font.pixelSize: 17
                                font.weight: Font.DemiBold
                                color: cell.better === "" || line.isBest ? root.theme.text
                                                                         : root.theme.faint
                            }
                            Words {
                                anchors.baseline: value.baseline
                                text: cell.unit
                                font.pixelSize: 11
                                color: root.theme.faint
                            }
                        }
                    }
                }
            }
        }
    }
}
