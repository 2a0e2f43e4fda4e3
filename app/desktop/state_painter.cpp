#include "desktop/stage_painter.hpp"

#include <algorithm>
#include <cmath>

namespace lab::desktop {
namespace {

using simulation::PodFault;

QFont fontOf(int pixels)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

/// What became of most of a Service's requests within the last second.
struct Mood {
    std::uint32_t total = 0;
    std::uint32_t refused = 0;
    std::uint32_t failed = 0;
    std::uint32_t slow = 0;

    [[nodiscard]] Ending worst() const
    {
        if (failed * 20 > total) {
            return Ending::Failed;
        }
        if (refused * 20 > total) {
            return Ending::Refused;
        }
        return slow * 5 > total ? Ending::Slow : Ending::Served;
    }
};

std::vector<Mood> moodsOf(const StageScene& scene)
{
    constexpr Duration second = std::chrono::seconds(1);
    const Instant now = scene.player.now();
    const Instant from =
        now.sinceStart() < 2 * second ? Instant() : Instant(now.sinceStart() - 2 * second);
    std::vector<Mood> moods(scene.layout.services().size());
    const StyleTrack& track = scene.player.track(scene.side.style);
    for (const StyleTrack::Second* one : track.secondsWithin(from, now)) {
        for (const StyleTrack::Known& known : *one) {
            const Instant ended = known.trail.record.ended;
            if (known.service >= 0 && ended <= now && now - ended < second) {
                Mood& mood = moods[static_cast<std::size_t>(known.service)];
                ++mood.total;
                mood.refused += known.ending == Ending::Refused ? 1 : 0;
                mood.failed += known.ending == Ending::Failed ? 1 : 0;
                mood.slow += known.ending == Ending::Slow ? 1 : 0;
            }
        }
    }
    return moods;
}

QColor colourOf(Ending ending, const Theme& theme)
{
    switch (ending) {
    case Ending::Served:
        return theme.served();
    case Ending::Slow:
        return theme.slow();
    case Ending::Refused:
        return theme.refused();
    case Ending::Turned:
        return theme.muted();
    case Ending::Failed:
        return theme.failed();
    }
    return theme.muted();
}

class StatePainter {
public:
    StatePainter(QPainter& painter, const StageScene& scene)
        : painter_(painter)
        , scene_(scene)
        , moods_(moodsOf(scene))
        , load_(scene.player.track(scene.side.style).podLoad(scene.player.now()))
    {
        painter_.setRenderHint(QPainter::Antialiasing);
    }

    void paint()
    {
        const auto& services = scene_.layout.services();
        for (std::size_t i = 0; i < services.size(); ++i) {
            if (scene_.layout.isGrouped()) {
                tile(services[i].box, moods_[i]);
            } else {
                row(i, services[i]);
            }
        }
    }

private:
    /// Hotter with more requests; its colour says what becomes of them.
    void tile(const QRectF& box, const Mood& mood)
    {
        const QColor colour = colourOf(mood.worst(), scene_.theme);
        const double heat = mood.total == 0 ? 0.0 : 0.35 + 0.13 * std::log2(1.0 + mood.total);
        painter_.fillRect(box,
                          mood.total == 0 ? faded(scene_.theme.faint(), 0.25)
                                          : faded(colour, std::min(heat, 1.0)));
    }

    void row(std::size_t index, const ServiceBox& service)
    {
        const Mood& mood = moods_[index];
        const QRectF& box = service.box;
        const bool isRoomy = scene_.layout.isRoomy();
        const double middle = isRoomy ? box.top() + 14 : box.center().y();
        if (box.height() >= 9) {
            paintMark(painter_, mood.worst(), {box.left() + 11, middle}, 3, scene_.theme);
            rate(box, mood, isRoomy);
        }
        pods(index, service);
    }

    void rate(const QRectF& box, const Mood& mood, bool isRoomy)
    {
        QString words = QString::number(mood.total) + QStringLiteral("/s");
        painter_.setFont(fontOf(box.height() < 14 ? 9 : 11));
        painter_.setPen(scene_.theme.faint());
        if (isRoomy) {
            if (mood.refused > 0) {
                words += QStringLiteral(", %1 refused").arg(mood.refused);
            } else if (mood.failed > 0) {
                words += QStringLiteral(", %1 failed").arg(mood.failed);
            }
            painter_.drawText(QRectF(box.left() + 22, box.top() + 22, box.width() - 24, 18),
                              Qt::AlignLeft | Qt::AlignVCenter,
                              words);
        } else {
            painter_.drawText(box.adjusted(0, -1, -7, 1), Qt::AlignRight | Qt::AlignVCenter, words);
        }
    }

