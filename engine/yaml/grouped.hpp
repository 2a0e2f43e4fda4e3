#pragma once

#include <cstddef>
#include <string>

namespace lab::yaml {

/// A count for people: 100000 is "100,000".
[[nodiscard]] std::string grouped(std::size_t number);

} // namespace lab::yaml
