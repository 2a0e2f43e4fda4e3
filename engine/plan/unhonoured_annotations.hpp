#pragma once

#include "model/cluster.hpp"
#include "plan/select_ingresses.hpp"

namespace lab::plan {

/// Reports every annotation that asks a controller or a cloud for something the lab does not do:
/// one finding a key, with the number of objects and the first place.
void reportUnhonoured(const SelectedIngresses& selected,
                      const model::Cluster& cluster,
                      Findings& findings);

} // namespace lab::plan
