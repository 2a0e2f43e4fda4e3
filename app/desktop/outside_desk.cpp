#include "desktop/outside_desk.hpp"

#include <QClipboard>
#include <QGuiApplication>
#include <QUrl>

#include "desktop/workshop.hpp"
#include "scenario/serving.hpp"

#include <algorithm>
#include <array>

namespace lab::desktop {
namespace {

/// curl to that door port, whatever the name would resolve to.
QString curlTo(const QUrl& url, const std::string& address)
{
    const bool isTls = url.scheme() == "https";
    QString quoted = QString::fromUtf8(url.toEncoded());
    quoted.replace('\'', QStringLiteral("%27"));
    return QStringLiteral("curl -i%1 --connect-to '%2:%3:%4' '%5'")
        .arg(isTls ? "k" : "", url.host())
        .arg(url.port(isTls ? 443 : 80))
        .arg(QString::fromStdString(address), quoted);
}

/// The doors where clients come in.
std::vector<const live::BoundDoor*> entriesOf(const live::ReadyState& ready)
{
    std::vector<const live::BoundDoor*> entries;
    for (const live::BoundDoor& door : ready.doors) {
        if (door.role == plan::DoorRole::LoadBalancer) {
            entries.push_back(&door);
        }
    }
    return entries;
}

QVariantList commandsFor(const live::ReadyState& ready, const QUrl& url)
{
    const bool isTls = url.scheme() == "https";
    QVariantList commands;
    std::array<int, 2> count{};
    constexpr int perStyle = 3;
    for (const live::BoundDoor* door : entriesOf(ready)) {
        const std::string address = ready.addressOf(door->style, door->door, isTls);
        int& shown = count[door->style == plan::Style::Ingress ? 1 : 0];
        if (!address.empty() && shown < perStyle) {
            ++shown;
            commands << QVariantMap{
                {"style", QString::fromStdString(std::string(toText(door->style)))},
                {"what", QString::fromStdString(door->name)},
                {"command", curlTo(url, address)}};
        }
    }
    return commands;
}

} // namespace

OutsideDesk::OutsideDesk(QObject* parent)
    : QObject(parent)
{
    snapshots_.setInterval(1000 / snapshotsPerSecond);
    connect(&snapshots_, &QTimer::timeout, this, &OutsideDesk::snapshot);
}

OutsideDesk::~OutsideDesk() = default;

void OutsideDesk::setScenario(const QString& path, const QString& url)
{
    stop();
    path_ = path;
    url_ = url;
    mistake_.clear();
    emit servingChanged();
}

void OutsideDesk::start()
{
    if (isServing() || path_.isEmpty()) {
        return;
    }
    scenario::ServeOptions options;
    options.inputs = {path_.toStdString()};
    options.port = 0;
    auto serving = scenario::Serving::start(options);
    if (!serving) {
        mistake_ = wordsOf(serving.error());
        emit servingChanged();
        return;
    }
    mistake_.clear();
    serving_ = std::move(*serving);
    commands_ = commandsFor(serving_->ready(), QUrl(url_));
    lately_.clear();
    snapshots_.start();
    emit servingChanged();
    snapshot();
}

void OutsideDesk::stop()
{
    if (!isServing()) {
        return;
    }
    snapshots_.stop();
    serving_.reset();
    commands_.clear();
    doors_.clear();
    emit servingChanged();
    emit counted();
}

void OutsideDesk::copy(const QString& command) const
{
    QGuiApplication::clipboard()->setText(command);
}

void OutsideDesk::snapshot()
{
    std::vector<live::DoorCounters> counters = serving_->counters();
    const live::ReadyState ready = serving_->ready();
    std::map<std::string, std::string> addresses;
    for (const live::BoundDoor* door : entriesOf(ready)) {
        addresses[std::string(toText(door->style)) + door->name] = door->ports.front().address;
    }
    std::ranges::stable_sort(counters, std::greater(), &live::DoorCounters::requests);
    doors_.clear();
    for (const live::DoorCounters& door : counters) {
        const std::string key = std::string(toText(door.style)) + door.name;
        std::deque<std::uint64_t>& lately = lately_[key];
        lately.push_back(door.requests);
        if (lately.size() > snapshotsPerSecond + 1) {
            lately.pop_front();
        }
        if (static_cast<std::size_t>(doors_.size()) < doorsMax) {
            doors_ << QVariantMap{
                {"style", QString::fromStdString(std::string(toText(door.style)))},
                {"name", QString::fromStdString(door.name)},
                {"address", QString::fromStdString(addresses[key])},
                {"requests", QVariant::fromValue(static_cast<qulonglong>(door.requests))},
                {"perSecond", static_cast<int>(lately.back() - lately.front())},
                {"refused", QVariant::fromValue(static_cast<qulonglong>(door.refusedByLimit))},
                {"failed", QVariant::fromValue(static_cast<qulonglong>(door.upstreamErrors))}};
        }
    }
    emit counted();
}

} // namespace lab::desktop
