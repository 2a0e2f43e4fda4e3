#pragma once

#include <QQuickPaintedItem>
#include <QtQml/qqmlregistration.h>

#include "desktop/workshop.hpp"

#include <vector>

namespace lab::desktop {

/// How did a number go over the last minute?  Both styles as lines, with one crosshair for all.
class TimeChart : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(lab::desktop::Workshop* workshop READ workshop WRITE setWorkshop NOTIFY changed)
    Q_PROPERTY(QString metric READ metric WRITE setMetric NOTIFY changed)

public:
    static constexpr double windowMax = 60; ///< Seconds; fewer while there are fewer.

    explicit TimeChart(QQuickItem* parent = nullptr);

    [[nodiscard]] Workshop* workshop() const { return workshop_; }
    void setWorkshop(Workshop* workshop);
    [[nodiscard]] QString metric() const { return metric_; }
    /// "requests", "latency" or "refused"
    void setMetric(const QString& metric);

    void paint(QPainter* painter) override;

signals:
    void changed();

protected:
    void hoverMoveEvent(QHoverEvent* event) override;
    void hoverLeaveEvent(QHoverEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double windowSeconds() const;
    [[nodiscard]] double firstSecond() const;
    [[nodiscard]] double secondAt(double x) const;

    Workshop* workshop_ = nullptr;
    QString metric_;
};

/// One value a second of a metric, from the run's start.
[[nodiscard]] std::vector<double> seriesOf(const StyleTrack& track, const QString& metric);

/// The least of 1, 2, 5, 10, 20, … that is not below, and above 0.
[[nodiscard]] double roundUp(double value);

} // namespace lab::desktop
