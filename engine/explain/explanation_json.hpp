#pragma once

#include "explain/explanation.hpp"

#include <string>

namespace lab::explain {

/// The explanation as JSON, schemaVersion 1; ends in a newline. Places are "file:line:column".
[[nodiscard]] std::string explanationAsJson(const Explanation& explanation);

} // namespace lab::explain
