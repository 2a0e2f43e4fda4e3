#pragma once

#include "measurement/door_record.hpp"
#include "measurement/head_ring.hpp"
#include "measurement/record_ring.hpp"

#include <cstdint>
#include <string_view>

namespace lab::measurement {

/// Which requests leave their head behind, besides their record?  Any of these.
struct HeadFilter {
    std::uint32_t oneIn = 1000;     ///< Every so many-th of a worker; 1: all; 0: none.
    std::uint16_t statusFrom = 500; ///< Answers of at least that status.
    std::uint32_t totalTicksFrom =
        ticksOf(std::chrono::seconds(1)); ///< Those that took at least so long.
};

/// How much a worker remembers. Memory is taken from the system as it is first used.
struct RecorderOptions {
    /// 8 MiB: 1.5 s at the highest rates seen, hours of hand-made traffic.
    static constexpr std::size_t recordsDefault = std::size_t{1} << 17U;
    static constexpr std::size_t headBytesDefault = std::size_t{1} << 20U;

    std::size_t records = recordsDefault;     ///< See RecordRing.
    std::size_t headBytes = headBytesDefault; ///< See HeadRing.
    HeadFilter heads;
};

/// What does one worker remember of the requests and connections at its doors?  A record of each,
/// and some heads.
///
/// One thread writes; any may read the two rings meanwhile, and never stops it.
class FlightRecorder {
public:
    explicit FlightRecorder(const RecorderOptions& options)
        : filter_(options.heads)
        , records_(options.records)
        , heads_(options.headBytes)
    {
    }

    /// Is the head of this one wanted too?  Asked once for each, before write().
    [[nodiscard]] bool wantsHead(const DoorRecord& record)
    {
        const bool isTurn = filter_.oneIn != 0 && ++sinceHead_ >= filter_.oneIn;
        sinceHead_ = isTurn ? 0 : sinceHead_;
        return isTurn || record.status >= filter_.statusFrom ||
               record.totalTicks >= filter_.totalTicksFrom || record.is(DoorRecord::LongTotal);
    }

    void write(const DoorRecord& record) { records_.write(record); }
    /// \param fields  "Name: value" lines without secrets
    void write(DoorRecord record,
               std::string_view client,
               std::string_view requestLine,
               std::string_view fields)
    {
        record.mark(DoorRecord::HasHead);
        heads_.write(records_.written(), record, client, requestLine, fields);
        records_.write(record);
    }

    [[nodiscard]] const RecordRing& records() const { return records_; }
    [[nodiscard]] const HeadRing& heads() const { return heads_; }

private:
    HeadFilter filter_;
    std::uint32_t sinceHead_ = 0;
    RecordRing records_;
    HeadRing heads_;
};

} // namespace lab::measurement
