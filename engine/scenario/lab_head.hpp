#pragma once

#include "yaml/map_reader.hpp"

#include <string>
#include <string_view>

namespace lab::scenario {

/// Reads what all of the lab's own files begin with: `apiVersion`, `kind`, `metadata.name`.
///
/// \param kind  what this file must be: "Scenario"
/// \return its name; empty after a finding
std::string readLabHead(yaml::MapReader& root, std::string_view kind);

} // namespace lab::scenario