    /// A glass a pod: full when as many requests are in it as it serves at once, or eight.
    void pods(std::size_t index, const ServiceBox& service)
    {
        const auto faults = scene_.player.faultsOf(static_cast<int>(index));
        const auto& spec = scene_.player.run().spec(scene_.side.style);
        const auto model = spec.pods.find(scene_.player.model().services[index].fullName);
        const std::uint32_t workers =
            (model == spec.pods.end() ? spec.otherPods : model->second).workers;
        const double room = workers == 0 ? 8.0 : workers;
        for (std::size_t p = 0; p < service.pods.size(); ++p) {
            const PodFault::Kind fault = p < faults.size() ? faults[p].kind : PodFault::Kind::None;
            glass(service.pods[p], load_[index][p] / room, fault);
        }
        const std::size_t all = load_[index].size();
        if (all > service.pods.size()) {
            painter_.setFont(fontOf(10));
            painter_.setPen(scene_.theme.faint());
            const QRectF& last = service.pods.back();
            painter_.drawText(QRectF(last.right() + 2, last.top(), 28, last.height()),
                              Qt::AlignVCenter | Qt::AlignLeft,
                              '+' + QString::number(all - service.pods.size()));
        }
    }

    void glass(const QRectF& pod, double full, PodFault::Kind fault)
    {
        const bool isDown = fault == PodFault::Kind::Kill || fault == PodFault::Kind::Refuse;
        const bool isIll = fault != PodFault::Kind::None;
        const QColor frame = isIll ? scene_.theme.failed() : scene_.theme.strongBorder();
        painter_.setPen(QPen(frame, 1, isDown ? Qt::DotLine : Qt::SolidLine));
        painter_.setBrush(isDown ? QBrush(Qt::NoBrush) : QBrush(scene_.theme.node()));
        painter_.drawRoundedRect(pod, 2, 2);
        if (full > 0 && !isDown) {
            const double height = (pod.height() - 2) * std::min(full, 1.0);
            const QRectF fill(pod.left() + 1, pod.bottom() - 1 - height, pod.width() - 2, height);
            const QColor colour = full > 2   ? scene_.theme.failed()
                                  : full > 1 ? scene_.theme.slow()
                                             : scene_.theme.served();
            painter_.fillRect(fill, faded(colour, 0.85));
        }
    }

    QPainter& painter_;
    const StageScene& scene_;
    std::vector<Mood> moods_;
    std::vector<std::vector<std::uint32_t>> load_;
};

constexpr int spriteSize = 16;

QImage sprite(Ending ending, bool isWaiting, const Theme& theme, double devicePixelRatio)
{
    const int pixels = static_cast<int>(spriteSize * devicePixelRatio);
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(devicePixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(spriteSize / 2.0, spriteSize / 2.0);
    const QColor colour = colourOf(ending, theme);
    if (theme.isDark() && !isWaiting) {
        QRadialGradient glow(centre, 7);
        glow.setColorAt(0, faded(colour, 0.38));
        glow.setColorAt(1, faded(colour, 0.0));
        painter.setPen(Qt::NoPen);
        painter.setBrush(glow);
        painter.drawEllipse(centre, 7, 7);
    } else if (!theme.isDark()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.canvas()); // a rim, so that dots on one another stay apart
        painter.drawEllipse(centre, 4.2, 4.2);
    }
    paintMark(painter, ending, centre, isWaiting ? 2.6 : 3.0, theme);
    return image;
}

} // namespace

void paintStates(QPainter& painter, const StageScene& scene)
{
    StatePainter(painter, scene).paint();
}

void paintMark(QPainter& painter, Ending ending, QPointF at, double radius, const Theme& theme)
{
    const QColor colour = colourOf(ending, theme);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    if (ending == Ending::Refused) {
        const double reach = radius * 1.45;
        painter.drawPolygon(QPolygonF{{at.x(), at.y() - reach},
                                      {at.x() + reach, at.y()},
                                      {at.x(), at.y() + reach},
                                      {at.x() - reach, at.y()}});
    } else if (ending == Ending::Failed) {
        painter.setPen(QPen(colour, 1.9, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(at - QPointF(radius, radius), at + QPointF(radius, radius));
        painter.drawLine(at + QPointF(radius, -radius), at + QPointF(-radius, radius));
    } else if (ending == Ending::Turned) {
        painter.setPen(QPen(colour, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, radius - 0.4, radius - 0.4);
    } else {
        painter.drawEllipse(at, radius, radius);
    }
}

std::vector<QImage> dotSprites(const Theme& theme, double devicePixelRatio)
{
    std::vector<QImage> sprites;
    for (const bool isWaiting : {false, true}) {
        for (const Ending ending :
             {Ending::Served, Ending::Slow, Ending::Refused, Ending::Turned, Ending::Failed}) {
            sprites.push_back(sprite(ending, isWaiting, theme, devicePixelRatio));
        }
    }
    return sprites;
}

void paintDots(QPainter& painter, const std::vector<Dot>& dots, const std::vector<QImage>& sprites)
{
    constexpr double half = spriteSize / 2.0;
    const std::size_t waitingFrom = sprites.size() / 2;
    const double opacity = painter.opacity();
    for (const Dot& dot : dots) {
        const std::size_t index =
            static_cast<std::size_t>(dot.ending) + (dot.isWaiting ? waitingFrom : 0);
        if (dot.opacity < 1) {
            painter.setOpacity(opacity * static_cast<double>(dot.opacity));
        }
        painter.drawImage(dot.at - QPointF(half, half), sprites[index]);
        if (dot.opacity < 1) {
            painter.setOpacity(opacity);
        }
    }
}

} // namespace lab::desktop
