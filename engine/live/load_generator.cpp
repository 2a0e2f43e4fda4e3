#include "live/load_generator.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <limits>
#include <system_error>
#include <utility>

namespace lab::live {

using measurement::Outcome;

namespace {

/// Between two slices, for the processes to come to rest.
constexpr Duration sliceGap = std::chrono::milliseconds(5);
/// How often it is looked whether the last answers of a slice are in.
constexpr Duration settlePoll = std::chrono::milliseconds(2);

std::uint32_t clampedBytes(std::uint64_t bytes)
{
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(bytes, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace

LoadGenerator::LoadGenerator(Worker& worker,
                             const LiveClock& clock,
                             const LoadSpec& spec,
                             LoadTls tls)
    : worker_(worker)
    , clock_(clock)
    , tls_(std::move(tls))
    , schedule_(spec.perStyle, spec.slice, spec.warmUp, spec.styles.size())
    , patience_(spec.patience)
    , connectionsMax_(spec.connectionsPerDestinationMax)
    , asksBeforeSlices_(static_cast<bool>(spec.beforeSlice))
    , runId_(Random(spec.seed).stream("request-ids").next())
    , arrivals_(workload::arrivals(spec.traffic, spec.perStyle, Random(spec.seed)))
{
    std::uint32_t first = 0;
    for (const workload::Traffic& traffic : spec.traffic) {
        firstEntries_.push_back(first);
        first += static_cast<std::uint32_t>(traffic.mix.size());
    }
}

Result<std::unique_ptr<LoadGenerator>>
LoadGenerator::create(Worker& worker, const LiveClock& clock, const LoadSpec& spec)
{
    auto tls = LoadTls::create(spec.caPem);
    if (tls.has_error()) {
        return tls.error();
    }
    std::unique_ptr<LoadGenerator> generator(
        new LoadGenerator(worker, clock, spec, std::move(*tls)));
    for (std::size_t i = 0; i < spec.styles.size(); ++i) {
        if (auto error = generator->addStyle(spec, i)) {
            return *error;
        }
    }
    return generator;
}

std::optional<Error> LoadGenerator::addStyle(const LoadSpec& spec, std::size_t index)
{
    Style& style = styles_.emplace_back(schedule_.windows());
    const auto& destinations = spec.styles[index].destinations;
    check(destinations.size() == spec.traffic.size(), "every traffic has its destinations");
    if (spec.ideal) {
        style.ideal.emplace(*spec.ideal);
    }
    for (std::size_t t = 0; t < spec.traffic.size(); ++t) {
        const auto& mix = spec.traffic[t].mix;
        check(destinations[t].size() == mix.size(), "every mix entry has its destination");
        for (std::size_t e = 0; e < mix.size(); ++e) {
            const LoadDestination& destination = destinations[t][e];
            Kind& kind = style.kinds.emplace_back(Kind{LoadRequest(mix[e], destination)});
            if (!destination.service.empty()) {
                kind.service = style.collector.serviceIndex(destination.service);
            }
            if (destination.hasDoor) {
                const auto origin = originOf(style, destination);
                if (origin.has_error()) {
                    return origin.error();
                }
                kind.origin = *origin;
            }
        }
    }
    return std::nullopt;
}

Result<LoadOrigin*> LoadGenerator::originOf(Style& style, const LoadDestination& destination)
{
    const auto address = socketAddress(std::string_view(destination.address));
    if (address.has_error()) {
        return address.error();
    }
    const std::string name = destination.isTls ? serverNameOf(destination.host) : std::string();
    for (LoadOrigin& origin : style.origins) {
        if (origin.address().text() == address->text() && origin.isTls() == destination.isTls &&
            origin.serverName() == name) {
            return &origin;
        }
    }
    return &style.origins.emplace_back(*address, destination.isTls, name, connectionsMax_);
}

void LoadGenerator::start()
{
    worker_.post([this] { run(); });
}

Detached LoadGenerator::run()
{
    for (std::size_t i = 0; i < schedule_.slices().size(); ++i) {
        const LoadSlice& slice = schedule_.slices()[i];
        const bool isAllowed = co_await awaitCaller(i);
        if (!isAllowed) {
            co_return;
        }
        const Instant start = worker_.freshNow() + sliceGap;
        sliceStartNs_.store(start.sinceStart().count());
        slice_.store(i);
        const bool isThrough = co_await runSlice(slice, start);
        const Duration passed =
            std::clamp(worker_.freshNow() - start, Duration::zero(), slice.to - slice.from);
        styles_[slice.style].reached = slice.from + passed;
        if (isThrough) {
            co_await settle();
        }
        if (worker_.isStopping()) {
            co_return;
        }
    }
    finish();
}

/// Waits until the caller has made everything ready. \return false if the worker was stopped
Task<bool> LoadGenerator::awaitCaller(std::size_t slice)
{
    bool isAwake = true;
    if (asksBeforeSlices_) {
        waiting_.store(slice + 1);
    }
    while (asksBeforeSlices_ && isAwake && allowed_.load() <= slice) {
        isAwake = co_await worker_.sleepUntil(worker_.freshNow() + settlePoll);
    }
    co_return isAwake;
}

/// Sends a slice's requests, each at its time. \return false if the worker was stopped meanwhile
Task<bool> LoadGenerator::runSlice(const LoadSlice& slice, Instant start)
{
    const auto isBefore = [](const workload::Arrival& arrival, Instant at) {
        return arrival.at < at;
    };
    const auto first = std::lower_bound(arrivals_.begin(), arrivals_.end(), slice.from, isBefore);
    int sendsThisTurn = 0;
    for (auto arrival = first; arrival != arrivals_.end() && arrival->at < slice.to; ++arrival) {
        const Instant due = start + (arrival->at - slice.from);
        if (worker_.freshNow() < due || ++sendsThisTurn > sendsPerTurnMax) {
            sendsThisTurn = 0;
            const bool isAwake = co_await worker_.sleepUntil(due);
            if (!isAwake) {
                co_return false;
            }
        }
        submit(slice.style, static_cast<std::size_t>(arrival - arrivals_.begin()), due);
    }
    const bool isThrough = co_await worker_.sleepUntil(start + (slice.to - slice.from));
    co_return isThrough;
}

/// Waits for the answers still out: at most the patience of the last request.
Task<> LoadGenerator::settle()
{
    bool isAwake = true;
    while (outstanding_ > 0 && isAwake) {
        isAwake = co_await worker_.sleepUntil(worker_.freshNow() + settlePoll);
    }
}

void LoadGenerator::submit(std::size_t styleIndex, std::size_t arrival, Instant intended)
{
    Style& style = styles_[styleIndex];
    LoadItem item{arrival, arrivals_[arrival].client, intended, worker_.freshNow(), true};
    if (style.ideal) {
        item.isIdealAdmitted = style.ideal->admit(intended) == Duration::zero();
    }
    LoadOrigin* origin = style.kinds[flatEntry(arrival)].origin;
    if (origin == nullptr) {
        LoadAnswer none;
        none.outcome = Outcome::NoDoor;
        record(style, item, none, false);
        return;
    }
    ++outstanding_;
    if (auto turn = origin->begin(item)) {
        perform(style, turn->item, std::move(turn->connection));
    }
}

Detached
LoadGenerator::perform(Style& style, LoadItem item, std::shared_ptr<LoadConnection> connection)
{
    const Kind& kind = style.kinds[flatEntry(item.arrival)];
    const Instant deadline = item.intended + patience_;
    LoadAnswer answer;
    bool hasOpened = false;
    if (!connection) {
        LoadOpening opening =
            co_await openConnection(worker_, tls_, *kind.origin, item.client, deadline);
        connection = std::move(opening.connection);
        hasOpened = connection != nullptr;
        answer.outcome = opening.outcome;
        if (opening.machineError != 0) {
            fail(opening.machineError);
        }
    }
    if (connection) {
        connection->stream.expireAt(deadline);
        const LoadRequestId id(runId_, styleIndex(style), item.arrival);
        answer = co_await exchange(worker_, connection, kind.request, id, scratch_);
    }
    if (!worker_.isStopping()) {
        record(style, item, answer, hasOpened);
    }
    --outstanding_;
    endConnection(*kind.origin, item.client, std::move(connection), answer);
    serveLine(style, *kind.origin);
}

void LoadGenerator::endConnection(LoadOrigin& origin,
                                  std::uint32_t client,
                                  std::shared_ptr<LoadConnection> connection,
                                  const LoadAnswer& answer)
{
    if (connection && answer.isReusable) {
        origin.giveBack(std::move(connection));
        return;
    }
    if (connection && answer.outcome == Outcome::Answered) {
        connection->stream.finishWriting(); // a proper end: its TLS session can be taken up again
    }
    origin.release(client);
}

void LoadGenerator::serveLine(Style& style, LoadOrigin& origin)
{
    if (std::exchange(origin.isServingLine, true)) {
        return; // a request from the line has ended at once: whoever took it goes on
    }
    while (auto overdue = origin.takeOverdue(worker_.now() + (-patience_))) {
        LoadAnswer none;
        none.outcome = Outcome::TimedOut;
        record(style, *overdue, none, false);
        --outstanding_;
    }
    while (!worker_.isStopping()) {
        auto turn = origin.next();
        if (!turn) {
            break;
        }
        perform(style, turn->item, std::move(turn->connection));
    }
    origin.isServingLine = false;
}

void LoadGenerator::record(Style& style,
                           const LoadItem& item,
                           const LoadAnswer& answer,
                           bool hasOpened)
{
    // From real time to the style's traffic time: the same distances from the intended instant.
    const workload::Arrival& arrival = arrivals_[item.arrival];
    const std::size_t entry = flatEntry(item.arrival);
    const Kind& kind = style.kinds[entry];
    measurement::RequestRecord record;
    record.intended = arrival.at;
    record.sent = arrival.at + (item.sent - item.intended);
    record.ended = arrival.at + (worker_.now() - item.intended);
    record.entry = static_cast<std::uint32_t>(entry);
    record.status = answer.status;
    record.outcome = answer.outcome;
    record.responseBytes = clampedBytes(answer.bytes);
    const bool wasSent = answer.outcome == Outcome::Answered || answer.outcome == Outcome::Broken ||
                         answer.bytes > 0;
    record.requestBytes = wasSent ? clampedBytes(kind.request.size()) : 0;
    if (style.collector.add(record, kind.service)) {
        style.collector.addConnections(hasOpened ? 1 : 0);
        if (style.ideal) {
            style.collector.addIdealDecision(item.isIdealAdmitted);
        }
    }
}

void LoadGenerator::fail(int machineError)
{
    failure_.emplace(ErrorKind::Environment,
                     std::string("cannot open more connections: ") +
                         std::generic_category().message(machineError) +
                         "; lower the rate, or raise the limit of open files (ulimit -n)");
    finish();
}

void LoadGenerator::finish()
{
    if (!std::exchange(isFinished_, true)) {
        finished_.set_value();
    }
}

std::size_t LoadGenerator::flatEntry(std::size_t arrival) const
{
    return firstEntries_[arrivals_[arrival].traffic] + arrivals_[arrival].entry;
}

std::size_t LoadGenerator::styleIndex(const Style& style) const
{
    return &style == &styles_.front() ? 0 : 1;
}

LoadPosition LoadGenerator::position() const
{
    const std::size_t index = slice_.load();
    const LoadSlice& slice = schedule_.slices()[index];
    const Duration passed = clock_.now() - Instant(Duration(sliceStartNs_.load()));
    const double ofSlice =
        std::clamp(toSeconds(passed) / toSeconds(slice.to - slice.from), 0.0, 1.0);
    const auto count = static_cast<double>(schedule_.slices().size());
    const Duration into = std::clamp(passed, Duration::zero(), slice.to - slice.from);
    return {(static_cast<double>(index) + ofSlice) / count, slice.style, index, slice.from + into};
}

Result<std::vector<measurement::Measurements>> LoadGenerator::measurements() const
{
    if (failure_) {
        return *failure_;
    }
    std::vector<measurement::Measurements> all;
    for (const Style& style : styles_) {
        all.push_back(style.collector.result(style.reached));
    }
    return all;
}

} // namespace lab::live
