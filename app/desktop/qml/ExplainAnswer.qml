import QtQuick
import IngressLab

/// One style's answer: the verdict, the ribbon of its steps, and the rules that lost.
Column {
    id: root

    required property LabTheme theme
    required property var answer
    readonly property bool isIngress: answer.style === "ingress"
    readonly property color accent: isIngress ? theme.ingress : theme.perService

    spacing: 7
    Accessible.role: Accessible.Grouping
    Accessible.name: answer.style + ": " + answer.verdict

    Row {
        spacing: 8

        Rectangle {
            width: 20
            height: 20
            radius: 6
            color: Qt.alpha(root.accent, 0.16)

            Words {
                anchors.centerIn: parent
                text: root.isIngress ? "B" : "A"
                font.pixelSize: 11
                font.weight: Font.DemiBold
                color: root.accent
            }
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - 28)
            text: root.answer.verdict
            font.pixelSize: 14
            font.weight: Font.DemiBold
            color: root.answer.isServed ? root.theme.served : root.theme.text
        }
    }
    Words {
        width: parent.width
        text: root.answer.decidedBy + (root.answer.place === "" ? "" : "  " + root.answer.place)
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
        font.pixelSize: 12
        color: root.theme.muted
    }
    Item { // the ribbon
        width: parent.width
        height: ribbon.implicitHeight

        Rectangle {
            x: 4
            y: 8
            width: 2
            height: Math.max(0, parent.height - 16)
            color: root.theme.strongBorder
        }
        Column {
            id: ribbon

            width: parent.width
            spacing: 5

            Repeater {
                model: root.answer.steps

                Item {
                    id: step

                    required property var modelData

                    width: ribbon.width
                    height: words.implicitHeight

                    Rectangle {
                        y: 4
                        width: 10
                        height: 10
                        radius: 5
                        color: step.modelData.hasAnswered ? root.accent : root.theme.panel
                        border.width: 2
                        border.color: step.modelData.hasAnswered ? root.accent
                                                                 : root.theme.strongBorder
                    }
                    Words {
                        id: words

                        x: 20
                        width: parent.width - 20
                        text: step.modelData.phase + "  " + step.modelData.text
                        wrapMode: Text.WordWrap
                        elide: Text.ElideNone
                        font.pixelSize: 12
                        color: root.theme.text
                    }
                }
            }
        }
    }
    Repeater {
        model: root.answer.candidates

        Item {
            id: candidate

            required property var modelData

            width: root.width
            height: 34

            Rectangle {
                anchors.fill: parent
                radius: 6
                color: candidate.modelData.hasWon ? Qt.alpha(root.accent, 0.12)
                                                  : root.theme.raised
            }
            Words {
                x: 8
                y: 3
                width: parent.width - 16
                text: candidate.modelData.match + "  →  " + candidate.modelData.service
                font.family: "JetBrains Mono"
                font.pixelSize: 11
                color: root.theme.text
            }
            Words {
                x: 8
                y: 18
                width: parent.width - 16
                text: (candidate.modelData.hasWon ? qsTr("won") : candidate.modelData.because)
                    + "  " + candidate.modelData.place
                font.pixelSize: 11
                color: candidate.modelData.hasWon ? root.accent : root.theme.faint
            }
        }
    }
    Words {
        width: parent.width
        visible: root.answer.certificate !== ""
        text: qsTr("Certificate: %1").arg(root.answer.certificate)
        wrapMode: Text.WordWrap
        elide: Text.ElideNone
        font.pixelSize: 12
        color: root.theme.muted
    }
    Repeater {
        model: root.answer.limits

        Words {
            required property var modelData

            width: root.width
            text: modelData.name + ": " + modelData.amount + "; " + modelData.state
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            font.pixelSize: 12
            color: root.theme.muted
        }
    }
}
