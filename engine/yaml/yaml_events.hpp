#pragma once

#include "yaml/tree_builder.hpp"

#include <string_view>

namespace lab::yaml {

/// Reads YAML with yaml-cpp's parser into the builder, whose findings say what is wrong.
///
/// The one file that knows yaml-cpp, and what version 0.7 lets pass: tags, unclosed quotes, and
/// flow collections of any size held as tokens. Throws ReadingStopped when the builder does.
/// \pre checkText() found nothing; no byte order mark
void readYaml(std::string_view text, TreeBuilder& builder);

} // namespace lab::yaml
