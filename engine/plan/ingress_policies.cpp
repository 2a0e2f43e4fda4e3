#include "plan/ingress_policies.hpp"

#include <vector>

namespace lab::plan {
namespace {

/// Is a repeated group itself made of repeats, as in (a+)+ ?  Such patterns make a backtracking
/// matcher try every way to cut a long text.
bool repeatsRepeats(const std::string& pattern)
{
    std::vector<bool> hasRepeat;
    bool wasRepeating = false; // the group that has just ended
    bool isGroupEnd = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        const bool isRepeat = c == '*' || c == '+';
        if (isRepeat && isGroupEnd && wasRepeating) {
            return true;
        }
        isGroupEnd = false;
        if (c == '\\') {
            ++i;
        } else if (c == '(') {
            hasRepeat.push_back(false);
        } else if (c == ')' && !hasRepeat.empty()) {
            wasRepeating = hasRepeat.back();
            isGroupEnd = true;
            hasRepeat.pop_back();
            if (!hasRepeat.empty() && wasRepeating) {
                hasRepeat.back() = true;
            }
        } else if (isRepeat && !hasRepeat.empty()) {
            hasRepeat.back() = true;
        }
    }
    return false;
}

/// A pattern that cannot be compiled would block every reload of the real controller; the lab
/// refuses only its Ingress.
void checkPatterns(const model::Ingress& ingress, IngressPolicy& policy, Findings& findings)
{
    for (const model::IngressRule& rule : ingress.rules) {
        for (const model::IngressPath& path : rule.paths) {
            const auto problem = isPatternPath(policy, path.path)
                                     ? routing::PathPattern::problemOf(path.path)
                                     : std::nullopt;
            if (isPatternPath(policy, path.path) && repeatsRepeats(path.path)) {
                findings.push_back({Severity::Warning,
                                    "pattern-backtracks",
                                    path.place,
                                    "path \"" + path.path +
                                        "\" repeats a repeat: ingress-nginx may take seconds for "
                                        "a long request; the lab does not backtrack",
                                    "write it without a repeat inside the repeated group"});
            }
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
                                 const ControllerSettings& settings,
                                 Findings& findings)
    : mains_(selected)
{
    mains_.ingresses.clear();
    for (const model::Ingress* ingress : selected.ingresses) {
        IngressPolicy policy;
        if (selected.profile == Profile::IngressNginx) {
            policy = readIngressPolicy(*ingress, cluster, settings, findings);
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
