import QtQuick
import IngressLab

/// An icon of the program's own, in a colour.
Image {
    id: root

    property string name
    property color colour
    property int size: 16

    width: size
    height: size
    sourceSize.width: size * Screen.devicePixelRatio
    sourceSize.height: size * Screen.devicePixelRatio
    source: name === "" ? "" : "image://icon/" + name + "/" + colour.toString().slice(-6)
    Accessible.ignored: true
}
