import QtQuick
import IngressLab
import QtQuick.Window

/// The window: what is open, both sides of the stage, what they come to, and how that went.
Window {
    id: root

    required property Workshop workshop
    property string page: "scenarios"
    readonly property LabTheme theme: workshop.theme
    readonly property int gap: 12
    /// A prediction comes before what it is about.
    readonly property bool isSecret: page === "lesson" && workshop.lessonDesk.hasLesson
        && !workshop.lessonDesk.hasRun
    readonly property bool isLow: height < 800

    title: workshop.isOpen ? workshop.title + " – Ingress Lab" : "Ingress Lab"
    color: theme.window
    minimumWidth: 1180
    minimumHeight: 640

    TopBar {
        id: bar

        x: root.gap + 4
        y: 6
        width: root.width - 2 * x
        workshop: root.workshop
        mayRun: !root.isSecret
        onCommandsAsked: palette.show()
    }
    Panel {
        id: side

        x: root.gap
        anchors.top: bar.bottom
        anchors.topMargin: 6
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.gap
        width: Math.min(300, root.width * 0.22)
        theme: root.theme

        PageChoice {
            id: choice

            x: 12
            y: 8
            theme: root.theme
            page: root.page
            onChosen: page => root.page = page
        }
        Rectangle {
            y: 47
            width: parent.width
            height: 1
            color: root.theme.border
        }
        Item {
            id: pages

            anchors.fill: parent
            anchors.topMargin: 48

            ScenarioPage {
                anchors.fill: parent
                visible: root.page === "scenarios"
                workshop: root.workshop
            }
            LessonPage {
                anchors.fill: parent
                visible: root.page === "lesson"
                workshop: root.workshop
            }
            ExplainPage {
                anchors.fill: parent
                visible: root.page === "explain"
                workshop: root.workshop
            }
            ServicePage {
                anchors.fill: parent
                visible: root.page === "service"
                workshop: root.workshop
            }
            OutsidePage {
                anchors.fill: parent
                visible: root.page === "outside"
                workshop: root.workshop
            }
        }
    }
    Item {
        id: main

        anchors.left: side.right
        anchors.leftMargin: root.gap
        anchors.right: parent.right
        anchors.rightMargin: root.gap
        anchors.top: side.top
        anchors.bottom: side.bottom

        ProblemBanner {
            id: problem

            width: parent.width
            workshop: root.workshop
        }
        StagePane {
            id: left

            y: problem.height > 0 ? problem.height + root.gap : 0
            width: (parent.width - root.gap) / 2
            height: scores.y - root.gap - y
            workshop: root.workshop
        }
        StagePane {
            x: left.width + root.gap
            y: left.y
            width: left.width
            height: left.height
            workshop: root.workshop
            isIngress: true
        }
        ScoreStrip {
            id: scores

            y: charts.y - root.gap - height
            width: parent.width
            height: implicitHeight
            workshop: root.workshop
            onAsked: (name, how, origin, at) => explanation.show(name, how, origin, at)
        }
        ChartPane {
            id: charts

            y: parent.height - height
            width: parent.width
            height: root.isLow ? 158 : 196
            workshop: root.workshop
        }
        Rectangle {
            objectName: "cover"
            visible: root.isSecret
            y: scores.y
            z: 5
            width: parent.width
            height: parent.height - y
            radius: 14
            color: root.theme.panel
            border.width: 1
            border.color: root.theme.border
            Accessible.role: Accessible.StaticText
            Accessible.name: secret.text

            Words {
                id: secret

                anchors.centerIn: parent
                text: qsTr("What came of it shows after the lesson's run.")
                color: root.theme.muted
                Accessible.ignored: true
            }
            MouseArea { anchors.fill: parent }
        }
        Explanation {
            id: explanation

            anchors.bottom: scores.top
            anchors.bottomMargin: 6
            workshop: root.workshop
            room: main.width
        }
    }
    DropArea {
        anchors.fill: parent
        onDropped: drop => {
            if (drop.hasUrls) {
                root.workshop.openUrl(drop.urls[0])
            }
        }
    }
    CommandPalette {
        id: palette

        anchors.horizontalCenter: parent.horizontalCenter
        y: 90
        z: 20
        workshop: root.workshop
        onPageAsked: page => root.page = page
    }
    Shortcut {
        sequence: "Ctrl+K"
        onActivated: palette.visible ? palette.visible = false : palette.show()
    }
    Shortcut {
        sequence: "Escape"
        onActivated: palette.visible = false
    }
    onIsSecretChanged: {
        if (isSecret) {
            workshop.reset() // the stage shows nothing before its time either
        }
    }
    Connections {
        target: root.workshop
        function onSelectionChanged() {
            if (root.workshop.selected >= 0) {
                root.page = "service"
            }
        }
    }
    Shortcut {
        sequence: "Space"
        enabled: !root.isSecret
        onActivated: root.workshop.isRunning = !root.workshop.isRunning
    }
    Shortcut {
        sequence: "Right"
        enabled: !root.isSecret
        onActivated: { root.workshop.isRunning = false; root.workshop.step(0.1) }
    }
    Shortcut {
        sequence: "Left"
        onActivated: { root.workshop.isRunning = false; root.workshop.stepBack(0.1) }
    }
    Shortcut {
        sequence: "Ctrl+E"
        onActivated: root.page = "explain"
    }
    Shortcut {
        sequence: "Ctrl+L"
        onActivated: root.page = "lesson"
    }
    Shortcut {
        sequence: "Ctrl+O"
        onActivated: root.page = "scenarios"
    }
    Shortcut {
        sequence: "K"
        enabled: root.page === "service"
        onActivated: root.workshop.befall(
            root.workshop.serviceDesk.isIll ? "revive" : "kill", false)
    }
}
