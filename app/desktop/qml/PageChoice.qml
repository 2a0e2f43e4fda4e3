import QtQuick
import IngressLab

/// The pages beside the stage, as a row of pictures.
Row {
    id: root

    required property LabTheme theme
    property string page
    signal chosen(string page)

    spacing: 2

    Repeater {
        model: 5

        IconButton {
            required property int index
            readonly property string target: ["scenarios", "lesson", "explain", "service",
                                            "outside"][index]

            objectName: "page-" + target
            width: 40
            theme: root.theme
            sign: ["layers", "graduation-cap", "route", "heart-pulse", "globe"][index]
            text: [qsTr("Scenarios"), qsTr("Lesson"), qsTr("Explain a request"),
                   qsTr("The selected Service"), qsTr("From outside")][index]
            checked: root.page === target
            onClicked: root.chosen(target)
        }
    }
}
