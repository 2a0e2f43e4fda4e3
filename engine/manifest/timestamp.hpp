#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lab::manifest {

/// Unix seconds of an RFC 3339 timestamp ("2024-01-01T00:00:00Z", "…+02:00"), fractions cut off.
[[nodiscard]] std::optional<std::int64_t> parseTimestamp(std::string_view text);

} // namespace lab::manifest
