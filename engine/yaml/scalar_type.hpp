#pragma once

#include "yaml/node.hpp"

namespace lab::yaml {

/// Does Kubernetes' own YAML reader take this scalar for a text?
///
/// It follows YAML 1.1 (sigs.k8s.io/yaml): without quotes `no`, `on`, `y`, `5`, `0x1F`, `1e3` and
/// `.inf` are bools and numbers, which an API server refuses where a text belongs.
/// \pre node.isScalar()
[[nodiscard]] bool isKubernetesText(const Node& node);

} // namespace lab::yaml
