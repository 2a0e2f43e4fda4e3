#pragma once

#include "explain/explanation.hpp"

#include <string>

namespace lab::explain {

/// The explanation for people, at most 100 columns wide where names allow it; ends in a newline.
[[nodiscard]] std::string explanationAsText(const Explanation& explanation, bool usesColour);

/// "→ default/cart:80 (pod default/cart-0:8080)": the answer in a line, without the question.
[[nodiscard]] std::string verdictText(const Explanation& explanation);

} // namespace lab::explain
