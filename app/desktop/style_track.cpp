#include "desktop/style_track.hpp"

#include <algorithm>

namespace lab::desktop {

using measurement::Outcome;

namespace {

constexpr Duration second = std::chrono::seconds(1);

std::int64_t secondOf(Instant instant)
{
    return instant.sinceStart() / second;
}

bool isRefused(const measurement::RequestRecord& record)
{
    return record.outcome == Outcome::Answered && (record.status == 429 || record.isRefusal);
}

bool hasFailed(const measurement::RequestRecord& record)
{
    return record.outcome != Outcome::Answered || (record.status >= 500 && !record.isRefusal);
}

/// \param values  reordered
float quantileOf(std::vector<float>& values, double q)
{
    if (values.empty()) {
        return 0.0F;
    }
    const auto last = static_cast<double>(values.size() - 1);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(q * last);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

Ending endingOf(const simulation::Trail& trail)
{
    const measurement::RequestRecord& record = trail.record;
    if (isRefused(record)) {
        return Ending::Refused;
    }
    if (hasFailed(record)) {
        return Ending::Failed;
    }
    if (record.status >= 300) {
        return Ending::Turned;
    }
    return record.ended - record.intended >= StyleTrack::slowFrom ? Ending::Slow : Ending::Served;
}

StyleTrack::StyleTrack(const StageModel& model,
                       const StageSide& side,
                       const scenario::TrailRun& run)
    : side_(side)
    , collector_({{Instant(run.spec(side.style).warmUp), Instant(run.spec(side.style).duration)}})
    , hasIdeal_(run.spec(side.style).ideal.has_value())
    , lastSecond_(model.services.size())
{
    for (const auto& mix : run.spec(side.style).destinations) {
        for (const simulation::Destination& destination : mix) {
            serviceOfKind_.push_back(model.indexOf(destination.service));
            collectorOfKind_.push_back(destination.service.empty()
                                           ? measurement::RecordCollector::noService
                                           : collector_.serviceIndex(destination.service));
        }
    }
}

void StyleTrack::add(std::vector<simulation::Trail> trails)
{
    for (simulation::Trail& trail : trails) {
        Known known{trail, endingOf(trail), serviceOfKind_[trail.record.entry]};
        if (trail.endpoint.isValid()) {
            known.service = side_.places[trail.endpoint.index()].service;
        }
        const std::int64_t at = secondOf(trail.record.intended);
        if (at >= firstSecond_) {
            const auto index = static_cast<std::size_t>(at - firstSecond_);
            if (index >= seconds_.size()) {
                seconds_.resize(index + 1);
            }
            seconds_[index].push_back(known);
        }
        ahead_.push_back(std::move(known));
    }
}

void StyleTrack::advance(Instant now)
{
    const auto endOfOpen = [this] {
        return Instant(Interval::length * (static_cast<std::int64_t>(intervals_.size()) + 1));
    };
    while (!ahead_.empty() && ahead_.front().trail.record.ended <= now) {
        while (ahead_.front().trail.record.ended >= endOfOpen()) {
            closeInterval();
        }
        count(ahead_.front());
        ahead_.pop_front();
    }
    while (now >= endOfOpen()) {
        closeInterval();
    }
    while (!recent_.empty() && recent_.front().first + second < now) {
        --lastSecond_[static_cast<std::size_t>(recent_.front().second)];
        recent_.pop_front();
    }
    forget(now);
}

void StyleTrack::count(const Known& known)
{
    const measurement::RequestRecord& record = known.trail.record;
    if (collector_.add(record, collectorOfKind_[record.entry])) {
        collector_.addConnections(known.trail.hasOpened ? 1 : 0);
        if (hasIdeal_) {
            collector_.addIdealDecision(known.trail.isIdealAdmitted);
        }
    }
    ++open_.ended;
    open_.refused += isRefused(record) ? 1 : 0;
    open_.failed += hasFailed(record) ? 1 : 0;
    if (record.outcome == Outcome::Answered && !isRefused(record)) {
        ++open_.admitted;
        openLatencies_.push_back(
            static_cast<float>(toSeconds(record.ended - record.intended) * 1000));
    }
    if (known.service >= 0) {
        ++lastSecond_[static_cast<std::size_t>(known.service)];
        recent_.emplace_back(record.ended, known.service);
    }
}

void StyleTrack::closeInterval()
{
    open_.p50Ms = quantileOf(openLatencies_, 0.5);
    open_.p99Ms = quantileOf(openLatencies_, 0.99);
    intervals_.push_back(open_);
    open_ = {};
    openLatencies_.clear();
}

void StyleTrack::forget(Instant now)
{
    while (!seconds_.empty() && Instant(second * (firstSecond_ + 1)) + keptFor < now) {
        seconds_.pop_front();
        ++firstSecond_;
    }
}

std::vector<const StyleTrack::Second*> StyleTrack::secondsWithin(Instant from, Instant to) const
{
    std::vector<const Second*> found;
    for (std::int64_t at = std::max(secondOf(from), firstSecond_); at <= secondOf(to); ++at) {
        const auto index = static_cast<std::size_t>(at - firstSecond_);
        if (index >= seconds_.size()) {
            break;
        }
        found.push_back(&seconds_[index]);
    }
    return found;
}

std::vector<std::vector<std::uint32_t>> StyleTrack::podLoad(Instant now) const
{
    std::vector<std::vector<std::uint32_t>> load;
    for (const auto& pods : side_.pods) {
        load.emplace_back(pods.size());
    }
    const Duration patience = std::chrono::seconds(11);
    for (const Second* one : secondsWithin(Instant(now - Instant(patience)), now)) {
        for (const Known& known : *one) {
            const measurement::RequestRecord& record = known.trail.record;
            const Instant began = std::max(known.trail.began, record.intended);
            if (known.trail.endpoint.isValid() && began <= now && now < record.ended) {
                const PodPlace place = side_.places[known.trail.endpoint.index()];
                ++load[static_cast<std::size_t>(place.service)]
                      [static_cast<std::size_t>(place.pod)];
            }
        }
    }
    return load;
}

} // namespace lab::desktop
