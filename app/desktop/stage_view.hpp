#pragma once

#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

#include "desktop/stage_painter.hpp"
#include "desktop/workshop.hpp"

#include <memory>

namespace lab::desktop {

/// One side of the stage: clients, doors, services, pods, and the requests between them.
///
/// Three layers: boxes are painted once, states a few times a second, dots every frame, as sprites
/// with the software renderer's own painter.
class StageView : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(lab::desktop::Workshop* workshop READ workshop WRITE setWorkshop NOTIFY changed)
    Q_PROPERTY(bool isIngress READ isIngress WRITE setIngress NOTIFY changed)
    Q_PROPERTY(int dotCount READ dotCount NOTIFY framed)

public:
    explicit StageView(QQuickItem* parent = nullptr);

    [[nodiscard]] Workshop* workshop() const { return workshop_; }
    void setWorkshop(Workshop* workshop);
    [[nodiscard]] bool isIngress() const { return isIngress_; }
    void setIngress(bool isIngress);
    [[nodiscard]] int dotCount() const { return static_cast<int>(dots_.size()); }

    /// The row of the Service whose box, load balancer or pods are there; -1: nothing is.
    Q_INVOKABLE int serviceAt(double x, double y) const;
    /// A Service's box, for what is laid over it.
    Q_INVOKABLE QRectF boxOf(int service) const;

    /// For the layers, on the render thread while the GUI thread waits.
    void paintLayer(QPainter& painter, bool isStates) const;
    void paintDotLayer(QPainter& painter) const;

signals:
    void changed();
    void framed();

protected:
    void geometryChange(const QRectF& now, const QRectF& before) override;
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void relayout();
    void sample();
    void frame();
    [[nodiscard]] const StageSide* side() const;

    Workshop* workshop_ = nullptr;
    bool isIngress_ = false;
    StageLayout layout_;
    std::vector<Dot> dots_;
    std::vector<QImage> sprites_;
    QQuickItem* boxes_ = nullptr;
    QQuickItem* states_ = nullptr;
};

} // namespace lab::desktop
