import QtQuick
import IngressLab

/// The last minute in three charts, and what the dots mean.
Panel {
    id: root

    required property Workshop workshop

    theme: workshop.theme

    Row {
        id: charts

        x: 16
        y: 12
        width: parent.width - 32
        height: parent.height - y - legend.height - 6
        spacing: 20

        Repeater {
            model: 3

            Item {
                id: one

                required property int index
                readonly property string metric: ["requests", "latency", "refused"][index]

                width: (charts.width - 2 * charts.spacing) / 3
                height: charts.height

                Row {
                    spacing: 8

                    Words {
                        text: [qsTr("Answered"), qsTr("Latency, p99"), qsTr("Refused")][one.index]
                        font.weight: Font.DemiBold
                        color: root.theme.text
                    }
                    Words {
                        anchors.verticalCenter: parent.verticalCenter
                        text: [qsTr("requests a second"), qsTr("milliseconds"),
                               qsTr("requests a second")][one.index]
                        font.pixelSize: 11
                        color: root.theme.faint
                    }
                }
                TimeChart {
                    objectName: "chart-" + one.metric
                    y: 22
                    width: parent.width
                    height: parent.height - y
                    workshop: root.workshop
                    metric: one.metric
                    Accessible.role: Accessible.Chart
                    Accessible.name: qsTr("%1 over time, both styles").arg(one.metric)
                }
            }
        }
    }
    Item {
        id: legend

        anchors.bottom: parent.bottom
        width: parent.width
        height: 32

        Rectangle {
            width: parent.width
            height: 1
            color: root.theme.border
        }
        Row {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            spacing: 20

            Repeater {
                model: 5

                Row {
                    id: entry

                    required property int index

                    spacing: 7

                    Mark {
                        anchors.verticalCenter: parent.verticalCenter
                        theme: root.theme
                        ending: ["served", "slow", "refused", "turned", "failed"][entry.index]
                    }
                    Words {
                        text: [qsTr("Under way, served"), qsTr("Slow (250 ms or more)"),
                               qsTr("Refused by a limit"), qsTr("Other 3xx, 4xx"),
                               qsTr("Failed")][entry.index]
                        font.pixelSize: 12
                        color: root.theme.muted
                    }
                }
            }
        }
        Words {
            anchors.right: parent.right
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            objectName: "dotRule"
            text: root.workshop.requestsPerDot === 1
                ? qsTr("1 dot = 1 request")
                : qsTr("1 dot = %1 requests").arg(root.workshop.requestsPerDot)
            font.pixelSize: 12
            color: root.theme.muted
        }
    }
}
