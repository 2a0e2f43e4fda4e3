#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lab::manifest {

/// The bytes behind standard padded base64 (RFC 4648, 4), or nothing where it is none.
///
/// Line ends are passed over, as an API server does.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);

} // namespace lab::manifest
