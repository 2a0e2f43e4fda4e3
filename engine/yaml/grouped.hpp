#pragma once

#include <cstddef>
#include <string>

namespace lab::yaml {

/// A count for people: 100000 is "100,000".
[[nodiscard]] inline std::string grouped(std::size_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) {
        text.insert(i - 3, ",");
    }
    return text;
}

} // namespace lab::yaml
