#pragma once

#include "base/finding.hpp"
#include "model/cluster.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lab::manifest {

/// One piece of manifest text, already in memory.
struct ManifestText {
    std::string name; ///< A path as the user named it, or "<stdin>".
    std::string text;
};

/// An object that an API server would not take, and why: findings "Ingress default/x: spec.…".
struct RefusedObject {
    std::string kind;
    std::string nameSpace; ///< Empty for cluster-scoped kinds, or where it cannot be read.
    std::string name;      ///< Empty where it cannot be read.
    Findings findings;     ///< Severity Refused; they are among those of ReadCluster too.
};

/// A cluster read from manifests, with everything noticed on the way.
struct ReadCluster {
    model::Cluster cluster;
    Findings findings;                  ///< In order of place; at most a few pages.
    std::vector<RefusedObject> refused; ///< In order of reading.
};

/// Kubernetes YAML or JSON (multi-document, `List`s) → model::Cluster.  Pure.
///
/// Objects that an API server would refuse are left out (Severity::Refused, naming the field);
/// text that cannot be parsed is Unreadable; kinds and fields that the lab does not honour are
/// reported once per kind, never ignored in silence. All mistakes at once, in order of place.
/// An object given twice counts as applied twice: the later one replaces the earlier. At most
/// 64 MiB a text and 200,000 objects.
[[nodiscard]] ReadCluster readManifests(const std::vector<ManifestText>& texts);

} // namespace lab::manifest
