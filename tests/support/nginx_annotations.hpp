#pragma once

#include "plan/ingress_policy.hpp"
#include "support/cluster_builder.hpp"

#include <string>
#include <utility>
#include <vector>

namespace lab::test {

/// What profile ingress-nginx makes of these annotations (names without their prefix).
struct ReadAnnotations {
    plan::IngressPolicy policy;
    Findings findings;
};

inline void
annotateNginx(model::ObjectMeta& meta, const std::string& name, const std::string& value)
{
    annotate(meta, std::string(plan::nginxPrefix) + name, value);
}

/// Names without their prefix, and values.
using Annotations = std::vector<std::pair<std::string, std::string>>;

inline ReadAnnotations readAnnotations(const Annotations& annotations,
                                       ClusterBuilder builder = {},
                                       const plan::ControllerSettings& settings = {})
{
    model::Ingress& ingress = builder.ingress("shop", {{"shop.lab", "/", "web"}});
    for (const auto& [name, value] : annotations) {
        annotateNginx(ingress.meta, name, value);
    }
    ReadAnnotations read;
    read.policy = plan::readIngressPolicy(ingress, builder.cluster, settings, read.findings);
    return read;
}

} // namespace lab::test
