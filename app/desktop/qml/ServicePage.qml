import QtQuick
import IngressLab

/// The selected Service: how it is on both sides, and what may be done to its pods.
Item {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme
    readonly property ServiceDesk desk: workshop.serviceDesk
    readonly property var deeds: ["kill", "hang", "slow", "error", "refuse", "revive"]
    property bool isFirstOnly: false

    Column {
        x: 18
        y: 14
        width: parent.width - 36
        spacing: 12

        Words {
            width: parent.width
            objectName: "serviceName"
            text: root.desk.isChosen ? root.desk.name : qsTr("No Service is selected")
            font.pixelSize: 20
            font.weight: Font.DemiBold
            color: root.theme.text
        }
        Words {
            width: parent.width
            objectName: "servicePods"
            text: root.desk.isChosen ? root.desk.pods
                                     : qsTr("Click a Service, its load balancer or its pods.")
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            color: root.desk.isIll ? root.theme.failed : root.theme.muted
        }
        Column {
            width: parent.width
            visible: root.desk.isChosen
            spacing: 6

            Row {
                Words {
                    width: 130
                    text: qsTr("Within the last second")
                    font.pixelSize: 11
                    color: root.theme.faint
                }
                Repeater {
                    model: 2

                    Words {
                        required property int index

                        width: 64
                        horizontalAlignment: Text.AlignRight
                        text: index === 0 ? "A" : "B"
                        font.weight: Font.DemiBold
                        color: index === 0 ? root.theme.perService : root.theme.ingress
                    }
                }
            }
            Repeater {
                model: root.desk.rows

                Row {
                    id: line

                    required property var modelData

                    Words {
                        width: 130
                        text: line.modelData.what
                        color: root.theme.muted
                    }
                    Words {
                        width: 64
                        horizontalAlignment: Text.AlignRight
                        text: line.modelData.perService
                        font.family: "JetBrains Mono"
                        color: root.theme.text
                    }
                    Words {
                        width: 64
                        horizontalAlignment: Text.AlignRight
                        text: line.modelData.ingress
                        font.family: "JetBrains Mono"
                        color: root.theme.text
                    }
                }
            }
        }
        Words {
            visible: root.desk.isChosen
            text: qsTr("Do something to")
            font.weight: Font.DemiBold
            color: root.theme.text
        }
        Row {
            visible: root.desk.isChosen
            spacing: 4

            WordButton {
                objectName: "allPods"
                theme: root.theme
                text: qsTr("all its pods")
                checked: !root.isFirstOnly
                onClicked: root.isFirstOnly = false
            }
            WordButton {
                objectName: "firstPod"
                theme: root.theme
                text: qsTr("the first one")
                checked: root.isFirstOnly
                onClicked: root.isFirstOnly = true
            }
        }
        Grid {
            visible: root.desk.isChosen
            columns: 2
            spacing: 6

            Repeater {
                model: 6

                WordButton {
                    required property int index

                    objectName: "do-" + root.deeds[index]
                    width: 122
                    theme: root.theme
                    checked: true
                    sign: ["power", "hourglass", "timer", "circle-x", "x", "heart-pulse"][index]
                    text: [qsTr("Kill"), qsTr("Let hang"), qsTr("400 ms late"), qsTr("Answer 500"),
                           qsTr("Refuse"), qsTr("Revive")][index]
                    onClicked: root.workshop.befall(root.deeds[index], root.isFirstOnly)
                }
            }
        }
        Words {
            width: parent.width
            visible: root.desk.isChosen
            text: qsTr("It happens now, in both styles at once. What was before stays as it was; "
                       + "the charts mark the moment.")
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            font.pixelSize: 12
            color: root.theme.faint
        }
    }
}
