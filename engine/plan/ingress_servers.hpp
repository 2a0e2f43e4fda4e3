#pragma once

#include "model/cluster.hpp"
#include "plan/select_ingresses.hpp"
#include "routing/route_rule.hpp"

#include <string>
#include <vector>

namespace lab::plan {

/// One path of one host as a controller serves it.
struct ServedPath {
    std::string path = "/"; ///< Starts with '/'.
    routing::PathKind kind = routing::PathKind::Prefix;
    const model::Ingress* ingress = nullptr;        ///< Whose annotations apply.
    const model::IngressBackend* backend = nullptr; ///< None: the controller's own 404.
    Place place;
    bool isImplicitRoot = false; ///< Not written: what takes the unmatched paths of the host.
};

/// All paths of one host, from however many Ingresses; the older one has won every conflict.
struct ServedHost {
    std::string host;                       ///< Empty: any host.
    const model::Ingress* oldest = nullptr; ///< The first Ingress that names the host.
    std::vector<ServedPath> paths;
};

/// The Ingresses as one set of hosts, in the order in which the hosts are first named.
///
/// Default backends become the root path "/" of the hosts they answer for, as the profile has it.
/// Paths that an older Ingress has taken are left out and reported.
[[nodiscard]] std::vector<ServedHost> mergeIngresses(const SelectedIngresses& selected,
                                                     Findings& findings);

} // namespace lab::plan
