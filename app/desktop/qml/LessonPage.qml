import QtQuick
import IngressLab

/// One lesson, a step at a time: predict, run, observe, explain, apply.
Item {
    id: root

    required property Workshop workshop
    readonly property LabTheme theme: workshop.theme
    readonly property LessonDesk desk: workshop.lessonDesk

    Words {
        x: 18
        y: 14
        width: parent.width - 36
        visible: !root.desk.hasLesson
        text: root.desk.mistake !== "" ? root.desk.mistake
                                       : qsTr("This scenario has no lesson.")
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
        color: root.theme.muted
    }
    Item {
        id: head

        visible: root.desk.hasLesson
        x: 18
        y: 14
        width: parent.width - 36
        height: 40

        AppIcon {
            y: 1
            name: "graduation-cap"
            colour: root.theme.ingress
        }
        Words {
            x: 24
            text: ({ show: qsTr("Look"), predict: qsTr("Predict"), run: qsTr("Run"),
                     observe: qsTr("Observe"), explain: qsTr("Explain"),
                     apply: qsTr("Apply") })[root.desk.type] || ""
            font.weight: Font.Medium
            color: root.theme.muted
        }
        Words {
            anchors.right: parent.right
            objectName: "lessonStep"
            text: qsTr("Step %1 / %2").arg(root.desk.step + 1).arg(root.desk.stepCount)
            color: root.theme.muted
        }
        Row {
            y: 24
            width: parent.width
            spacing: 4

            Repeater {
                model: root.desk.stepCount

                Rectangle {
                    required property int index

                    width: (head.width - (root.desk.stepCount - 1) * 4)
                        / Math.max(1, root.desk.stepCount)
                    height: 4
                    radius: 2
                    color: index <= root.desk.step ? root.theme.ingress : root.theme.raised
                    opacity: index < root.desk.step ? 0.6 : 1
                }
            }
        }
    }
    Flickable {
        id: page

        visible: root.desk.hasLesson
        anchors.top: head.bottom
        anchors.topMargin: 10
        anchors.bottom: foot.top
        anchors.bottomMargin: 8
        width: parent.width
        contentHeight: column.implicitHeight + 8
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: column

            x: 18
            width: parent.width - 36
            spacing: 12

            Words {
                width: parent.width
                text: root.desk.title
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                font.pixelSize: 20
                font.weight: Font.DemiBold
                color: root.theme.text
            }
            Words {
                width: parent.width
                objectName: "lessonText"
                text: root.desk.text
                textFormat: Text.MarkdownText
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                lineHeight: 1.25
                color: root.theme.muted
            }
            Repeater {
                model: root.desk.options

                OptionButton {
                    required property int index
                    required property string modelData

                    objectName: "option" + index
                    width: column.width
                    theme: root.theme
                    enabled: !root.desk.isLocked
                    text: modelData
                    checked: root.desk.chosen === index
                    onClicked: root.desk.choose(index)
                }
            }
            Field {
                visible: root.desk.asksNumber
                objectName: "guess"
                width: parent.width
                theme: root.theme
                label: qsTr("Your number")
                enabled: !root.desk.isLocked
                onTextChanged: root.desk.guess(text)
            }
            WordButton {
                objectName: "lock"
                visible: root.desk.type === "predict"
                theme: root.theme
                isMain: true
                enabled: !root.desk.isLocked
                sign: "lock"
                text: root.desk.isLocked ? qsTr("Locked") : qsTr("Lock my prediction")
                onClicked: root.desk.lock()
            }
            WordButton {
                objectName: "lessonRun"
                visible: root.desk.type === "run"
                theme: root.theme
                isMain: true
                sign: "play"
                text: root.desk.hasRun ? qsTr("Run again") : qsTr("Run both styles")
                onClicked: root.desk.run()
            }
            Repeater {
                model: root.desk.outcomes

                Rectangle {
                    id: outcome

                    required property var modelData
                    readonly property bool isGood: modelData.verdict === "right"
                        || modelData.verdict === "held"

                    width: column.width
                    height: words.implicitHeight + 20
                    radius: 8
                    color: Qt.alpha(isGood ? root.theme.served : root.theme.failed, 0.10)

                    AppIcon {
                        x: 10
                        y: 11
                        name: outcome.isGood ? "circle-check" : "circle-x"
                        colour: outcome.isGood ? root.theme.served : root.theme.failed
                    }
                    Words {
                        id: words

                        x: 34
                        y: 10
                        width: parent.width - 44
                        text: outcome.modelData.predicted === ""
                            ? outcome.modelData.text + ": " + outcome.modelData.actual
                            : qsTr("You said: %1\nIt came: %2").arg(outcome.modelData.predicted)
                                  .arg(outcome.modelData.actual)
                        wrapMode: Text.WordWrap
                        elide: Text.ElideNone
                        font.pixelSize: 12
                        color: root.theme.text
                    }
                }
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.desk.mayNotGoOn
                font.pixelSize: 12
                color: root.theme.faint
            }
            Words {
                width: parent.width
                visible: root.desk.smallPrint !== ""
                text: root.desk.smallPrint
                textFormat: Text.MarkdownText
                wrapMode: Text.WordWrap
                elide: Text.ElideNone
                font.pixelSize: 12
                color: root.theme.faint
            }
        }
    }
    Item {
        id: foot

        visible: root.desk.hasLesson
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 14
        x: 18
        width: parent.width - 36
        height: 36

        WordButton {
            objectName: "lessonBack"
            theme: root.theme
            sign: "chevron-left"
            text: qsTr("Back")
            enabled: root.desk.step > 0
            onClicked: root.desk.back()
        }
        WordButton {
            objectName: "lessonNext"
            anchors.right: parent.right
            width: parent.width * 0.6
            height: 36
            theme: root.theme
            isMain: true
            enabled: root.desk.mayNotGoOn === "" && root.desk.step + 1 < root.desk.stepCount
            text: qsTr("Next step")
            onClicked: root.desk.next()
        }
    }
}
