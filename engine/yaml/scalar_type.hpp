#pragma once

#include "yaml/node.hpp"

#include <optional>
#include <string_view>

namespace lab::yaml {

/// What Kubernetes' own YAML reader makes of a scalar where a text belongs.
enum class TextVerdict {
    Text,
    NoText,   ///< A bool or number: an API server refuses it.
    Doubtful, ///< `162138e2`: a number for Kubernetes, a text for YAML 1.1 and many tools.
};

/// It follows YAML 1.1 (sigs.k8s.io/yaml): without quotes `no`, `on`, `y`, `5`, `0x1F`, `1.5e3` and
/// `.inf` are bools and numbers.
/// \pre node.isScalar()
[[nodiscard]] TextVerdict judgeText(const Node& node);

/// YAML 1.2: true, True, TRUE and their opposites.
[[nodiscard]] std::optional<bool> coreBool(std::string_view text);

/// YAML 1.1, as Kubernetes reads it: those, and yes, on and y in three spellings.
[[nodiscard]] std::optional<bool> kubernetesBool(std::string_view text);

} // namespace lab::yaml
