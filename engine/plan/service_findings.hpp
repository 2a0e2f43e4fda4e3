#pragma once

#include "base/finding.hpp"
#include "plan/cluster_index.hpp"

namespace lab::plan {

/// Reports Services whose named target port none of their pods has, whether something uses them or
/// not: they look sound and never answer.
void reportUnusablePorts(const ClusterIndex& index, Findings& findings);

} // namespace lab::plan
