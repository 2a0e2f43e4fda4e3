#include "measurement/record_collector.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <utility>

namespace lab::measurement {

RecordCollector::RecordCollector(std::vector<Window> windows)
    : windows_(std::move(windows))
{
    Instant end;
    for (const Window& window : windows_) {
        check(end <= window.from && window.from <= window.to, "windows are in order of time");
        end = window.to;
        measured_ += window.to - window.from;
    }
}

std::size_t RecordCollector::serviceIndex(std::string_view name)
{
    const auto known = std::ranges::find(serviceNames_, name);
    if (known != serviceNames_.end()) {
        return static_cast<std::size_t>(known - serviceNames_.begin());
    }
    serviceNames_.emplace_back(name);
    services_.emplace_back();
    return services_.size() - 1;
}

bool RecordCollector::add(const RequestRecord& record, std::size_t service)
{
    Duration into{};
    if (windowOf(record.intended, into) == nullptr) {
        return false;
    }
    const bool isAnswered = record.outcome == Outcome::Answered;
    const bool isRefused = isAnswered && (record.isRefusal || record.status == 429);
    const bool isAdmitted = isAnswered && !isRefused;
    const bool isLate = record.sent - record.intended > Measurements::lateAfter;

    ++offered_;
    ++outcomes_[static_cast<std::size_t>(record.outcome)];
    admitted_ += isAdmitted ? 1U : 0U;
    refused_ += isRefused ? 1U : 0U;
    lateSends_ += isLate && record.outcome != Outcome::NoDoor ? 1U : 0U;
    requestBytes_ += record.requestBytes;
    responseBytes_ += record.responseBytes;
    if (isAnswered) {
        check(record.status < statusesMax, "a status has three digits");
        ++statuses_[record.status];
    }
    if (isAdmitted) {
        countLatency(record.ended - record.intended, into);
    }
    if (service != noService) {
        ServiceCounts& counts = services_.at(service);
        ++counts.requests;
        counts.admitted += isAdmitted ? 1U : 0U;
        counts.requestBytes += record.requestBytes;
        counts.responseBytes += record.responseBytes;
    }
    return true;
}

void RecordCollector::addIdealDecision(bool isAdmitted)
{
    hasIdeal_ = true;
    idealAdmitted_ += isAdmitted ? 1U : 0U;
}

const Window* RecordCollector::windowOf(Instant intended, Duration& into) const
{
    Duration before{};
    for (const Window& window : windows_) {
        if (intended < window.from) {
            return nullptr;
        }
        if (intended < window.to) {
            into = before + (intended - window.from);
            return &window;
        }
        before += window.to - window.from;
    }
    return nullptr;
}

void RecordCollector::countLatency(Duration latency, Duration into)
{
    latency_.record(latency);
    const auto batch = static_cast<std::size_t>(into.count() / batchLength().count());
    BatchSum& sum = batches_[std::min(batch, batches_.size() - 1)];
    ++sum.count;
    sum.latencyNs += latency.count();
}

/// Rounded up, so that the last instant still falls into the last batch.
Duration RecordCollector::batchLength() const
{
    constexpr auto batches = static_cast<std::int64_t>(Measurements::batchCount);
    return Duration((measured_.count() + batches - 1) / batches);
}

Measurements RecordCollector::result(Instant until) const
{
    Measurements sums;
    for (const Window& window : windows_) {
        sums.measured += std::max(std::min(window.to, until) - window.from, Duration::zero());
    }
    sums.offered = offered_;
    sums.admitted = admitted_;
    sums.refused = refused_;
    sums.idealAdmitted = hasIdeal_ ? idealAdmitted_ : offered_;
    sums.lateSends = lateSends_;
    sums.connectionsOpened = connectionsOpened_;
    sums.requestBytes = requestBytes_;
    sums.responseBytes = responseBytes_;
    for (std::size_t status = 0; status < statuses_.size(); ++status) {
        if (statuses_[status] > 0) {
            sums.statusCounts[static_cast<std::uint16_t>(status)] = statuses_[status];
        }
    }
    for (std::size_t outcome = 0; outcome < outcomes_.size(); ++outcome) {
        if (outcomes_[outcome] > 0) {
            sums.outcomeCounts[static_cast<Outcome>(outcome)] = outcomes_[outcome];
        }
    }
    for (std::size_t service = 0; service < services_.size(); ++service) {
        sums.services[serviceNames_[service]] = services_[service];
    }
    sums.latency = latency_;
    for (const BatchSum& batch : batches_) {
        const double count = static_cast<double>(std::max<std::uint64_t>(batch.count, 1));
        const double meanNs = static_cast<double>(batch.latencyNs) / count;
        sums.batches.push_back({.count = batch.count, .latencyMsMean = meanNs / 1e6});
    }
    return sums;
}

Measurements RecordCollector::result() const
{
    return result(windows_.empty() ? Instant() : windows_.back().to);
}

} // namespace lab::measurement
