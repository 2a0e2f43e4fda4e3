#pragma once

#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lab::http {

/// Most that a head may take; beyond it the request is refused, never truncated.
struct HeadLimits {
    std::size_t headBytesMax = 64 * 1024;        ///< 431, as a whole
    std::size_t requestLineBytesMax = 16 * 1024; ///< 414
};

/// What is wrong with a head, and the answer it deserves.
struct HeadError {
    std::uint16_t status = 400; ///< 400, 414, 431, 501, 505; of an answer always 502.
    const char* rule = "";      ///< What was broken: "space before the colon (RFC 9112 5.1)".
};

/// How far parsing came.
struct HeadResult {
    enum class State { Complete, Incomplete, Invalid };
    State state = State::Incomplete;
    std::size_t headBytes = 0; ///< With Complete: length of the head with its empty line.
    HeadError error;           ///< With Invalid.
};

/// Does a whole head's end lie in `bytes`?  While it does not, parsing again only finds errors
/// early: whoever gets a head in many small pieces asks this first. \param seenBytes  what was
/// there when it was last asked; only the rest is looked at
[[nodiscard]] bool hasHeadEnd(std::string_view bytes, std::size_t seenBytes);

/// Parses one request head at the start of `bytes`.  Strict: what RFC 9112 calls invalid, and what
/// two parsers could read differently, is refused, never repaired.
///
/// Refused with 400: bare CR or LF, obs-fold, control bytes, space before a colon, bad names, no
/// or several or malformed Host, Content-Length that is not one plain number or comes with
/// Transfer-Encoding, Transfer-Encoding other than exactly one "chunked" or in HTTP/1.0, bytes
/// outside the grammar in the target.  501: CONNECT, codings other than chunked; 505: not HTTP/1;
/// 414 and 431: beyond the limits.  Up to one empty line before the request line is skipped.
/// Incomplete heads may be parsed again from the start with more bytes; a head that can no longer
/// become valid is refused as soon as that shows, and the connection must end.
///
/// `head` means something (views into `bytes`) only with Complete. No allocation. Pure.
[[nodiscard]] HeadResult
parseRequestHead(std::string_view bytes, RequestHead& head, const HeadLimits& limits = {});

/// Parses one answer head of a pod. \param requestMethod decides whether a body follows (HEAD).
/// An invalid one is the pod's fault: the door answers 502 and drops the connection. What RFC 9112
/// lets a proxy repair is taken: space before a colon, folded lines and controls in values
/// (Field::hasControls), a missing reason.  Content-Length with Transfer-Encoding is refused.
[[nodiscard]] HeadResult parseResponseHead(std::string_view bytes,
                                           std::string_view requestMethod,
                                           ResponseHead& head,
                                           const HeadLimits& limits = {});

} // namespace lab::http
