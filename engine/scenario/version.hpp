#pragma once

#include <string>

namespace lab::scenario {

/// The version of this build: "0.1.0".
[[nodiscard]] std::string version();

} // namespace lab::scenario
