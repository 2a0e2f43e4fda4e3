#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include "desktop/stage_model.hpp"

#include <vector>

namespace lab::desktop {

/// A cubic from one box to another, as edges are drawn and dots fly.
struct Curve {
    QPointF a;
    QPointF b;
    QPointF c;
    QPointF d;

    [[nodiscard]] QPointF at(double t) const;
};

/// A Service on the stage: its box, and its pods beside it.
struct ServiceBox {
    QRectF box;
    std::vector<QRectF> pods; ///< The first podsMax.
};

/// Services that stand together where there are too many for a row each.
struct ServiceGroup {
    QString name;
    QRectF services; ///< Around their tiles.
    QRectF doors;    ///< Around their load balancers' tiles; null where they have none.
    int count = 0;
};

/// Where does everything stand, on a stage of that size?  Pure; logical pixels.
///
/// Up to rowsMax Services have a row each, the same on both sides; more of them are tiles, in
/// groups by namespace, else by the alphabet.
class StageLayout {
public:
    static constexpr std::size_t rowsMax = 32;
    static constexpr std::size_t groupsMax = 12;
    static constexpr std::size_t podsMax = 6; ///< Drawn of one Service.

    StageLayout() = default;
    StageLayout(const StageModel& model, const StageSide& side, QSizeF size);

    [[nodiscard]] QSizeF size() const { return size_; }
    [[nodiscard]] bool isGrouped() const { return !groups_.empty(); }
    /// Boxes are tall enough for a second line.
    [[nodiscard]] bool isRoomy() const { return rowHeight_ >= 34; }
    [[nodiscard]] const QRectF& clients() const { return clients_; }
    [[nodiscard]] const QRectF& ingress() const { return ingress_; } ///< Null: no controllers.
    [[nodiscard]] const QRectF& shared() const { return shared_; }
    [[nodiscard]] const QRectF& door(DoorId id) const { return doors_[id.index()]; }
    [[nodiscard]] const ServiceBox& service(int row) const
    {
        return services_[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const std::vector<ServiceBox>& services() const { return services_; }
    [[nodiscard]] const std::vector<ServiceGroup>& groups() const { return groups_; }
    [[nodiscard]] double doorsCentre() const { return doorsCentre_; }
    [[nodiscard]] double servicesCentre() const { return servicesCentre_; }

    [[nodiscard]] Curve toEntry(DoorId entry) const; ///< From the clients.
    [[nodiscard]] Curve sharedToIngress() const;
    [[nodiscard]] Curve ingressToService(int service) const;
    [[nodiscard]] Curve doorToService(DoorId door, int service) const;
    /// The way back from the shared load balancer, or from a door of a Service's own.
    [[nodiscard]] Curve backFrom(DoorId entry, bool isFromIngress) const;

private:
    void placeRows(const StageModel& model, const StageSide& side);
    void placeGroups(const StageModel& model, const StageSide& side);
    void placeDoorsInRows(const StageSide& side);
    void placeIngress(const StageSide& side);
    void placePods(const StageSide& side);
    [[nodiscard]] QRectF stand() const; ///< What is below the headings.

    QSizeF size_;
    double rowHeight_ = 0.0;
    double doorsCentre_ = 0.0;
    double servicesCentre_ = 0.0;
    QRectF clients_;
    QRectF ingress_;
    QRectF shared_;
    std::vector<QRectF> doors_; ///< By DoorId.
    std::vector<ServiceBox> services_;
    std::vector<int> groupOf_; ///< By service; where grouped.
    std::vector<ServiceGroup> groups_;
};

} // namespace lab::desktop
