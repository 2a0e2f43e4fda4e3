#pragma once

#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"

#include <string>
#include <vector>

namespace lab::plan {

inline constexpr const char* nginxController = "k8s.io/ingress-nginx";
inline constexpr const char* labController = "ingresslab.dev/controller";

/// The Ingresses that the lab's controller takes, and whose rules hold for them.
struct SelectedIngresses {
    std::vector<const model::Ingress*> ingresses; ///< Oldest first: the order of all conflicts.
    Profile profile = Profile::Spec;
    std::string className; ///< Of the first one taken; else a class that would be taken, or empty.
};

/// Which Ingresses are ours?  By class, as the controllers do it; everything else is invisible and
/// takes part in no conflict, but is reported.
///
/// An Ingress without class gets the default class. If there is no IngressClass object at all,
/// `nginx` and every other class named are assumed to exist (unless `assumesClasses` is false).
/// https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
[[nodiscard]] SelectedIngresses selectIngresses(const model::Cluster& cluster,
                                                const PlanOptions& options,
                                                bool hasNginxController,
                                                Findings& findings);

/// Oldest first. Without creationTimestamp an object is younger than all with one. Equally old:
/// ingress-nginx lets the `namespace/name` that sorts last win, else the first one read does.
void sortByAge(std::vector<const model::Ingress*>& ingresses, Profile profile);

} // namespace lab::plan
