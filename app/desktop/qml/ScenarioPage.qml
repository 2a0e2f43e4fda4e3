import QtQuick
import IngressLab
import QtQuick.Templates as T

/// The scenarios that come with the program.
Item {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme

    Words {
        id: title

        x: 18
        y: 16
        text: qsTr("Scenarios")
        font.pixelSize: 20
        font.weight: Font.DemiBold
        color: root.theme.text
    }
    Words {
        id: note

        x: 18
        anchors.top: title.bottom
        anchors.topMargin: 4
        width: parent.width - 36
        text: qsTr("Open one, press Space, and watch both doors.")
        wrapMode: Text.WordWrap
        color: root.theme.muted
    }
    ListView {
        id: list

        objectName: "scenarioList"
        anchors.top: note.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        x: 8
        width: parent.width - 16
        clip: true
        spacing: 2
        model: root.workshop.scenarios
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        currentIndex: root.workshop.scenarios.findIndex(
            one => one.name === root.workshop.scenarioName)

        delegate: T.Button {
            id: entry

            required property var modelData
            readonly property bool isShown: modelData.name === root.workshop.scenarioName

            objectName: "scenario-" + modelData.name
            width: list.width
            height: words.implicitHeight + 20
            focusPolicy: Qt.StrongFocus
            Accessible.name: modelData.title
            onClicked: {
                if (root.workshop.open(modelData.path)) {
                    root.workshop.isRunning = true
                }
            }

            background: Rectangle {
                radius: 8
                color: entry.isShown ? Qt.alpha(root.theme.ingress, 0.14)
                     : entry.hovered ? root.theme.raised : "transparent"
                border.width: entry.visualFocus ? 2 : 0
                border.color: root.theme.ingress
            }
            contentItem: Item {
                Column {
                    id: words

                    x: 10
                    y: 10
                    width: parent.width - 20
                    spacing: 3

                    Words {
                        width: parent.width
                        text: entry.modelData.title
                        wrapMode: Text.WordWrap
                        font.weight: entry.isShown ? Font.DemiBold : Font.Medium
                        color: root.theme.text
                        Accessible.ignored: true
                    }
                    Words {
                        width: parent.width
                        text: entry.modelData.name
                        font.pixelSize: 11
                        color: root.theme.faint
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
