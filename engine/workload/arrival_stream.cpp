#include "workload/arrival_stream.hpp"

#include "base/check.hpp"
#include "base/elementary.hpp"

#include <algorithm>
#include <cmath>

namespace lab::workload {
namespace {

std::vector<double> boundsOf(const std::vector<MixEntry>& mix)
{
    std::vector<double> bounds;
    double sum = 0.0;
    for (const MixEntry& entry : mix) {
        check(entry.weight > 0.0, "a mix entry has a weight above zero");
        sum += entry.weight;
        bounds.push_back(sum);
    }
    check(!bounds.empty(), "a mix has an entry");
    return bounds;
}

/// Equal steps of the sum, as many as there are bounds: the first bound above each.
std::vector<std::uint32_t> guideTo(const std::vector<double>& bounds)
{
    std::vector<std::uint32_t> guide;
    std::uint32_t entry = 0;
    for (std::size_t step = 0; step < bounds.size(); ++step) {
        const double share = static_cast<double>(step) / static_cast<double>(bounds.size());
        while (entry + 1 < bounds.size() && bounds[entry] <= share * bounds.back()) {
            ++entry;
        }
        guide.push_back(entry);
    }
    return guide;
}

/// Named by the source, so that a further source does not move the others'; equal names differ by
/// their order.
Random streamOf(const std::vector<Traffic>& traffic, std::size_t index, const Random& random)
{
    const auto before = traffic.begin() + static_cast<std::ptrdiff_t>(index);
    const auto namesakes = std::count_if(traffic.begin(), before, [&](const Traffic& other) {
        return other.name == traffic[index].name;
    });
    return random.stream(traffic[index].name + "#" + std::to_string(namesakes));
}

} // namespace

ArrivalStream::Source::Source(const Traffic& of, Duration length, const Random& random)
    : traffic(&of)
    , times(random.stream("arrivals"))
    , entries(random.stream("mix"))
    , clients(random.stream("clients"))
    , bounds(boundsOf(of.mix))
    , guide(guideTo(bounds))
    , lengthSeconds(toSeconds(length))
{
    const bool isRamp = of.process == ArrivalProcess::Ramp;
    check(of.ratePerSecond > 0.0 || (isRamp && of.rateAtEnd > 0.0), "traffic has a rate above 0");
    check(of.process != ArrivalProcess::Burst || of.burstInterval > Duration::zero(),
          "bursts have a distance");
    check(of.clients > 0, "traffic has a client");
    if (of.process != ArrivalProcess::Constant) {
        advance();
    }
}

/// To where the rate, summed up from the start, reaches what was drawn: a quadratic equation, in
/// the form that loses no digits.
void ArrivalStream::Source::climb()
{
    const double from = traffic->ratePerSecond;
    const double slope = (traffic->rateAtEnd - from) / lengthSeconds;
    expected -= naturalLog(1.0 - times.uniform());
    const double inner = from * from + 2.0 * slope * expected;
    seconds = inner < 0.0 ? lengthSeconds : 2.0 * expected / (from + std::sqrt(inner));
}

void ArrivalStream::Source::advance()
{
    if (traffic->process == ArrivalProcess::Ramp) {
        climb();
    } else if (traffic->process == ArrivalProcess::Burst) {
        const auto burst = static_cast<std::int64_t>(count++ / traffic->burstSize) + 1;
        at = Instant(traffic->burstInterval * burst);
        return;
    } else if (traffic->process == ArrivalProcess::Constant) {
        seconds = static_cast<double>(++count) / traffic->ratePerSecond; // no drift
    } else {
        seconds -= naturalLog(1.0 - times.uniform()) * (1.0 / traffic->ratePerSecond);
    }
    at = Instant(fromSeconds(seconds));
}

std::uint32_t ArrivalStream::Source::drawEntry()
{
    const double share = entries.uniform();
    const double point = share * bounds.back();
    const auto last = static_cast<std::uint32_t>(bounds.size() - 1);
    std::uint32_t entry = guide[static_cast<std::size_t>(share * static_cast<double>(last + 1))];
    while (entry > 0 && bounds[entry - 1] > point) {
        --entry; // the guide is rounded
    }
    while (entry < last && bounds[entry] <= point) { // rounding may reach the sum itself
        ++entry;
    }
    return entry;
}

ArrivalStream::ArrivalStream(const std::vector<Traffic>& traffic,
                             Duration length,
                             const Random& random)
    : traffic_(traffic)
    , end_(length)
{
    sources_.reserve(traffic_.size());
    for (std::size_t i = 0; i < traffic_.size(); ++i) {
        sources_.emplace_back(traffic_[i], length, streamOf(traffic_, i, random));
    }
}

std::optional<Arrival> ArrivalStream::next()
{
    const auto first = std::ranges::min_element(sources_, {}, &Source::at);
    if (first == sources_.end() || first->at >= end_) {
        return std::nullopt;
    }
    Arrival arrival;
    arrival.at = first->at;
    arrival.traffic = static_cast<std::uint32_t>(first - sources_.begin());
    arrival.entry = first->drawEntry();
    arrival.client = static_cast<std::uint32_t>(first->clients.below(first->traffic->clients));
    first->advance();
    return arrival;
}

} // namespace lab::workload
