#include "plan/unhonoured_annotations.hpp"

#include "plan/ingress_policy.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace lab::plan {
namespace {

/// Prefixes under which annotations ask for behaviour; all others describe or belong to tools.
constexpr std::array<std::string_view, 10> askingPrefixes{
    "nginx.ingress.kubernetes.io/",
    "alb.ingress.kubernetes.io/",
    "traefik.ingress.kubernetes.io/",
    "haproxy.org/",
    "haproxy-ingress.github.io/",
    "konghq.com/",
    "nginx.org/",
    "service.beta.kubernetes.io/",
    "cloud.google.com/",
    "networking.gke.io/",
};

/// What the per-service style reads by itself.
constexpr std::array<std::string_view, 6> honoured{
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-ports",
    "service.beta.kubernetes.io/aws-load-balancer-backend-protocol",
    "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type",
    "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes",
};

bool isHonouredBy(Profile profile, std::string_view key)
{
    if (key.starts_with(nginxPrefix)) {
        return profile == Profile::IngressNginx && isHonoured(key.substr(nginxPrefix.size()));
    }
    return std::find(honoured.begin(), honoured.end(), key) != honoured.end();
}

struct Use {
    std::size_t count = 0;
    Place first;
};

void count(const model::ObjectMeta& meta, Profile profile, std::map<std::string, Use>& uses)
{
    for (const model::Annotation& annotation : meta.annotations) {
        const std::string_view key = annotation.key;
        const bool isAsking =
            std::any_of(askingPrefixes.begin(), askingPrefixes.end(), [&](std::string_view prefix) {
                return key.starts_with(prefix);
            });

        if (isAsking && !isHonouredBy(profile, key)) {
            Use& use = uses[annotation.key];
            use.first = use.count == 0 ? annotation.place : use.first;
            ++use.count;
        }
    }
}

} // namespace

void reportUnhonoured(const SelectedIngresses& selected,
                      const model::Cluster& cluster,
                      Findings& findings)
{
    std::map<std::string, Use> uses;
    for (const model::Ingress* ingress : selected.ingresses) {
        count(ingress->meta, selected.profile, uses);
    }
    for (const model::Service& service : cluster.services) {
        if (service.type == model::ServiceType::LoadBalancer) {
            count(service.meta, selected.profile, uses);
        }
    }
    for (const auto& [key, use] : uses) {
        const std::string objects =
            use.count == 1 ? "" : " (" + std::to_string(use.count) + " objects)";
        const std::string near = key.starts_with(nginxPrefix)
                                     ? nearestAnnotation(key.substr(nginxPrefix.size()))
                                     : std::string();
        findings.push_back({Severity::Warning,
                            "annotation-not-honoured",
                            use.first,
                            "annotation " + key + " is not honoured" + objects,
                            near.empty() || isHonoured(key.substr(nginxPrefix.size()))
                                ? ""
                                : "did you mean \"" + near + "\"?"});
    }
}

} // namespace lab::plan
