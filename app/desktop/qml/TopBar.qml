import QtQuick
import IngressLab
import QtQuick.Templates as T

/// What is open, what time it is there, and how fast that passes.
Item {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme
    readonly property var speeds: [0.01, 0.1, 0.25, 1, 4]

    property bool mayRun: true
    signal commandsAsked()

    implicitHeight: 44

    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: 12

        Rectangle {
            width: 32
            height: 32
            radius: 9
            gradient: Gradient {
                GradientStop { position: 0; color: Qt.lighter(root.theme.ingress, 1.12) }
                GradientStop { position: 1; color: Qt.darker(root.theme.ingress, 1.2) }
            }

            AppIcon {
                anchors.centerIn: parent
                name: "waypoints"
                size: 18
                colour: "#FFFFFF"
            }
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: "Ingress Lab"
            font.pixelSize: 16
            font.weight: Font.DemiBold
            color: root.theme.text
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.workshop.isOpen
            width: 1
            height: 18
            color: root.theme.strongBorder
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            objectName: "title"
            width: Math.min(implicitWidth, Math.max(80, clock.x - x - 24))
            text: root.workshop.title
            color: root.theme.muted
        }
    }

    Rectangle {
        id: clock

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.verticalCenter: parent.verticalCenter
        width: controls.implicitWidth + 12
        height: 42
        radius: 12
        color: root.theme.panel
        border.width: 1
        border.color: root.theme.border

        Row {
            id: controls

            anchors.centerIn: parent
            spacing: 4

            IconButton {
                objectName: "run"
                theme: root.theme
                enabled: root.workshop.isOpen && root.mayRun
                checked: root.workshop.isRunning
                sign: root.workshop.isRunning ? "pause" : "play"
                text: root.workshop.isRunning ? qsTr("Pause") : qsTr("Run")
                onClicked: root.workshop.isRunning = !root.workshop.isRunning
            }
            IconButton {
                objectName: "step"
                theme: root.theme
                enabled: root.workshop.isOpen && root.mayRun
                sign: "step-forward"
                text: qsTr("One step forward")
                onClicked: { root.workshop.isRunning = false; root.workshop.step(0.1) }
            }
            IconButton {
                objectName: "reset"
                theme: root.theme
                enabled: root.workshop.isOpen
                sign: "rotate-ccw"
                text: qsTr("Back to the start")
                onClicked: root.workshop.reset()
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 1
                height: 20
                color: root.theme.border
            }
            Repeater {
                model: 5

                WordButton {
                    required property int index

                    objectName: "speed" + index
                    theme: root.theme
                    enabled: root.workshop.isOpen
                    text: root.speeds[index] + "×"
                    checked: Math.abs(root.workshop.speed - root.speeds[index]) < 0.001
                    Accessible.name: qsTr("Speed %1").arg(text)
                    onClicked: root.workshop.speed = root.speeds[index]
                }
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 1
                height: 20
                color: root.theme.border
            }
            Item {
                width: 78
                height: 32

                Words {
                    objectName: "clock"
                    anchors.centerIn: parent
                    text: root.workshop.clock
                    font.family: "JetBrains Mono"
                    font.pixelSize: 14
                    color: root.theme.text
                    Accessible.name: qsTr("Time of the run: %1").arg(text)
                }
            }
        }
    }

    Row {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: 6

        IconButton {
            objectName: "commands"
            theme: root.theme
            sign: "search"
            text: qsTr("Commands (Ctrl+K)")
            onClicked: root.commandsAsked()
        }
        IconButton {
            objectName: "theme"
            theme: root.theme
            sign: root.theme.isDark ? "sun" : "moon"
            text: root.theme.isDark ? qsTr("Light colours") : qsTr("Dark colours")
            onClicked: root.theme.isDark = !root.theme.isDark
        }
    }
}
