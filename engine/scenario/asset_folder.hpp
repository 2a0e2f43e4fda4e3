#pragma once

#include "base/result.hpp"

#include <string>

namespace lab::scenario {

/// Where are the program's own data files (prices, schemas)?
///
/// The first that is there: $LAB_ASSETS; share/ingresslab beside the folder of the executable
/// (installed); the source tree it was built from.
/// \return Environment where none is there
[[nodiscard]] Result<std::string> assetFolder();

/// The text of one asset: "schema/scenario.v1.json".
[[nodiscard]] Result<std::string> assetText(const std::string& below);

} // namespace lab::scenario
