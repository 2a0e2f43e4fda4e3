#pragma once

#include "plan/ingress_policy.hpp"
#include "plan/select_ingresses.hpp"

#include <unordered_map>

namespace lab::plan {

/// The annotations of all selected Ingresses, and which of them the controller configures.
///
/// In profile spec annotations do not exist: every policy is the default one.
class IngressPolicies {
public:
    IngressPolicies(const SelectedIngresses& selected,
                    const model::Cluster& cluster,
                    const ControllerSettings& settings,
                    Findings& findings);

    [[nodiscard]] const IngressPolicy& of(const model::Ingress& ingress) const
    {
        return policies_.at(&ingress);
    }

    /// Those that make hosts and paths, oldest first.
    [[nodiscard]] const SelectedIngresses& mains() const { return mains_; }
    /// Those that only attach to the upstreams of others, oldest first.
    [[nodiscard]] const std::vector<const model::Ingress*>& canaries() const { return canaries_; }

private:
    std::unordered_map<const model::Ingress*, IngressPolicy> policies_;
    SelectedIngresses mains_;
    std::vector<const model::Ingress*> canaries_;
};

/// Is the path of such an Ingress a regular expression (and with it the whole host)?
[[nodiscard]] bool isPatternPath(const IngressPolicy& policy, const std::string& path);

} // namespace lab::plan
