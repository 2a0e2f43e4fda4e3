#pragma once

#include "base/finding.hpp"
#include "model/cluster.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/route_policy.hpp"
#include "plan/upstream_policy.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::plan {

inline constexpr std::string_view nginxPrefix = "nginx.ingress.kubernetes.io/";

/// All annotations of one Ingress as typed values: what profile ingress-nginx makes of them.
struct IngressPolicy {
    RoutePolicy route; ///< What is the same for all its paths.

    bool usesRegex = false;
    std::string rewriteTarget;
    bool redirectsToHttps = true;        ///< ssl-redirect: where there is a certificate
    bool alwaysRedirectsToHttps = false; ///< force-ssl-redirect
    bool redirectsWww = false;
    std::vector<std::string> aliases;

    std::optional<std::int64_t> perSecond; ///< limit-rps
    std::optional<std::int64_t> perMinute; ///< limit-rpm
    std::int64_t burstMultiplier = 5;
    std::optional<std::int64_t> connectionsMax;

    bool usesServiceAddress = false; ///< service-upstream
    bool isEwma = false;
    std::string hashBy;
    int hashSubsetSize = 0; ///< upstream-hash-by-subset with its size; 0: no subsets
    std::optional<SessionAffinity> affinity;
    std::string defaultBackend; ///< Name of a Service of the same namespace.

    bool isCanary = false;
    CanaryPolicy canary; ///< Without its upstream.

    std::string refusedBecause; ///< Not empty: the whole Ingress is not configured.
};

/// Reads the annotations. What is wrong is reported with its place, and has the consequence that
/// ingress-nginx gives it: the default value, closed paths (503), or the whole Ingress refused.
/// \param cluster  for the Secret of basic authentication
/// \param settings  whose ConfigMap has defaults
[[nodiscard]] IngressPolicy readIngressPolicy(const model::Ingress& ingress,
                                              const model::Cluster& cluster,
                                              const ControllerSettings& settings,
                                              Findings& findings);

} // namespace lab::plan
