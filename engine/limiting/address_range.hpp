#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace lab::limiting {

/// A client's address as bytes; IPv4 is kept as IPv4-mapped IPv6, so that both compare.
using AddressBytes = std::array<std::uint8_t, 16>;

/// "127.0.0.1", "2001:db8::1" or "[::1]" as bytes, or nothing.
[[nodiscard]] std::optional<AddressBytes> parseAddress(std::string_view text);

/// A CIDR range or a single address: does a client belong to it?
struct AddressRange {
    AddressBytes address{};
    int prefixBits = 128; ///< 0–128, counted over the mapped form.

    [[nodiscard]] bool contains(const AddressBytes& client) const;
};

/// "10.0.0.0/8" or a single address, or nothing.
[[nodiscard]] std::optional<AddressRange> parseAddressRange(std::string_view text);

/// Is the client in one of them?  An address that cannot be read is in none.
[[nodiscard]] bool isInAny(std::span<const AddressRange> ranges, std::string_view client);

} // namespace lab::limiting
