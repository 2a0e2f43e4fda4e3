#include "desktop/stage_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace lab::desktop {
namespace {

constexpr double headRoom = 48;
constexpr double footRoom = 16;
constexpr double margin = 18;

Curve between(QPointF from, QPointF to, double bend)
{
    const double reach = (to.x() - from.x()) * bend;
    return {from, {from.x() + reach, from.y()}, {to.x() - reach, to.y()}, to};
}

QPointF leftOf(const QRectF& box)
{
    return {box.left(), box.center().y()};
}

QPointF rightOf(const QRectF& box)
{
    return {box.right(), box.center().y()};
}

/// So many tiles in a frame, as square as it goes.
std::vector<QRectF> tilesIn(const QRectF& frame, int count)
{
    const double side = std::sqrt(frame.width() * frame.height() / std::max(count, 1));
    int columns = std::max(1, static_cast<int>(frame.width() / std::max(side, 1.0)));
    while (std::ceil(static_cast<double>(count) / columns) * (frame.width() / columns) >
               frame.height() + 0.5 &&
           columns < count) {
        ++columns;
    }
    const double pitch = frame.width() / columns;
    const double gap = pitch > 8 ? 2 : (pitch > 4 ? 1 : 0.5);
    const int rows = (count + columns - 1) / columns;
    const double height = std::min(pitch, frame.height() / rows);
    std::vector<QRectF> tiles;
    for (int i = 0; i < count; ++i) {
        tiles.emplace_back(frame.left() + (i % columns) * pitch,
                           frame.top() + (i / columns) * height,
                           std::max(1.0, pitch - gap),
                           std::max(1.0, height - gap));
    }
    return tiles;
}

/// Services by namespace, or by the alphabet where that makes no useful groups.
std::vector<std::vector<int>> groupsOf(const StageModel& model)
{
    std::map<QString, std::vector<int>> spaces;
    for (std::size_t i = 0; i < model.services.size(); ++i) {
        spaces[model.services[i].nameSpace].push_back(static_cast<int>(i));
    }
    std::vector<std::vector<int>> groups;
    if (spaces.size() > 1 && spaces.size() <= StageLayout::groupsMax) {
        for (auto& [name, services] : spaces) {
            groups.push_back(std::move(services));
        }
        return groups;
    }
    const auto total = model.services.size();
    const std::size_t count = std::clamp<std::size_t>(total / 25, 4, 8);
    for (std::size_t g = 0; g < count; ++g) {
        auto& group = groups.emplace_back();
        for (std::size_t i = total * g / count; i < total * (g + 1) / count; ++i) {
            group.push_back(static_cast<int>(i));
        }
    }
    return groups;
}

QString nameOf(const StageModel& model, const std::vector<int>& group, std::size_t groupCount)
{
    const StageService& first = model.services[static_cast<std::size_t>(group.front())];
    const StageService& last = model.services[static_cast<std::size_t>(group.back())];
    const bool isSpace =
        first.nameSpace == last.nameSpace && first.nameSpace != model.services.front().nameSpace;
    if (groupCount > 1 && (isSpace || first.name != first.fullName.c_str())) {
        return first.name + QStringLiteral(" – ") + last.name;
    }
    return first.nameSpace;
}

} // namespace

QPointF Curve::at(double t) const
{
    const double u = 1 - t;
    return a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) + d * (t * t * t);
}

StageLayout::StageLayout(const StageModel& model, const StageSide& side, QSizeF size)
    : size_(size)
    , doors_(side.serviceOfDoor.size())
    , services_(model.services.size())
{
    const QRectF area = stand();
    clients_ = QRectF(margin + 4, area.center().y() - 24, 48, 48);
    doorsCentre_ = size_.width() * 0.40;
    if (!side.controllers.empty() || side.shared.isValid()) {
        placeIngress(side);
    }
    if (model.services.size() > rowsMax) {
        placeGroups(model, side);
    } else {
        placeRows(model, side);
    }
}

