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

/// A cluster read from manifests, with everything noticed on the way.
struct ReadCluster {
    model::Cluster cluster;
    Findings findings;
};

/// Kubernetes YAML or JSON (multi-document, `List`s) → model::Cluster.  Pure.
///
/// Objects that an API server would refuse are left out (Severity::Refused, naming the field);
/// text that cannot be parsed is Unreadable; kinds and fields that the lab does not honour are
/// reported once per kind, never ignored in silence. All mistakes at once, in order of place.
[[nodiscard]] ReadCluster readManifests(const std::vector<ManifestText>& texts);

} // namespace lab::manifest
