#include "desktop/service_desk.hpp"

#include <algorithm>
#include <array>

namespace lab::desktop {
namespace {

using simulation::PodFault;

/// Of one Service within the last second.
struct Tally {
    std::array<std::uint32_t, 5> endings{}; ///< By Ending.
    std::vector<double> latenciesMs;
    std::uint32_t inHand = 0; ///< At its pods: in service or in line.

    [[nodiscard]] std::uint32_t of(Ending ending) const
    {
        return endings[static_cast<std::size_t>(ending)];
    }
};

Tally tallyOf(const Player& player, plan::Style style, int service)
{
    constexpr Duration second = std::chrono::seconds(1);
    constexpr Duration patience = std::chrono::seconds(11);
    Tally tally;
    const Instant now = player.now();
    const Instant from =
        now.sinceStart() < patience ? Instant() : Instant(now.sinceStart() - patience);
    for (const StyleTrack::Second* one : player.track(style).secondsWithin(from, now)) {
        for (const StyleTrack::Known& known : *one) {
            const measurement::RequestRecord& record = known.trail.record;
            if (known.service != service || record.ended > now || now - record.ended >= second) {
                continue;
            }
            ++tally.endings[static_cast<std::size_t>(known.ending)];
            if (known.ending == Ending::Served || known.ending == Ending::Slow) {
                tally.latenciesMs.push_back(toSeconds(record.ended - record.intended) * 1000);
            }
        }
    }
    const auto load = player.track(style).podLoad(now);
    for (const std::uint32_t inPod : load[static_cast<std::size_t>(service)]) {
        tally.inHand += inPod;
    }
    return tally;
}

QString slowest(const Tally& tally)
{
    return tally.latenciesMs.empty()
               ? QStringLiteral("–")
               : QString::number(std::ranges::max(tally.latenciesMs), 'f', 1) +
                     QStringLiteral(" ms");
}

QString wordsOf(const PodFault& fault)
{
    switch (fault.kind) {
    case PodFault::Kind::None:
        return QStringLiteral("well");
    case PodFault::Kind::Refuse:
        return QStringLiteral("refuses connections");
    case PodFault::Kind::Hang:
        return QStringLiteral("hangs");
    case PodFault::Kind::Status:
        return QStringLiteral("answers %1").arg(fault.status);
    case PodFault::Kind::Delay:
        return QStringLiteral("%1 ms late").arg(toSeconds(fault.delay) * 1000);
    case PodFault::Kind::Kill:
        return QStringLiteral("killed");
    }
    return {};
}

QString podsOf(const std::vector<PodFault>& faults)
{
    QStringList words;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (faults[i].kind != PodFault::Kind::None) {
            words << QStringLiteral("%1: %2").arg(i + 1).arg(wordsOf(faults[i]));
        }
    }
    constexpr qsizetype shown = 4;
    if (words.size() > shown) {
        words = words.first(shown) << QStringLiteral("…");
    }
    const QString count =
        faults.size() == 1 ? QStringLiteral("1 pod") : QStringLiteral("%1 pods").arg(faults.size());
    return words.isEmpty() ? count + QStringLiteral(", well")
                           : count + QStringLiteral("; ") + words.join(QStringLiteral(", "));
}

} // namespace

void ServiceDesk::show(const Player* player, int service)
{
    name_.clear();
    rows_.clear();
    pods_.clear();
    isIll_ = false;
    if (player != nullptr && service >= 0) {
        const Tally a = tallyOf(*player, plan::Style::PerService, service);
        const Tally b = tallyOf(*player, plan::Style::Ingress, service);
        name_ = QString::fromStdString(
            player->model().services[static_cast<std::size_t>(service)].fullName);
        const auto add = [this](const char* what, const QString& left, const QString& right) {
            rows_ << QVariantMap{{"what", what}, {"perService", left}, {"ingress", right}};
        };
        const auto count = [&](const char* what, Ending ending) {
            add(what, QString::number(a.of(ending)), QString::number(b.of(ending)));
        };
        count("Served in time", Ending::Served);
        count("Served slowly", Ending::Slow);
        count("Refused", Ending::Refused);
        count("Failed", Ending::Failed);
        add("Slowest", slowest(a), slowest(b));
        add("In its pods", QString::number(a.inHand), QString::number(b.inHand));
        const auto faults = player->faultsOf(service);
        pods_ = podsOf(faults);
        isIll_ = std::ranges::any_of(
            faults, [](const PodFault& fault) { return fault.kind != PodFault::Kind::None; });
    }
    emit changed();
}

std::optional<PodFault> faultNamed(const QString& name)
{
    PodFault fault;
    if (name == "kill") {
        fault.kind = PodFault::Kind::Kill;
    } else if (name == "hang") {
        fault.kind = PodFault::Kind::Hang;
    } else if (name == "refuse") {
        fault.kind = PodFault::Kind::Refuse;
    } else if (name == "slow") {
        fault.kind = PodFault::Kind::Delay;
        fault.delay = std::chrono::milliseconds(400);
    } else if (name == "error") {
        fault.kind = PodFault::Kind::Status;
        fault.status = 500;
    } else if (name != "revive") {
        return std::nullopt;
    }
    return fault;
}

} // namespace lab::desktop