QRectF StageLayout::stand() const
{
    return {0, headRoom, size_.width(), std::max(40.0, size_.height() - headRoom - footRoom)};
}

void StageLayout::placeIngress(const StageSide& side)
{
    const QRectF area = stand();
    const double middle = area.center().y();
    const double height = std::min(176.0, area.height());
    const bool hasOthers = side.entries.size() > 1; // load balancers beside the ingress
    doorsCentre_ = size_.width() * (hasOthers ? 0.485 : 0.435);
    ingress_ = QRectF(doorsCentre_ - 60, middle - height / 2, 120, height);
    const double reach = ingress_.left() - clients_.right();
    shared_ = QRectF(clients_.right() + reach * 0.5 - 15, middle - 18, 30, 36);
}

void StageLayout::placeRows(const StageModel& model, const StageSide& side)
{
    const QRectF area = stand();
    const auto count = static_cast<double>(std::max<std::size_t>(model.services.size(), 1));
    const double pitch = std::min(area.height() / count, 74.0);
    rowHeight_ = std::min(pitch > 24 ? pitch - 8 : std::max(pitch - 3, 5.0), 46.0);
    const double top = area.center().y() - pitch * count / 2;
    const double width = std::clamp(size_.width() * 0.25, 96.0, 150.0);
    std::size_t mostPods = 0;
    for (const auto& pods : side.pods) {
        mostPods = std::max(mostPods, pods.size());
    }
    const double shownPods = static_cast<double>(std::min(mostPods, podsMax));
    const double podsRoom =
        6 + shownPods * (rowHeight_ >= 34 ? 10 : 7) + (mostPods > podsMax ? 20 : 0);
    const double left = size_.width() - margin - podsRoom - width;
    servicesCentre_ = left + width / 2;
    for (std::size_t i = 0; i < services_.size(); ++i) {
        const double middle = top + (static_cast<double>(i) + 0.5) * pitch;
        services_[i].box = QRectF(left, middle - rowHeight_ / 2, width, rowHeight_);
    }
    placePods(side);
    placeDoorsInRows(side);
}

/// Little glasses beside the Service.
void StageLayout::placePods(const StageSide& side)
{
    for (std::size_t i = 0; i < services_.size(); ++i) {
        const QRectF& box = services_[i].box;
        const std::size_t count = std::min(side.pods[i].size(), podsMax);
        const double width = rowHeight_ >= 34 ? 8 : 5;
        const double height = std::min(box.height(), 34.0);
        for (std::size_t p = 0; p < count; ++p) {
            services_[i].pods.emplace_back(box.right() + 6 + static_cast<double>(p) * (width + 2),
                                           box.center().y() - height / 2,
                                           width,
                                           height);
        }
    }
}

void StageLayout::placeDoorsInRows(const StageSide& side)
{
    const double width = isRoomy() ? 40 : 34;
    for (const DoorId entry : side.entries) {
        const int row = side.serviceOfDoor[entry.index()];
        QRectF& door = doors_[entry.index()];
        if (entry == side.shared) {
            door = shared_;
        } else if (row >= 0) {
            const double middle = service(row).box.center().y();
            const double centre = shared_.isNull() ? doorsCentre_ : shared_.center().x();
            door = QRectF(centre - width / 2, middle - rowHeight_ / 2, width, rowHeight_);
            if (!shared_.isNull() && door.adjusted(0, -4, 0, 4).intersects(shared_)) {
                door.translate(-width - 6, 0);
            }
        }
    }
}

