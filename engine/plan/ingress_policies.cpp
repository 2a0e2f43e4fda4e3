#include "plan/ingress_policies.hpp"

namespace lab::plan {
namespace {

/// A pattern that cannot be compiled would block every reload of the real controller; the lab
/// refuses only its Ingress.
void checkPatterns(const model::Ingress& ingress, IngressPolicy& policy, Findings& findings)
{
    for (const model::IngressRule& rule : ingress.rules) {
        for (const model::IngressPath& path : rule.paths) {
            const auto problem = isPatternPath(policy, path.path)
                                     ? routing::PathPattern::problemOf(path.path)
                                     : std::nullopt;
            if (problem) {
                policy.refusedBecause = "path " + path.path + ": " + *problem;
                findings.push_back({Severity::Error,
                                    "pattern-unusable",
                                    path.place,
                                    "path \"" + path.path + "\" is no usable pattern: " + *problem +
                                        "; the ingress is left out",
                                    "write it without that construct"});
            }
        }
    }
}

} // namespace

IngressPolicies::IngressPolicies(const SelectedIngresses& selected,
                                 const model::Cluster& cluster,
                                 Findings& findings)
    : mains_(selected)
{
    mains_.ingresses.clear();
    for (const model::Ingress* ingress : selected.ingresses) {
        IngressPolicy policy;
        if (selected.profile == Profile::IngressNginx) {
            policy = readIngressPolicy(*ingress, cluster, findings);
            checkPatterns(*ingress, policy, findings);
        }
        if (policy.refusedBecause.empty()) {
            if (policy.isCanary) {
                canaries_.push_back(ingress);
            } else {
                mains_.ingresses.push_back(ingress);
            }
        }
        policies_.emplace(ingress, std::move(policy));
    }
}

bool isPatternPath(const IngressPolicy& policy, const std::string& path)
{
    return policy.usesRegex || (!policy.rewriteTarget.empty() && policy.rewriteTarget != path);
}

} // namespace lab::plan
