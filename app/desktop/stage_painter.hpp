#pragma once

#include <QImage>
#include <QPainter>

#include "desktop/dots.hpp"
#include "desktop/player.hpp"
#include "desktop/stage_layout.hpp"
#include "desktop/theme.hpp"

#include <vector>

namespace lab::desktop {

/// Everything that a side's painters need; owned by the view.
struct StageScene {
    const Player& player;
    const StageSide& side;
    const StageLayout& layout;
    const Theme& theme;
    double devicePixelRatio = 1.0;
    int selected = -1; ///< A service's row.

    [[nodiscard]] QColor accent() const
    {
        return side.style == plan::Style::PerService ? theme.perService() : theme.ingress();
    }
};

// Three layers, by how often they change.

/// Edges, boxes, names: when size, theme or scenario change.
void paintBoxes(QPainter& painter, const StageScene& scene);

/// Rates, states and how full the pods are: a few times a second.
void paintStates(QPainter& painter, const StageScene& scene);

/// The dots' pictures, by ending; then the same for those that wait.
[[nodiscard]] std::vector<QImage> dotSprites(const Theme& theme, double devicePixelRatio);

/// The dots: every frame.
void paintDots(QPainter& painter, const std::vector<Dot>& dots, const std::vector<QImage>& sprites);

/// The mark of an ending, as the legend shows it too.
void paintMark(QPainter& painter, Ending ending, QPointF at, double radius, const Theme& theme);

} // namespace lab::desktop
