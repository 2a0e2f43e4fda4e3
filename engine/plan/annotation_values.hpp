#pragma once

#include "limiting/address_range.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::plan {

/// As Go's strconv.ParseBool, which Kubernetes' controllers use: 1 t T TRUE true True, 0 f F ….
[[nodiscard]] std::optional<bool> parseBool(std::string_view text);

/// A whole number, with a minus if negative; nothing else around it.
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text);

/// nginx's size: a number with b, k, m or g behind it, in any case; bytes.
[[nodiscard]] std::optional<std::uint64_t> parseSize(std::string_view text);

/// The parts between commas, without blanks around them; empty ones are left out.
[[nodiscard]] std::vector<std::string> splitList(std::string_view text);

/// Addresses and CIDR ranges between commas, or nothing if one cannot be read.
[[nodiscard]] std::optional<std::vector<limiting::AddressRange>> parseRanges(std::string_view text);

} // namespace lab::plan
