#include "desktop/stage_painter.hpp"

#include <QLocale>
#include <QPainterPath>

#include "desktop/icons.hpp"

#include <algorithm>

namespace lab::desktop {
namespace {

QFont fontOf(int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

class BoxPainter {
public:
    BoxPainter(QPainter& painter, const StageScene& scene)
        : painter_(painter)
        , scene_(scene)
    {
    }

    void paint()
    {
        painter_.setRenderHint(QPainter::Antialiasing);
        grid();
        edges();
        headings();
        clients();
        groups();
        services();
        doors();
        if (!scene_.layout.ingress().isNull()) {
            shared();
            ingress();
        }
    }

private:
    void grid()
    {
        constexpr int pitch = 22;
        painter_.setPen(QPen(scene_.theme.gridDot(), 1.4, Qt::SolidLine, Qt::RoundCap));
        const QSizeF size = scene_.layout.size();
        for (int x = pitch; x < size.width(); x += pitch) {
            for (int y = 48; y < size.height() - 6; y += pitch) {
                painter_.drawPoint(x, y);
            }
        }
    }

    void curve(const Curve& curve, const QPen& pen)
    {
        QPainterPath path(curve.a);
        path.cubicTo(curve.b, curve.c, curve.d);
        painter_.setPen(pen);
        painter_.setBrush(Qt::NoBrush);
        painter_.drawPath(path);
    }

    /// A Service's edge is as strong as the mix sends requests to it.
    QPen edgePen(double share) const
    {
        QPen pen(faded(scene_.theme.edge(), 0.34 + 0.4 * std::min(1.0, share * 2)));
        pen.setWidthF(scene_.layout.services().size() > 24 ? 1.0 : 1.0 + 0.9 * share);
        pen.setCosmetic(true);
        return pen;
    }

    double shareOf(int service) const
    {
        const auto& load = scene_.player.track(scene_.side.style).lastSecond();
        const std::uint32_t most = *std::ranges::max_element(load);
        const std::uint32_t own = load[static_cast<std::size_t>(service)];
        return most == 0 ? 0.3 : static_cast<double>(own) / most;
    }

    void edges()
    {
        const StageLayout& layout = scene_.layout;
        if (layout.isGrouped()) {
            groupEdges();
            return;
        }
        for (const DoorId entry : scene_.side.entries) {
            const int row = scene_.side.serviceOfDoor[entry.index()];
            if (entry != scene_.side.shared && row >= 0) {
                curve(layout.toEntry(entry), edgePen(shareOf(row)));
                curve(layout.doorToService(entry, row), edgePen(shareOf(row)));
            }
        }
        if (layout.ingress().isNull()) {
            return;
        }
        for (std::size_t i = 0; i < layout.services().size(); ++i) {
            if (isRouted(static_cast<int>(i))) {
                curve(layout.ingressToService(static_cast<int>(i)),
                      edgePen(shareOf(static_cast<int>(i))));
            }
        }
        pipe();
    }

    /// The Service has no load balancer of its own on this side.
    bool isRouted(int service) const
    {
        return std::ranges::find(scene_.side.serviceOfDoor, service) ==
               scene_.side.serviceOfDoor.end();
    }

    void groupEdges()
    {
        const StageLayout& layout = scene_.layout;
        QPen pen(faded(scene_.theme.edge(), 0.7));
        for (const ServiceGroup& group : layout.groups()) {
            pen.setWidthF(2.2);
            const QPointF to(group.services.left(), group.services.center().y());
            QPointF from(layout.ingress().right(), layout.ingress().center().y());
            if (!group.doors.isNull() && layout.ingress().isNull()) {
                const QPointF door(group.doors.left(), group.doors.center().y());
                const QPointF clients(layout.clients().right(), layout.clients().center().y());
                const double reach = (door.x() - clients.x()) * 0.55;
                curve({clients, clients + QPointF(reach, 0), door - QPointF(reach, 0), door}, pen);
                from = {group.doors.right(), group.doors.center().y()};
            }
            const double reach = (to.x() - from.x()) * 0.5;
            curve({from, from + QPointF(reach, 0), to - QPointF(reach, 0), to}, pen);
        }
        if (!layout.ingress().isNull()) {
            pipe();
        }
    }

    /// The ways that all requests share, and the one that refused ones take back.
    void pipe()
    {
        const StageLayout& layout = scene_.layout;
        const QRectF& shared = layout.shared();
        const auto bulge = [&](QPointF from, QPointF to, double width) {
            const double middle = (from.x() + to.x()) / 2;
            QPainterPath path(from - QPointF(0, 3));
            path.cubicTo(middle, from.y() - width, middle, to.y() - width, to.x(), to.y() - 3);
            path.lineTo(to.x(), to.y() + 3);
            path.cubicTo(middle, to.y() + width, middle, from.y() + width, from.x(), from.y() + 3);
            painter_.fillPath(path, faded(scene_.accent(), scene_.theme.isDark() ? 0.10 : 0.08));
        };
        const double y = shared.center().y();
        bulge({layout.clients().right(), y}, {shared.left(), y}, 16);
        bulge({shared.right(), y}, {layout.ingress().left(), y}, 16);
        if (scene_.side.hasLimit) {
            const Curve back = layout.backFrom(scene_.side.shared, true);
            curve(back, QPen(faded(scene_.theme.refused(), 0.5), 1, Qt::DashLine));
            const double end = layout.ingress().left() - 5;
            text(QRectF(end - 110, back.at(0.5).y() + 6, 110, 14),
                 QStringLiteral("429 retry later"),
                 scene_.theme.refused(),
                 fontOf(11),
                 Qt::AlignRight | Qt::AlignVCenter);
        }
    }

    void text(const QRectF& box,
              const QString& what,
              QColor colour,
              const QFont& font,
              Qt::Alignment how = Qt::AlignCenter)
    {
        painter_.setFont(font);
        painter_.setPen(colour);
        painter_.drawText(box, static_cast<int>(how) | Qt::TextSingleLine, what);
    }

    void icon(const QString& name, QPointF centre, double size, QColor colour, double stroke = 2)
    {
        const int pixels = static_cast<int>(size * scene_.devicePixelRatio);
        painter_.drawImage(QRectF(centre - QPointF(size / 2, size / 2), QSizeF(size, size)),
                           iconImage(name, colour, pixels, stroke));
    }

    void heading(double x, const QString& title, const QString& below)
    {
        text(QRectF(x - 100, 10, 200, 16), title, scene_.theme.faint(), fontOf(11, QFont::Medium));
        text(QRectF(x - 100, 25, 200, 15), below, scene_.accent(), fontOf(11));
    }

    void headings()
    {
        const StageLayout& layout = scene_.layout;
        heading(layout.clients().center().x(), QStringLiteral("Clients"), {});
        heading(
            layout.servicesCentre(), count(layout.services().size(), "service", "services"), {});
        const bool isAlone = layout.ingress().isNull();
        heading(layout.doorsCentre(),
                isAlone
                    ? count(scene_.side.entries.size(), "load balancer", "load balancers")
                    : count(scene_.side.controllers.size(), "ingress replica", "ingress replicas"),
                count(scene_.side.certificateCount, "certificate", "certificates"));
    }

    void clients()
    {
        const QRectF& circle = scene_.layout.clients();
        painter_.setPen(QPen(scene_.theme.strongBorder(), 1));
        painter_.setBrush(scene_.theme.card());
        painter_.drawEllipse(circle);
        icon(QStringLiteral("users"), circle.center(), 20, scene_.theme.text(), 1.7);
    }

    void groups()
    {
        for (const ServiceGroup& group : scene_.layout.groups()) {
            painter_.setPen(QPen(scene_.theme.border(), 1));
            painter_.setBrush(scene_.theme.node());
            painter_.drawRoundedRect(group.services, 8, 8);
            text(group.services.adjusted(8, 2, -8, 0),
                 painter_.fontMetrics().elidedText(
                     group.name, Qt::ElideMiddle, static_cast<int>(group.services.width()) - 60),
                 scene_.theme.muted(),
                 fontOf(11),
                 Qt::AlignLeft | Qt::AlignTop);
            text(group.services.adjusted(8, 2, -8, 0),
                 QString::number(group.count),
                 scene_.theme.faint(),
                 fontOf(11),
                 Qt::AlignRight | Qt::AlignTop);
            if (!group.doors.isNull() && scene_.layout.ingress().isNull()) {
                painter_.setPen(QPen(faded(scene_.accent(), 0.35), 1));
                painter_.setBrush(faded(scene_.accent(), 0.06));
                painter_.drawRoundedRect(group.doors, 8, 8);
                text(group.doors.adjusted(8, 2, -8, 0),
                     QString::number(group.count),
                     scene_.accent(),
                     fontOf(11),
                     Qt::AlignRight | Qt::AlignTop);
            }
        }
    }

    void services()
    {
        const StageLayout& layout = scene_.layout;
        if (layout.isGrouped()) {
            return; // their tiles are states
        }
        for (std::size_t i = 0; i < layout.services().size(); ++i) {
            const ServiceBox& service = layout.services()[i];
            const double radius = std::min(8.0, service.box.height() / 3);
            const bool isSelected = static_cast<int>(i) == scene_.selected;
            const QColor frame = isSelected ? scene_.accent() : scene_.theme.strongBorder();
            painter_.setPen(scene_.theme.isDark() && !isSelected ? QPen(Qt::NoPen)
                                                                 : QPen(frame, 1.2));
            painter_.setBrush(scene_.theme.node());
            painter_.drawRoundedRect(service.box, radius, radius);
            serviceName(service.box, scene_.player.model().services[i].name);
        }
    }

    void serviceName(const QRectF& box, const QString& name)
    {
        if (box.height() < 9) {
            return;
        }
        const bool isRoomy = scene_.layout.isRoomy();
        const QFont font = isRoomy ? fontOf(13, QFont::Medium) : fontOf(box.height() < 14 ? 9 : 11);
        const QRectF room = isRoomy ? QRectF(box.left() + 22, box.top() + 4, box.width() - 28, 19)
                                    : box.adjusted(19, -1, -42, 1);
        const QString shown = QFontMetricsF(font).elidedText(name, Qt::ElideRight, room.width());
        text(room, shown, scene_.theme.text(), font, Qt::AlignLeft | Qt::AlignVCenter);
    }

    void doors()
    {
        const QString sign = QString::fromLatin1(scene_.side.endsTls ? "lock" : "network");
        for (const DoorId entry : scene_.side.entries) {
            const QRectF& box = scene_.layout.door(entry);
            if (entry == scene_.side.shared || box.isNull()) {
                continue;
            }
            const double radius = std::min(6.0, box.height() / 3);
            painter_.setPen(box.width() < 6 ? QPen(Qt::NoPen)
                                            : QPen(faded(scene_.accent(), 0.8), 1.1));
            painter_.setBrush(faded(scene_.accent(), box.width() < 6 ? 0.6 : 0.14));
            painter_.drawRoundedRect(box, radius, radius);
            if (box.width() > 14 && box.height() > 9) {
                icon(sign, box.center(), std::min(14.0, box.height() - 6), scene_.accent(), 2.2);
            }
        }
    }

    void shared()
    {
        const QRectF& box = scene_.layout.shared();
        painter_.setPen(QPen(faded(scene_.accent(), 0.8), 1.1));
        painter_.setBrush(scene_.theme.card());
        painter_.drawRoundedRect(box, 8, 8);
        icon(QStringLiteral("network"), box.center(), 15, scene_.accent(), 2);
    }

    void ingress()
    {
        const QRectF& box = scene_.layout.ingress();
        if (scene_.theme.isDark()) {
            for (int i = 6; i > 0; --i) {
                painter_.setPen(Qt::NoPen);
                painter_.setBrush(faded(scene_.accent(), 0.014));
                painter_.drawRoundedRect(
                    box.adjusted(-i * 3, -i * 3, i * 3, i * 3), 14 + i * 3, 14 + i * 3);
            }
        }
        painter_.setPen(QPen(scene_.accent(), 1.6));
        painter_.setBrush(scene_.theme.card());
        painter_.drawRoundedRect(box, 14, 14);
        icon(QStringLiteral("route"), {box.center().x(), box.top() + 24}, 22, scene_.accent(), 1.8);
        text(QRectF(box.left(), box.top() + 40, box.width(), 20),
             QStringLiteral("Ingress"),
             scene_.theme.text(),
             fontOf(14, QFont::DemiBold));
        double y = box.top() + 68;
        const std::size_t replicas = scene_.side.controllers.size();
        chip(y,
             QStringLiteral("lock"),
             scene_.side.endsTls ? QStringLiteral("TLS ends here") : QStringLiteral("no TLS"));
        chip(y, QStringLiteral("split"), count(scene_.side.routeCount, "route", "routes"));
        chip(y, QStringLiteral("gauge"), limitText());
        if (y + 24 <= box.bottom() && replicas > 1) {
            chip(y, QStringLiteral("layers"), count(replicas, "replica", "replicas"));
        }
    }

    QString limitText() const
    {
        const auto& plan = scene_.player.run().planOf(scene_.side.style);
        for (const DoorId id : scene_.side.controllers) {
            if (plan.door(id).limit) {
                return QStringLiteral("limit %1/s").arg(plan.door(id).limit->ratePerSecond);
            }
        }
        return QStringLiteral("no overall limit");
    }

    static QString count(std::size_t n, const char* one, const char* many)
    {
        return QLocale::c().toString(static_cast<qulonglong>(n)) + ' ' +
               QString::fromLatin1(n == 1 ? one : many);
    }

    void chip(double& y, const QString& sign, const QString& words)
    {
        const QRectF& box = scene_.layout.ingress();
        const QRectF chip(box.left() + 8, y, box.width() - 16, 23);
        if (chip.bottom() > box.bottom() - 4) {
            return;
        }
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(faded(scene_.accent(), scene_.theme.isDark() ? 0.13 : 0.10));
        painter_.drawRoundedRect(chip, 6, 6);
        icon(sign, {chip.left() + 12, chip.center().y()}, 12, scene_.accent(), 2.2);
        text(chip.adjusted(22, 0, -2, 0),
             words,
             scene_.theme.text(),
             fontOf(11),
             Qt::AlignLeft | Qt::AlignVCenter);
        y += 27;
    }

    QPainter& painter_;
    const StageScene& scene_;
};

} // namespace

void paintBoxes(QPainter& painter, const StageScene& scene)
{
    BoxPainter(painter, scene).paint();
}

} // namespace lab::desktop
