#include "scenario/unsupported_keys.hpp"

#include <string>

namespace lab::scenario {

void refuseUnsupported(yaml::MapReader& map, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        if (map.has(key)) {
            map.addWrong(key, "not-supported-yet", "is not supported yet", "remove it");
        }
    }
}

void refuseUnsupportedValue(yaml::MapReader& map, std::string_view key, std::string_view value)
{
    map.addWrong(key,
                 "not-supported-yet",
                 '"' + std::string(value) + "\" is not supported yet",
                 "leave the key out");
}

} // namespace lab::scenario
