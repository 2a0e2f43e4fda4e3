import QtQuick
import IngressLab

/// A text in one of the sizes that there are.
Text {
    font.family: "Inter"
    font.pixelSize: 13
    textFormat: Text.PlainText
    elide: Text.ElideRight
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
