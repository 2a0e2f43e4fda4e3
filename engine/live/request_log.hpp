#pragma once

#include "frontdoor/decision.hpp"
#include "http/message.hpp"
#include "live/served_plan.hpp"
#include "live/tunnel.hpp"
#include "measurement/door_record.hpp"

#include <cstdint>
#include <string_view>

namespace lab::live {

/// The mark that a record bears after such an end.
[[nodiscard]] measurement::DoorRecord::Flag flagOf(TunnelEnd::Cause cause);

/// What is counted and remembered of one request while it lives: its door's tally at once, its
/// record when it is over.
///
/// Made when the first byte is there. Times are those of the loop's turns, except for the end.
/// The texts of head and client, and the decision, must stay until finish().
class RequestLog {
public:
    using Flag = measurement::DoorRecord::Flag;

    RequestLog(Worker& worker, const http::RequestHead& head, std::string_view client)
        : worker_(worker)
        , head_(head)
        , client_(client)
        , began_(worker.now())
    {
    }
    ~RequestLog() { finish(); }
    RequestLog(const RequestLog&) = delete;
    RequestLog& operator=(const RequestLog&) = delete;

    /// The whole head is there, and goes to this door.
    void headCame(DoorContext& door, std::size_t bytes)
    {
        place(door);
        method_ = measurement::methodNumber(head_.method);
        mark(head_.majorVersion == 2 ? Flag::Http2 : Flag{});
        isHeadKnown_ = true;
        received(bytes);
    }
    /// There was something, but no request that can be served. \param bytes  what there is
    void headRefused(DoorContext& door, std::string_view bytes);
    /// \param decision  may still change: what it is at the end counts
    void decided(const frontdoor::Decision& decision) { decision_ = &decision; }

    /// To the pod that the decision now names. \param failed  endpoints that gave no proper answer
    void sentToPod(bool isKeptConnection, std::size_t failed)
    {
        sentToPod_ = worker_.now();
        failedTries_ = failed;
        flags_ =
            static_cast<std::uint16_t>((flags_ & ~unsigned{Flag::KeptConnection}) |
                                       (isKeptConnection ? unsigned{Flag::KeptConnection} : 0U));
    }
    void podAnswered() { podAnswered_ = worker_.now(); }

    /// The answer's head goes to the client. Once.
    void answered(std::uint16_t status, std::size_t headBytes)
    {
        tally_->answered(status);
        status_ = status;
        headBytesOut_ = headBytes;
    }
    void answeredHere(std::uint16_t status, std::size_t headBytes)
    {
        mark(Flag::MadeHere);
        answered(status, headBytes);
    }
    void received(std::uint64_t bytes)
    {
        tally_->bytesIn.add(bytes);
        bytesIn_ += bytes;
    }
    void sent(std::uint64_t bytes) ///< Head and body.
    {
        tally_->bytesOut.add(bytes);
        bytesOut_ += bytes;
    }
    void mark(Flag flag) { flags_ = static_cast<std::uint16_t>(flags_ | flag); }
    void tunnelEnded(const TunnelEnd& end);

    /// The request is over; nothing happens if it is already, or if there never was one.
    void finish();

private:
    void place(DoorContext& door)
    {
        door_ = &door;
        tally_ = &door.tally();
        tally_->requests.add();
        headCame_ = worker_.now();
        mark(door.port.isTls ? Flag::Tls : Flag{});
    }
    [[nodiscard]] measurement::DoorRecord record(Duration total) const;
    void writeWithHead(const measurement::DoorRecord& record) const;

    Worker& worker_;
    const http::RequestHead& head_;
    std::string_view client_;
    Instant began_;
    DoorContext* door_ = nullptr; ///< None before there is a request, and after its end.
    DoorTally* tally_ = nullptr;
    const frontdoor::Decision* decision_ = nullptr;
    std::string_view badLine_; ///< Of a head that was refused.
    Instant headCame_;
    Instant sentToPod_; ///< Zero: no pod was asked.
    Instant podAnswered_;
    std::uint64_t bytesIn_ = 0;
    std::uint64_t bytesOut_ = 0;
    std::size_t headBytesOut_ = 0;
    std::size_t failedTries_ = 0;
    std::uint16_t status_ = 0;
    std::uint16_t flags_ = 0;
    std::uint8_t method_ = 0;
    bool isHeadKnown_ = false;
};

} // namespace lab::live
