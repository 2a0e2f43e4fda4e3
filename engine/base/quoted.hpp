#pragma once

#include <string>
#include <string_view>

namespace lab {

/// The text as findings name it: in double quotes, nothing escaped.
[[nodiscard]] inline std::string quoted(std::string_view text)
{
    std::string made(1, '"');
    made += text;
    return made + '"';
}

} // namespace lab
