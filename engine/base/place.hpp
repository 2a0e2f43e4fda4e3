#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace lab {

/// Where in the user's text something stands: file, line and column, both counted from 1.
///
/// The name is shared by all places of one file, so a place is cheap to copy. Line 0 means
/// "somewhere in this file"; no file means "nowhere in particular" (made by the lab itself).
struct Place {
    std::shared_ptr<const std::string>
        file; ///< As the user named it; `<stdin>` for standard input.
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    [[nodiscard]] bool isKnown() const { return file != nullptr; }
};

/// "shop.yaml:12:5", "shop.yaml:12" without a column, "shop.yaml" without a line, or "".
[[nodiscard]] std::string toText(const Place& place);

} // namespace lab
