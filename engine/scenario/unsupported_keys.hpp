#pragma once

#include "yaml/map_reader.hpp"

#include <initializer_list>
#include <string_view>

namespace lab::scenario {

/// Keys that the format has but this version cannot honour: each that is present is refused, by
/// name, so that nothing a scenario asks for is passed over in silence.
void refuseUnsupported(yaml::MapReader& map, std::initializer_list<std::string_view> keys);

/// The same for one value of a key: `clock: virtual`.
void refuseUnsupportedValue(yaml::MapReader& map, std::string_view key, std::string_view value);

} // namespace lab::scenario
