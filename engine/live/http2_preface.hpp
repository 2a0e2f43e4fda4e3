#pragma once

#include "live/buffer_pool.hpp"
#include "live/stream.hpp"
#include "live/task.hpp"

#include <string_view>

namespace lab::live {

/// What an HTTP/2 client says first. RFC 9113 3.4
inline constexpr std::string_view http2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Could these first bytes of a connection be the preface, as far as they go?
[[nodiscard]] inline bool mayBeHttp2(std::string_view bytes)
{
    const std::string_view seen = bytes.substr(0, http2Preface.size());
    return !bytes.empty() && http2Preface.starts_with(seen);
}

/// Is this an HTTP/2 connection?  Reads on into the buffer, by the stream's deadline, for as long
/// as that is open. False too where the client has gone.
[[nodiscard]] Task<bool> startsHttp2(Stream& client, Buffer& buffer);

} // namespace lab::live
