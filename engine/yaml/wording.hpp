#pragma once

#include "yaml/node.hpp"

#include <span>
#include <string>
#include <string_view>

namespace lab::yaml {

/// `did you mean "spec"?`, or nothing where no known word is near.
[[nodiscard]] std::string didYouMean(std::string_view word, std::span<const std::string> known);

/// A value for a message: a scalar quoted, else its kind.
[[nodiscard]] std::string shown(const Node& node);

/// "tcp, tls or http".
[[nodiscard]] std::string listed(std::span<const std::string> words);

} // namespace lab::yaml
