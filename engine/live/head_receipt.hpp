#pragma once

#include "http/head_parser.hpp"
#include "http/message.hpp"
#include "live/buffer_pool.hpp"
#include "live/stream.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"

#include <cstddef>

namespace lab::live {

/// How the receipt of a request head ended.
struct HeadReceipt {
    enum class State {
        Complete,
        Refused, ///< `error` says what to answer before closing.
        Gone,    ///< The client went away, or never began.
    };
    State state = State::Gone;
    std::size_t headBytes = 0;
    http::HeadError error;
};

/// Receives into `buffer` until a whole request head is there, within one deadline for all of it,
/// however slowly it drips.
/// \param headTime  zero: the stream's present deadline is the head's
Task<HeadReceipt> receiveRequestHead(
    Worker& worker, Stream& client, Buffer& buffer, http::RequestHead& head, Duration headTime);

/// Closes with care after an answer that leaves bytes of the client unread: a plain close would
/// reset the connection, and the reset may overtake the answer.
Task<> lingerThenClose(Worker& worker, Stream& client, Buffer& buffer);

} // namespace lab::live
