#pragma once

#include <QColor>
#include <QImage>
#include <QQuickImageProvider>
#include <QString>

namespace lab::desktop {

/// An icon of the program's own, in any colour and size; empty for a name that is none.
/// \param pixels  device pixels, square
[[nodiscard]] QImage iconImage(const QString& name, QColor colour, int pixels, double stroke = 2.0);

/// The same for QML: "image://icon/lock/5AA9FF".
class IconProvider : public QQuickImageProvider {
public:
    IconProvider();
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

} // namespace lab::desktop
