#include "desktop/dots.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace lab::desktop {
namespace {

constexpr double longestWait = 10.5; ///< Run seconds: patience and a little.
constexpr double spread = 7;         ///< Pixels by which dots leave a shared way.
constexpr double queuePitch = 6;
constexpr std::uint64_t queueMax = 40; ///< Drawn beside one another; the rest overlap.

std::uint64_t hashOf(std::uint64_t number)
{
    number ^= number >> 33U;
    number *= 0xff51afd7ed558ccdULL;
    number ^= number >> 33U;
    number *= 0xc4ceb9fe1a85ec53ULL;
    return number ^ (number >> 33U);
}

bool isHidden(const QRectF& box, QPointF at)
{
    return box.width() > 8 && box.adjusted(1, 0, -1, 0).contains(at);
}

/// The dots of one side: each trail in its turn.
class Flights {
public:
    Flights(const Player& player, const StageSide& side, const StageLayout& layout)
        : player_(player)
        , side_(side)
        , layout_(layout)
        , now_(player.clock().now())
    {
    }

    void add(const StyleTrack::Known& known)
    {
        const simulation::Trail& trail = known.trail;
        const double since = now_ - player_.clock().pictureOf(trail.record.intended);
        if (since < 0 || !trail.entry.isValid() || layout_.door(trail.entry).isNull()) {
            return;
        }
        if (since < DotFlight::toDoor) {
            enter(known, since / DotFlight::toDoor);
            return;
        }
        const bool isShared = trail.entry == side_.shared;
        const bool isRouted = isShared && trail.door.isValid();
        double left = since - DotFlight::toDoor;
        if (isRouted && left < DotFlight::toIngress) {
            const double t = left / DotFlight::toIngress;
            put(known, layout_.sharedToIngress().at(t) + sway(known, t), Ending::Served);
            return;
        }
        left -= isRouted ? DotFlight::toIngress : 0;
        const bool comesBack = trail.isOwnAnswer && !trail.endpoint.isValid();
        if (comesBack || known.service < 0) {
            if (left < DotFlight::back) {
                const Curve back = layout_.backFrom(trail.entry, isRouted);
                put(known, back.at(left / DotFlight::back), known.ending);
            }
            return;
        }
        goOn(known, isRouted, left);
    }

    /// Those that wait lie above those that pass by.
    [[nodiscard]] std::vector<Dot> take()
    {
        dots_.insert(dots_.end(), waitingDots_.begin(), waitingDots_.end());
        return std::move(dots_);
    }

private:
    void enter(const StyleTrack::Known& known, double t)
    {
        put(known, layout_.toEntry(known.trail.entry).at(t) + sway(known, t), Ending::Served);
    }

    void goOn(const StyleTrack::Known& known, bool isRouted, double left)
    {
        const Curve curve = isRouted ? layout_.ingressToService(known.service)
                                     : layout_.doorToService(known.trail.entry, known.service);
        if (left < DotFlight::toPod) {
            put(known, curve.at(left / DotFlight::toPod), Ending::Served);
            return;
        }
        left -= DotFlight::toPod;
        const PictureClock& clock = player_.clock();
        const Instant began = std::max(known.trail.began, known.trail.record.intended);
        const double wait = clock.pictureOf(known.trail.record.ended) - clock.pictureOf(began);
        if (left < wait) {
            const std::uint64_t place =
                std::min(queueMax, waiting_[static_cast<std::uint64_t>(known.service)]++);
            const bool isSlow = clock.speed() * left >= toSeconds(StyleTrack::slowFrom);
            const QPointF at = curve.d - placeInLine(known.service, place);
            put(known, at, isSlow ? Ending::Slow : Ending::Served, 1, true);
        } else if (known.ending == Ending::Failed && left < wait + DotFlight::fading) {
            const double t = (left - wait) / DotFlight::fading;
            put(known, curve.d - QPointF(5, 0), known.ending, 1 - t);
        }
    }

    /// How far before its Service the so many-th waits: in columns as high as the box.
    QPointF placeInLine(int service, std::uint64_t place) const
    {
        const double height = layout_.service(service).box.height();
        const auto rows =
            static_cast<std::uint64_t>(std::max(1.0, std::floor(height / queuePitch)));
        const auto column = static_cast<double>(place / rows);
        const std::uint64_t row = place % rows; // from the middle outwards
        const double step = static_cast<double>((row + 1) / 2) * (row % 2 == 0 ? 1 : -1);
        return {4 + queuePitch * column, queuePitch * step};
    }

    /// On ways that many share, dots keep to lanes of their own.
    QPointF sway(const StyleTrack::Known& known, double t) const
    {
        if (known.trail.entry != side_.shared) {
            return {};
        }
        const auto lane = static_cast<double>(hashOf(known.trail.number + 7) % 2001) / 1000 - 1;
        return {0, std::sin(t * 3.14159265) * lane * spread};
    }

    /// \param looks  nobody sees a request's end before it has come
    void put(const StyleTrack::Known& known,
             QPointF at,
             Ending looks,
             double opacity = 1,
             bool isWaiting = false)
    {
        if (!isHidden(layout_.ingress(), at) &&
            (known.trail.entry == side_.shared || !isHidden(layout_.door(known.trail.entry), at))) {
            (isWaiting ? waitingDots_ : dots_)
                .push_back({at, looks, isWaiting, static_cast<float>(opacity), known.trail.number});
        }
    }

    const Player& player_;
    const StageSide& side_;
    const StageLayout& layout_;
    double now_;
    std::unordered_map<std::uint64_t, std::uint64_t> waiting_; ///< By service.
    std::vector<Dot> dots_;
    std::vector<Dot> waitingDots_;
};

} // namespace

std::vector<Dot>
dotsOf(const Player& player, const StageSide& side, const StageLayout& layout, std::uint32_t every)
{
    constexpr double flight = DotFlight::toDoor + DotFlight::toIngress + DotFlight::toPod +
                              DotFlight::back + DotFlight::fading;
    const Instant now = player.now();
    const Duration back = fromSeconds(flight * player.clock().speed() + longestWait);
    const Instant from = now.sinceStart() < back ? Instant() : Instant(now.sinceStart() - back);
    Flights flights(player, side, layout);
    for (const StyleTrack::Second* second : player.track(side.style).secondsWithin(from, now)) {
        for (const StyleTrack::Known& known : *second) {
            if (every <= 1 || hashOf(known.trail.number) % every == 0) {
                flights.add(known);
            }
        }
    }
    return flights.take();
}

std::uint32_t requestsPerDot(double arrivalsPerSecond, double speed, double dotsMax)
{
    const double flying =
        arrivalsPerSecond * speed * (DotFlight::toDoor + DotFlight::toIngress + DotFlight::toPod);
    double every = 1;
    for (int step = 0; flying / every > dotsMax && step < 27; ++step) {
        every *= step % 3 == 1 ? 2.5 : 2;
    }
    return static_cast<std::uint32_t>(every);
}

} // namespace lab::desktop
