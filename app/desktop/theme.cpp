#include "desktop/theme.hpp"

namespace lab::desktop {

void Theme::setDark(bool isDark)
{
    if (isDark != isDark_) {
        isDark_ = isDark;
        emit changed();
    }
}

QColor Theme::gridDot() const
{
    return isDark_ ? QColor(255, 255, 255, 20) : QColor(0, 0, 0, 18);
}

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(colour.alphaF() * opacity));
    return colour;
}

} // namespace lab::desktop
