#pragma once

#include "plan/annotation_reader.hpp"
#include "plan/ingress_policy.hpp"

namespace lab::plan {

/// Reports annotations that are right in themselves and yet change nothing: they need another one,
/// another goes before them, or the Ingress is a canary and inherits.
void reportWithoutEffect(AnnotationReader& reader, const IngressPolicy& policy);

} // namespace lab::plan
