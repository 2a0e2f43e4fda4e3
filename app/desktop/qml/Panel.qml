import QtQuick
import IngressLab

/// A pane that the window is made of.
Rectangle {
    required property LabTheme theme

    color: theme.panel
    radius: 14
    border.width: 1
    border.color: theme.border
}