void StageLayout::placeGroups(const StageModel& model, const StageSide& side)
{
    const QRectF area = stand();
    const auto groups = groupsOf(model);
    const double pitch = area.height() / static_cast<double>(groups.size());
    const double left = size_.width() * 0.60;
    const QRectF column(left, 0, size_.width() - margin - left, 0);
    servicesCentre_ = column.center().x();
    groupOf_.assign(services_.size(), 0);
    std::vector<QRectF> doorTiles(services_.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const double top = area.top() + static_cast<double>(g) * pitch;
        ServiceGroup& group = groups_.emplace_back();
        group.name = nameOf(model, groups[g], groups.size());
        group.count = static_cast<int>(groups[g].size());
        group.services = QRectF(column.left(), top, column.width(), pitch - 8);
        const QRectF inner = group.services.adjusted(6, 17, -6, -5);
        const auto tiles = tilesIn(inner, group.count);
        if (side.entries.size() > 1) {
            group.doors = QRectF(size_.width() * 0.29, top, size_.width() * 0.19, pitch - 8);
        }
        const auto doors = tilesIn(group.doors.adjusted(6, 17, -6, -5), group.count);
        for (std::size_t i = 0; i < groups[g].size(); ++i) {
            const auto row = static_cast<std::size_t>(groups[g][i]);
            services_[row].box = tiles[i];
            groupOf_[row] = static_cast<int>(g);
            doorTiles[row] = doors[i];
        }
    }
    if (side.entries.size() > 1 && shared_.isNull()) {
        doorsCentre_ = groups_.front().doors.center().x();
    }
    for (const DoorId entry : side.entries) {
        const int row = side.serviceOfDoor[entry.index()];
        doors_[entry.index()] =
            entry == side.shared ? shared_
                                 : (row < 0 ? QRectF() : doorTiles[static_cast<std::size_t>(row)]);
    }
}

Curve StageLayout::toEntry(DoorId entry) const
{
    const QRectF& door = doors_[entry.index()];
    Curve curve = between(rightOf(clients_), leftOf(door), 0.55);
    if (isGrouped() && door != shared_) {
        for (const ServiceGroup& group : groups_) {
            if (group.doors.contains(door.center())) {
                curve.c = {group.doors.left() - 10, group.doors.center().y()};
                curve.d = door.center();
            }
        }
    }
    return curve;
}

Curve StageLayout::sharedToIngress() const
{
    return between(rightOf(shared_), leftOf(ingress_), 0.5);
}

Curve StageLayout::ingressToService(int row) const
{
    const auto index = static_cast<std::size_t>(row);
    const auto total = static_cast<double>(services_.size());
    const double share = (static_cast<double>(row) + 0.5) / total;
    const QPointF out(ingress_.right(), ingress_.top() + 20 + (ingress_.height() - 40) * share);
    if (!isGrouped()) {
        return between(out, leftOf(services_[index].box), 0.5);
    }
    const QRectF& group = groups_[static_cast<std::size_t>(groupOf_[index])].services;
    Curve curve = between(out, services_[index].box.center(), 0.5);
    curve.c = {group.left() - 14, group.center().y()};
    return curve;
}

Curve StageLayout::doorToService(DoorId door, int row) const
{
    const auto index = static_cast<std::size_t>(row);
    const QRectF& from = doors_[door.index()];
    if (!isGrouped()) {
        return between(rightOf(from), leftOf(services_[index].box), 0.5);
    }
    const QRectF& group = groups_[static_cast<std::size_t>(groupOf_[index])].services;
    return {from.center(),
            {from.right() + 30, group.center().y()},
            {group.left() - 14, group.center().y()},
            services_[index].box.center()};
}

Curve StageLayout::backFrom(DoorId entry, bool isFromIngress) const
{
    const QPointF from = isFromIngress ? leftOf(ingress_) : leftOf(doors_[entry.index()]);
    const QPointF to = rightOf(clients_);
    const double sag = isFromIngress ? 62 : std::min(26.0, rowHeight_);
    return {from,
            {from.x() - (from.x() - to.x()) * 0.3, from.y() + sag},
            {to.x() + (from.x() - to.x()) * 0.3, to.y() + sag},
            to};
}

} // namespace lab::desktop
