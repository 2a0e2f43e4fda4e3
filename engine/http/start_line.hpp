#pragma once

#include "http/head_parser.hpp"
#include "http/message.hpp"
#include "http/request_target.hpp"

namespace lab::http {

/// How far reading a first line came. `next` is the byte after its CRLF.
struct StartLineResult {
    HeadResult::State state = HeadResult::State::Incomplete;
    const char* next = nullptr;
    HeadError error;
};

/// Longest method that is looked at; longer ones nobody serves (501, RFC 9112 3).
inline constexpr std::size_t methodBytesMax = 32;

/// Reads "GET /path HTTP/1.1" with up to one empty line before it: method and version into `head`.
/// RFC 9112 3
[[nodiscard]] StartLineResult
readRequestLine(const char* first, const char* last, RequestHead& head, RequestTarget& target);

/// Reads "HTTP/1.1 200 OK": status, reason and version into `head`. RFC 9112 4
[[nodiscard]] StartLineResult
readStatusLine(const char* first, const char* last, ResponseHead& head);

} // namespace lab::http
