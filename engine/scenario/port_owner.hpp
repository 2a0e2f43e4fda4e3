#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lab::scenario {

/// Who listens on this TCP port of the machine?  "nginx (pid 123)", as far as /proc tells us.
///
/// Nothing when nobody does, or when its process belongs to somebody else.
[[nodiscard]] std::optional<std::string> portOwner(std::uint16_t port);

} // namespace lab::scenario
