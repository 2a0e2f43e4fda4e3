#include "desktop/time_chart.hpp"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace lab::desktop {
namespace {

constexpr double left = 40;
constexpr double right = 58;
constexpr double top = 8;
constexpr double bottom = 20;

QFont fontOf(int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QString labelOf(double value)
{
    if (value >= 10'000) {
        return QString::number(value / 1000, 'f', value < 100'000 ? 1 : 0) + 'k';
    }
    const int decimals = value < 1 && value > 0 ? 2 : (value < 10 ? 1 : 0);
    return QString::number(value, 'f', std::abs(value - std::round(value)) < 1e-9 ? 0 : decimals);
}

/// What a chart is painted with; one use.
class ChartPainter {
public:
    ChartPainter(QPainter& painter,
                 const Theme& theme,
                 QRectF plot,
                 double first,
                 double window,
                 double highest)
        : painter_(painter)
        , theme_(theme)
        , plot_(plot)
        , first_(first)
        , window_(window)
        , highest_(highest)
    {
        painter_.setRenderHint(QPainter::Antialiasing);
    }

    void axes()
    {
        constexpr int steps = 2;
        painter_.setFont(fontOf(11));
        for (int i = 0; i <= steps; ++i) {
            const double y = std::round(plot_.bottom() - plot_.height() * i / steps) + 0.5;
            painter_.setPen(QPen(theme_.border(), 1));
            painter_.drawLine(QPointF(plot_.left(), y), QPointF(plot_.right(), y));
            painter_.setPen(theme_.faint());
            painter_.drawText(QRectF(0, y - 8, left - 8, 16),
                              Qt::AlignRight | Qt::AlignVCenter,
                              labelOf(highest_ * i / steps));
        }
        for (int i = 0; i <= 2; ++i) {
            const double seconds = first_ + window_ * i / 2;
            painter_.drawText(QRectF(xOf(seconds) - 30, plot_.bottom() + 4, 60, 15),
                              Qt::AlignCenter,
                              labelOf(seconds) + QStringLiteral(" s"));
        }
    }

    /// \return where its label goes
    QPointF line(const std::vector<double>& values, QColor colour, bool isDashed)
    {
        QPainterPath path;
        QPointF last;
        const auto begin = static_cast<std::size_t>(std::max(0.0, first_ - 1));
        for (std::size_t i = begin; i < values.size(); ++i) {
            const QPointF point(xOf(static_cast<double>(i) + 1), yOf(values[i]));
            i == begin ? path.moveTo(point) : path.lineTo(point);
            last = point;
        }
        if (path.isEmpty() && values.empty()) {
            return {};
        }
        painter_.save();
        painter_.setClipRect(plot_.adjusted(0, -4, 4, 4));
        if (!isDashed && path.elementCount() > 1) {
            fill(path, colour);
        }
        QPen pen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (isDashed) {
            pen.setDashPattern({3, 2.4});
        }
        painter_.strokePath(path, pen);
        painter_.restore();
        painter_.setPen(QPen(theme_.panel(), 1.5));
        painter_.setBrush(colour);
        painter_.drawEllipse(last, 3.6, 3.6);
        return last;
    }

    /// The newest values beside their ends, apart from each other.
    void labels(QPointF a, QPointF b, double valueA, double valueB)
    {
        constexpr double apart = 14;
        if (std::abs(a.y() - b.y()) < apart) {
            const double middle = std::clamp(
                (a.y() + b.y()) / 2, plot_.top() + apart / 2, plot_.bottom() - apart / 2);
            const double away = a.y() <= b.y() ? -apart / 2 : apart / 2;
            a.setY(middle + away);
            b.setY(middle - away);
        }
        label(a, QStringLiteral("A ") + labelOf(valueA), theme_.perService());
        label(b, QStringLiteral("B ") + labelOf(valueB), theme_.ingress());
    }

    void crosshair(double second, const std::vector<double>& a, const std::vector<double>& b)
    {
        const double x = xOf(second);
        painter_.setPen(QPen(theme_.muted(), 1, Qt::DotLine));
        painter_.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
        const auto index = static_cast<std::size_t>(std::max(0.0, std::floor(second)));
        if (index >= a.size() || index >= b.size()) {
            return;
        }
        const QString words = QStringLiteral("%1 s   A %2   B %3")
                                  .arg(index + 1)
                                  .arg(labelOf(a[index]), labelOf(b[index]));
        painter_.setFont(fontOf(11, QFont::Medium));
        const double width = painter_.fontMetrics().horizontalAdvance(words) + 16;
        const double at = std::clamp(x - width / 2, plot_.left(), plot_.right() - width);
        painter_.setPen(QPen(theme_.strongBorder(), 1));
        painter_.setBrush(theme_.raised());
        const QRectF box(at, plot_.top() - 6, width, 20);
        painter_.drawRoundedRect(box, 5, 5);
        painter_.setPen(theme_.text());
        painter_.drawText(box, Qt::AlignCenter, words);
    }

    /// A fault, or its end.
    void event(double second, QColor colour)
    {
        if (second >= first_ && second <= first_ + window_) {
            painter_.setPen(QPen(faded(colour, 0.7), 1, Qt::DashLine));
            const double x = xOf(second);
            painter_.drawLine(QPointF(x, plot_.top()), QPointF(x, plot_.bottom()));
        }
    }

private:
    [[nodiscard]] double xOf(double second) const
    {
        return plot_.left() + plot_.width() * (second - first_) / window_;
    }

    [[nodiscard]] double yOf(double value) const
    {
        return plot_.bottom() - plot_.height() * std::min(1.0, value / highest_);
    }

    void fill(QPainterPath path, QColor colour)
    {
        const double end = path.currentPosition().x();
        const double begin = path.elementAt(0).x;
        path.lineTo(end, plot_.bottom());
        path.lineTo(begin, plot_.bottom());
        QLinearGradient gradient(0, plot_.top(), 0, plot_.bottom());
        gradient.setColorAt(0, faded(colour, 0.20));
        gradient.setColorAt(1, faded(colour, 0.0));
        painter_.fillPath(path, gradient);
    }

    void label(QPointF at, const QString& words, QColor colour)
    {
        painter_.setFont(fontOf(11, QFont::DemiBold));
        painter_.setPen(colour);
        painter_.drawText(
            QRectF(at.x() + 8, at.y() - 8, right, 16), Qt::AlignLeft | Qt::AlignVCenter, words);
    }

    QPainter& painter_;
    const Theme& theme_;
    QRectF plot_;
    double first_;
    double window_;
    double highest_;
};

} // namespace

std::vector<double> seriesOf(const StyleTrack& track, const QString& metric)
{
    const std::vector<Interval>& intervals = track.intervals();
    std::vector<double> values;
    for (std::size_t i = 0; i + 1 < intervals.size(); i += 2) {
        const Interval& one = intervals[i];
        const Interval& two = intervals[i + 1];
        if (metric == QLatin1String("latency")) {
            values.push_back(static_cast<double>(std::max(one.p99Ms, two.p99Ms)));
        } else if (metric == QLatin1String("refused")) {
            values.push_back(one.refused + two.refused);
        } else if (metric == QLatin1String("failed")) {
            values.push_back(one.failed + two.failed);
        } else {
            values.push_back(one.admitted + two.admitted);
        }
    }
    return values;
}

double roundUp(double value)
{
    if (!(value > 0)) {
        return 1;
    }
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 5.0, 8.0}) {
        if (value <= step * power * (1 + 1e-12)) {
            return step * power;
        }
    }
    return 10 * power;
}

