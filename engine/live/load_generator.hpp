#pragma once

#include "http/message.hpp"
#include "limiting/token_bucket.hpp"
#include "live/load_exchange.hpp"
#include "live/load_origin.hpp"
#include "live/load_request.hpp"
#include "live/load_run.hpp"
#include "live/load_schedule.hpp"
#include "live/load_tls.hpp"
#include "live/worker.hpp"
#include "measurement/record_collector.hpp"

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <vector>

namespace lab::live {

/// Where a load run has come to: read from any thread.
struct LoadPosition {
    double share = 0.0; ///< Of the traffic time of all slices, 0 to 1.
    std::size_t style = 0;
    std::size_t slice = 0;
    Instant at; ///< Of the style's traffic time.
};

/// All clients of a load run, on one worker's thread: sends at the intended times, slice by slice.
///
/// Everything but position() and finished() belongs to the worker's thread while it runs. To end it
/// early, stop the worker. Destroyed before its worker, after that has stopped.
class LoadGenerator {
public:
    /// At so many sends without a pause the answers get a turn, however late the next send is.
    static constexpr int sendsPerTurnMax = 32;

    /// \return Environment where a destination has no usable address; BadInput for a bad caPem
    [[nodiscard]] static Result<std::unique_ptr<LoadGenerator>>
    create(Worker& worker, const LiveClock& clock, const LoadSpec& spec);

    void start(); ///< From any thread, once, after the worker's start.

    /// Ready when all slices are through, or the run has failed.
    [[nodiscard]] std::future<void> finished() { return finished_.get_future(); }
    [[nodiscard]] LoadPosition position() const;

    /// Where slices wait for their caller (LoadSpec::beforeSlice): does one? From any thread.
    [[nodiscard]] bool isSliceWaiting() const { return waiting_.load() > allowed_.load(); }
    /// It may begin.
    void allowSlice() { allowed_.fetch_add(1); }

    /// With the worker stopped, or on its thread: what was measured so far, as LoadSpec::styles; or
    /// why not.
    [[nodiscard]] Result<std::vector<measurement::Measurements>> measurements() const;

private:
    /// What one mix entry means for one style.
    struct Kind {
        LoadRequest request;
        LoadOrigin* origin = nullptr; ///< Null: no door.
        std::size_t service = measurement::RecordCollector::noService;
    };
    struct Style {
        explicit Style(const std::vector<measurement::Window>& windows)
            : collector(windows)
        {
        }

        std::deque<LoadOrigin> origins; ///< Never move: connections refer to their sessions.
        std::vector<Kind> kinds;        ///< By flat entry: all mixes one after another.
        measurement::RecordCollector collector;
        std::optional<limiting::TokenBucket> ideal;
        Instant reached; ///< Traffic time that is through.
    };

    LoadGenerator(Worker& worker, const LiveClock& clock, const LoadSpec& spec, LoadTls tls);

    [[nodiscard]] std::optional<Error> addStyle(const LoadSpec& spec, std::size_t index);
    [[nodiscard]] Result<LoadOrigin*> originOf(Style& style, const LoadDestination& destination);

    Detached run();
    Task<bool> awaitCaller(std::size_t slice);
    Task<bool> runSlice(const LoadSlice& slice, Instant start);
    Task<> settle();
    void submit(std::size_t styleIndex, std::size_t arrival, Instant intended);
    Detached perform(Style& style, LoadItem item, std::shared_ptr<LoadConnection> connection);
    static void endConnection(LoadOrigin& origin,
                              std::uint32_t client,
                              std::shared_ptr<LoadConnection> connection,
                              const LoadAnswer& answer);
    void serveLine(Style& style, LoadOrigin& origin);
    void record(Style& style, const LoadItem& item, const LoadAnswer& answer, bool hasOpened);
    void fail(int machineError);
    void finish();

    [[nodiscard]] std::size_t flatEntry(std::size_t arrival) const;
    [[nodiscard]] std::size_t styleIndex(const Style& style) const;

    Worker& worker_;
    const LiveClock& clock_;
    LoadTls tls_;
    LoadSchedule schedule_;
    Duration patience_;
    std::size_t connectionsMax_;
    bool asksBeforeSlices_;
    std::uint64_t runId_;
    std::vector<workload::Arrival> arrivals_;
    std::vector<std::uint32_t> firstEntries_; ///< Of each traffic, among the flat entries.
    std::deque<Style> styles_;                ///< Never move: coroutines refer to them.
    http::ResponseHead scratch_;
    std::size_t outstanding_ = 0;
    std::optional<Error> failure_;
    bool isFinished_ = false;
    std::promise<void> finished_;
    std::atomic<std::size_t> waiting_ = 0; ///< Slices that were about to begin.
    std::atomic<std::size_t> allowed_ = 0;
    std::atomic<std::size_t> slice_ = 0;
    std::atomic<std::int64_t> sliceStartNs_ = 0;
};

} // namespace lab::live
