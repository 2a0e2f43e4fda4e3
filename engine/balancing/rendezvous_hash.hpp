#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lab::balancing {

/// A 64-bit hash that is the same on every machine (FNV-1a, then mixed).
[[nodiscard]] std::uint64_t stableHash(std::string_view text);

/// The endpoint that a key belongs to: the usable one whose hash together with the key's is the
/// highest (Thaler, Ravishankar 1996).  Consistent: when one goes, only its keys move.
///
/// \param endpoints  one stable hash an endpoint, of its name
/// \return its index, or Balancer::none if no one is usable
[[nodiscard]] std::size_t pickByHash(std::uint64_t key,
                                     std::span<const std::uint64_t> endpoints,
                                     std::span<const bool> isUsable);

} // namespace lab::balancing
