import QtQuick
import IngressLab

/// Type a URL: which rule takes it in either style, and why not the others.
Item {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme
    readonly property ExplainDesk desk: workshop.explainDesk

    function askIfSeen() {
        if (visible && desk.answers.length === 0 && desk.url !== "") {
            desk.ask()
        }
    }

    onVisibleChanged: askIfSeen()

    Column {
        id: head

        x: 18
        y: 14
        width: parent.width - 36
        spacing: 10

        Words {
            text: qsTr("Explain a request")
            font.pixelSize: 20
            font.weight: Font.DemiBold
            color: root.theme.text
        }
        Words {
            width: parent.width
            text: qsTr("Asked of the code that serves. No traffic is needed.")
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            color: root.theme.muted
        }
        Field {
            id: url

            objectName: "url"
            width: parent.width
            theme: root.theme
            label: qsTr("URL")
            text: root.desk.url
            onTextChanged: root.desk.url = text
            onAccepted: ask.clicked()
        }
        Row {
            spacing: 8

            WordButton {
                id: ask

                objectName: "ask"
                theme: root.theme
                isMain: true
                text: qsTr("Explain")
                onClicked: root.desk.ask()
            }
            WordButton {
                objectName: "method"
                theme: root.theme
                text: root.desk.method
                Accessible.name: qsTr("Method: %1").arg(text)
                onClicked: root.desk.method = root.desk.method === "GET" ? "POST" : "GET"
            }
            WordButton {
                objectName: "copyCurl"
                theme: root.theme
                sign: "copy"
                text: "curl"
                Accessible.name: qsTr("Copy as curl")
                onClicked: root.desk.copyCurl()
            }
        }
        Words {
            width: parent.width
            visible: root.desk.mistake !== ""
            text: root.desk.mistake
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            color: root.theme.failed
        }
    }
    Flickable {
        anchors.top: head.bottom
        anchors.topMargin: 12
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 10
        width: parent.width
        contentHeight: answers.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: answers

            x: 18
            width: parent.width - 36
            spacing: 16

            Repeater {
                model: root.desk.answers

                ExplainAnswer {
                    required property var modelData

                    objectName: "answer-" + modelData.style
                    width: answers.width
                    theme: root.theme
                    answer: modelData
                }
            }
        }
    }
    Connections {
        target: root.workshop
        function onOpened() { root.askIfSeen() }
    }
}
