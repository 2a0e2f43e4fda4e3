#pragma once

#include "yaml/tree_builder.hpp"

#include <string_view>

namespace lab::yaml {

/// Does this text begin as JSON does, with { or [?
[[nodiscard]] bool looksLikeJson(std::string_view text);

/// Where and why a text is not JSON. `what` is empty when it is.
struct JsonMistake {
    Spot spot;
    std::string_view what;
};

/// Reads strict JSON (RFC 8259), one value or several behind each other, each a document.
///
/// For what `kubectl get -o json` prints: linear, where yaml-cpp holds a whole flow collection as
/// tokens before its first event. Throws ReadingStopped when the builder does.
/// \pre checkText() found nothing
[[nodiscard]] JsonMistake readJson(std::string_view text, TreeBuilder& builder);

} // namespace lab::yaml
