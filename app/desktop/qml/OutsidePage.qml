import QtQuick
import IngressLab

/// The live engine on loopback: commands to copy, and what its doors count.
Item {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme
    readonly property OutsideDesk desk: workshop.outsideDesk

    Flickable {
        anchors.fill: parent
        contentHeight: column.implicitHeight + 28
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: column

            x: 18
            y: 14
            width: parent.width - 36
            spacing: 12

            Words {
                text: qsTr("From outside")
                font.pixelSize: 20
                font.weight: Font.DemiBold
                color: root.theme.text
            }
            Words {
                width: parent.width
                text: qsTr("The live engine with this scenario, on free ports of this machine, "
                           + "for curl, a browser, wrk or k6.")
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                color: root.theme.muted
            }
            WordButton {
                objectName: "serve"
                theme: root.theme
                isMain: !root.desk.isServing
                checked: root.desk.isServing
                sign: root.desk.isServing ? "power" : "globe"
                text: root.desk.isServing ? qsTr("Stop serving") : qsTr("Serve it live")
                onClicked: root.desk.isServing ? root.desk.stop() : root.desk.start()
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.desk.mistake
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                color: root.theme.failed
            }
            Repeater {
                model: root.desk.commands

                Rectangle {
                    id: command

                    required property int index
                    required property var modelData

                    width: column.width
                    height: line.implicitHeight + 34
                    radius: 8
                    color: root.theme.canvas
                    border.width: 1
                    border.color: root.theme.border

                    Words {
                        x: 10
                        y: 8
                        width: parent.width - 50
                        text: command.modelData.what
                        font.weight: Font.DemiBold
                        color: command.modelData.style === "ingress" ? root.theme.ingress
                                                                     : root.theme.perService
                    }
                    IconButton {
                        objectName: "copy" + command.index
                        anchors.right: parent.right
                        anchors.rightMargin: 2
                        y: 1
                        theme: root.theme
                        sign: "copy"
                        text: qsTr("Copy the command for %1").arg(command.modelData.what)
                        onClicked: root.desk.copy(command.modelData.command)
                    }
                    Words {
                        id: line

                        x: 10
                        y: 27
                        width: parent.width - 20
                        text: command.modelData.command
                        wrapMode: Text.WrapAnywhere
                        elide: Text.ElideNone
                        font.family: "JetBrains Mono"
                        font.pixelSize: 11
                        color: root.theme.muted
                    }
                }
            }
            Repeater {
                model: root.desk.isServing ? root.desk.doors : []

                Item {
                    id: door

                    required property var modelData

                    width: column.width
                    height: 34

                    Words {
                        width: parent.width - 90
                        text: door.modelData.name
                        color: door.modelData.style === "ingress" ? root.theme.ingress
                                                                  : root.theme.perService
                    }
                    Words {
                        y: 17
                        width: parent.width - 90
                        text: door.modelData.address
                        font.family: "JetBrains Mono"
                        font.pixelSize: 11
                        color: root.theme.faint
                    }
                    Words {
                        anchors.right: parent.right
                        text: door.modelData.perSecond + "/s"
                        font.family: "JetBrains Mono"
                        color: root.theme.text
                    }
                    Words {
                        anchors.right: parent.right
                        y: 17
                        text: qsTr("%1 in all").arg(door.modelData.requests)
                        font.family: "JetBrains Mono"
                        font.pixelSize: 11
                        color: root.theme.faint
                    }
                }
            }
        }
    }
}
