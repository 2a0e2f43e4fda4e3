#pragma once

#include "http/head_parser.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <optional>

namespace lab::http {

/// What Content-Length and Transfer-Encoding say about the body, if they can be believed.
struct DeclaredBody {
    BodyFraming framing = BodyFraming::None; ///< None, Length or Chunked.
    std::uint64_t contentLength = 0;
    std::optional<HeadError> error;
};

/// Reads both fields; anything that two parsers could read differently is an error. RFC 9112 6
///
/// Refused: Content-Length twice, as a list, with signs or beyond 2^63 - 1; Transfer-Encoding with
/// Content-Length, in HTTP/1.0, or other than one "chunked" (501 for other codings, 6.1).
[[nodiscard]] DeclaredBody declaredBody(const FieldList& fields, std::uint8_t minorVersion);

} // namespace lab::http
