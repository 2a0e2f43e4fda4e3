#include "desktop/icons.hpp"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace lab::desktop {

QImage iconImage(const QString& name, QColor colour, int pixels, double stroke)
{
    QFile file(":/icons/" + name + ".svg");
    if (pixels <= 0 || !file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"" + QByteArray::number(stroke) + "\"");
    QSvgRenderer renderer(svg);
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

IconProvider::IconProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
{
}

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requestedSize)
{
    constexpr int usual = 24;
    const int pixels = requestedSize.width() > 0 ? requestedSize.width() : usual;
    const QImage image =
        iconImage(id.section('/', 0, 0), QColor('#' + id.section('/', 1, 1)), pixels);
    if (size != nullptr) {
        *size = image.size();
    }
    return image;
}

} // namespace lab::desktop