TimeChart::TimeChart(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    setAcceptHoverEvents(true);
    setAcceptedMouseButtons(Qt::LeftButton);
}

void TimeChart::setWorkshop(Workshop* workshop)
{
    if (workshop == nullptr || workshop == workshop_) {
        return;
    }
    workshop_ = workshop;
    const auto repaint = [this] { update(); };
    connect(workshop, &Workshop::sampled, this, repaint);
    connect(workshop, &Workshop::opened, this, repaint);
    connect(workshop, &Workshop::markedChanged, this, repaint);
    connect(workshop->theme(), &Theme::changed, this, repaint);
    emit changed();
}

void TimeChart::setMetric(const QString& metric)
{
    metric_ = metric;
    update();
    emit changed();
}

QRectF TimeChart::plot() const
{
    return {left, top, width() - left - right, height() - top - bottom};
}

double TimeChart::windowSeconds() const
{
    constexpr double step = 15;
    const double steps = std::ceil(workshop_->seconds() / step + 0.01);
    return std::clamp(steps * step, step, windowMax);
}

double TimeChart::firstSecond() const
{
    return std::max(0.0, std::ceil(workshop_->seconds()) - windowSeconds());
}

double TimeChart::secondAt(double x) const
{
    const double share = (x - plot().left()) / plot().width();
    return firstSecond() + std::clamp(share, 0.0, 1.0) * windowSeconds();
}

void TimeChart::paint(QPainter* painter)
{
    if (workshop_ == nullptr || !workshop_->isOpen() || width() < left + right + 20) {
        return;
    }
    const Player& player = *workshop_->player();
    const auto a = seriesOf(player.track(plan::Style::PerService), metric_);
    const auto b = seriesOf(player.track(plan::Style::Ingress), metric_);
    double most = 0;
    for (std::size_t i = static_cast<std::size_t>(firstSecond()); i < a.size(); ++i) {
        most = std::max({most, a[i], b[i]});
    }
    const Theme& theme = *workshop_->theme();
    ChartPainter chart(
        *painter, theme, plot(), firstSecond(), windowSeconds(), roundUp(most * 1.08));
    chart.axes();
    for (const auto& incident : player.run().spec(plan::Style::Ingress).incidents) {
        const bool isEnd = incident.fault.kind == simulation::PodFault::Kind::None;
        if (incident.at <= player.now()) {
            chart.event(toSeconds(incident.at.sinceStart()),
                        isEnd ? theme.served() : theme.failed());
        }
    }
    if (a.empty() || b.empty()) {
        return;
    }
    const QPointF endB = chart.line(b, theme.ingress(), false);
    const QPointF endA = chart.line(a, theme.perService(), true);
    chart.labels(endA, endB, a.back(), b.back());
    if (workshop_->marked() >= 0) {
        chart.crosshair(workshop_->marked(), a, b);
    }
}

void TimeChart::hoverMoveEvent(QHoverEvent* event)
{
    workshop_->mark(secondAt(event->position().x()));
}

void TimeChart::hoverLeaveEvent(QHoverEvent*)
{
    workshop_->mark(-1);
}

void TimeChart::mousePressEvent(QMouseEvent* event)
{
    workshop_->seek(secondAt(event->position().x()));
}

} // namespace lab::desktop
