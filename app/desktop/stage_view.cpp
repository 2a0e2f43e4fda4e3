#include "desktop/stage_view.hpp"

#include <QMouseEvent>
#include <QQuickPaintedItem>
#include <QQuickWindow>
#include <QSGRenderNode>
#include <QSGRendererInterface>

namespace lab::desktop {
namespace {

class Layer : public QQuickPaintedItem {
public:
    Layer(StageView* stage, bool isStates)
        : QQuickPaintedItem(stage)
        , stage_(stage)
        , isStates_(isStates)
    {
        setAntialiasing(true);
        setZ(isStates ? -1 : -2);
    }

    void paint(QPainter* painter) override { stage_->paintLayer(*painter, isStates_); }

private:
    StageView* stage_;
    bool isStates_;
};

/// Draws with the painter that the software renderer draws everything with.
class DotNode : public QSGRenderNode {
public:
    explicit DotNode(const StageView* stage)
        : stage_(stage)
    {
    }

    void render(const RenderState* state) override
    {
        QQuickWindow* window = stage_->window();
        auto* painter = static_cast<QPainter*>(window->rendererInterface()->getResource(
            window, QSGRendererInterface::PainterResource));
        if (painter == nullptr) {
            return;
        }
        painter->save();
        const QRegion* clip = state->clipRegion();
        if (clip != nullptr && !clip->isEmpty()) {
            painter->setClipRegion(*clip, Qt::ReplaceClip);
        }
        painter->setTransform(matrix()->toTransform());
        painter->setOpacity(inheritedOpacity());
        stage_->paintDotLayer(*painter);
        painter->restore();
    }

    [[nodiscard]] StateFlags changedStates() const override { return {}; }
    [[nodiscard]] RenderingFlags flags() const override { return BoundedRectRendering; }
    [[nodiscard]] QRectF rect() const override { return {0, 0, stage_->width(), stage_->height()}; }

private:
    const StageView* stage_;
};

} // namespace

StageView::StageView(QQuickItem* parent)
    : QQuickItem(parent)
    , boxes_(new Layer(this, false))
    , states_(new Layer(this, true))
{
    setFlag(ItemHasContents);
    setClip(true);
    setAcceptedMouseButtons(Qt::LeftButton);
}

void StageView::setWorkshop(Workshop* workshop)
{
    if (workshop == workshop_ || workshop == nullptr) {
        return;
    }
    workshop_ = workshop;
    connect(workshop, &Workshop::opened, this, &StageView::relayout);
    connect(workshop, &Workshop::framed, this, &StageView::frame);
    connect(workshop, &Workshop::sampled, this, &StageView::sample);
    connect(workshop, &Workshop::selectionChanged, this, &StageView::relayout);
    connect(workshop->theme(), &Theme::changed, this, &StageView::relayout);
    relayout();
    emit changed();
}

void StageView::setIngress(bool isIngress)
{
    isIngress_ = isIngress;
    relayout();
    emit changed();
}

const StageSide* StageView::side() const
{
    if (workshop_ == nullptr || workshop_->player() == nullptr) {
        return nullptr;
    }
    return &workshop_->player()->model().side(isIngress_ ? plan::Style::Ingress
                                                         : plan::Style::PerService);
}

void StageView::relayout()
{
    sprites_.clear();
    if (side() != nullptr && width() > 40 && height() > 40) {
        layout_ = StageLayout(workshop_->player()->model(), *side(), size());
        boxes_->update();
        sample();
        frame();
    }
}

void StageView::sample()
{
    states_->update();
}

void StageView::frame()
{
    if (side() != nullptr && !layout_.size().isEmpty()) {
        dots_ = dotsOf(*workshop_->player(), *side(), layout_, workshop_->requestsPerDot());
        emit framed();
        update();
    }
}

void StageView::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size()) {
        boxes_->setSize(now.size());
        states_->setSize(now.size());
        relayout();
    }
}

QSGNode* StageView::updatePaintNode(QSGNode* old, UpdatePaintNodeData*)
{
    if (window()->rendererInterface()->graphicsApi() != QSGRendererInterface::Software) {
        return old;
    }
    if (sprites_.empty() && workshop_ != nullptr) {
        sprites_ = dotSprites(*workshop_->theme(), window()->effectiveDevicePixelRatio());
    }
    QSGNode* node = old == nullptr ? new DotNode(this) : old;
    node->markDirty(QSGNode::DirtyMaterial);
    return node;
}

void StageView::paintLayer(QPainter& painter, bool isStates) const
{
    if (side() == nullptr || layout_.size().isEmpty()) {
        return;
    }
    const StageScene scene{*workshop_->player(),
                           *side(),
                           layout_,
                           *workshop_->theme(),
                           window()->effectiveDevicePixelRatio(),
                           workshop_->selected()};
    if (isStates) {
        paintStates(painter, scene);
    } else {
        paintBoxes(painter, scene);
    }
}

void StageView::paintDotLayer(QPainter& painter) const
{
    if (!sprites_.empty()) {
        paintDots(painter, dots_, sprites_);
    }
}

int StageView::serviceAt(double x, double y) const
{
    const QPointF at(x, y);
    const StageSide* shown = side();
    if (shown == nullptr) {
        return -1;
    }
    for (std::size_t i = 0; i < layout_.services().size(); ++i) {
        const ServiceBox& service = layout_.services()[i];
        QRectF room = service.box;
        for (const QRectF& pod : service.pods) {
            room = room.united(pod);
        }
        if (room.adjusted(-2, -2, 2, 2).contains(at)) {
            return static_cast<int>(i);
        }
    }
    for (const DoorId entry : shown->entries) {
        if (layout_.door(entry).contains(at)) {
            return shown->serviceOfDoor[entry.index()];
        }
    }
    return -1;
}

QRectF StageView::boxOf(int service) const
{
    const bool isThere =
        service >= 0 && static_cast<std::size_t>(service) < layout_.services().size();
    return isThere ? layout_.service(service).box : QRectF();
}

void StageView::mousePressEvent(QMouseEvent* event)
{
    workshop_->select(serviceAt(event->position().x(), event->position().y()));
}

} // namespace lab::desktop
