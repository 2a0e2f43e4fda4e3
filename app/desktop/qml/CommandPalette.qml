import QtQuick
import QtQuick.Templates as T
import IngressLab

/// Everything that can be done, by its name.
Rectangle {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme
    property var commands: []
    signal pageAsked(string page)

    function gather(): var {
        const all = [
            { words: qsTr("Run or pause"), run: () => workshop.isRunning = !workshop.isRunning },
            { words: qsTr("Back to the start"), run: () => workshop.reset() },
            { words: qsTr("Light or dark colours"), run: () => theme.isDark = !theme.isDark }]
        for (const speed of [0.01, 0.1, 0.25, 1, 4]) {
            all.push({ words: qsTr("Speed %1×").arg(speed), run: () => workshop.speed = speed })
        }
        for (const page of ["scenarios", "lesson", "explain", "service", "outside"]) {
            all.push({ words: qsTr("Page: %1").arg(page), run: () => root.pageAsked(page) })
        }
        workshop.serviceNames.forEach((name, index) => all.push(
            { words: qsTr("Service: %1").arg(name), run: () => workshop.selected = index }))
        for (const one of workshop.scenarios) {
            all.push({ words: qsTr("Open: %1").arg(one.title), run: () => workshop.open(one.path) })
        }
        return all
    }

    function show() {
        commands = gather()
        field.text = ""
        visible = true
        field.focusInput()
    }

    function matching(): var {
        const wanted = field.text.toLowerCase().split(" ").filter(word => word !== "")
        return commands.filter(one => wanted.every(
            word => one.words.toLowerCase().indexOf(word) >= 0)).slice(0, 9)
    }

    function choose(command: var) {
        visible = false
        if (command !== undefined) {
            command.run()
        }
    }

    objectName: "palette"
    visible: false
    width: 520
    height: column.implicitHeight + 20
    radius: 14
    color: theme.panel
    border.width: 1
    border.color: theme.strongBorder
    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Commands")
    Keys.onEscapePressed: visible = false

    Column {
        id: column

        x: 10
        y: 10
        width: parent.width - 20
        spacing: 4

        Field {
            id: field

            objectName: "command"
            width: parent.width
            theme: root.theme
            isMono: false
            label: qsTr("What to do")
            onAccepted: root.choose(root.matching()[0])
        }
        ListView {
            id: list

            width: parent.width
            height: contentHeight
            interactive: false
            model: field.text, root.commands, root.matching()

            delegate: WordButton {
                required property var modelData
                required property int index

                objectName: "command" + index
                width: list.width
                theme: root.theme
                checked: index === 0
                text: modelData.words
                onClicked: root.choose(modelData)
            }
        }
    }
}
