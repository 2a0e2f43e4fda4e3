#include "plan/unhonoured_annotations.hpp"

#include "plan/annotation_names.hpp"
#include "plan/ingress_policy.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace lab::plan {
namespace {

/// Prefixes under which annotations ask for behaviour; all others describe or belong to tools.
constexpr std::array<std::string_view, 11> askingPrefixes{
    "cert-manager.io/",
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

constexpr std::array<std::string_view, 3> cloudPrefixes{
    "service.beta.kubernetes.io/", "cloud.google.com/", "networking.gke.io/"};

template <std::size_t count>
bool isAnyOf(const std::array<std::string_view, count>& prefixes, std::string_view key)
{
    return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
        return key.starts_with(prefix);
    });
}

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
        if (isAnyOf(askingPrefixes, key) && !isHonouredBy(profile, key)) {
            Use& use = uses[annotation.key];
            use.first = use.count == 0 ? annotation.place : use.first;
            ++use.count;
        }
    }
}

/// What it means, or which name was meant.
std::string remedyFor(std::string_view key, Profile profile)
{
    if (key.starts_with("cert-manager.io/")) {
        return "put the Secret into the input, or choose certificates: lab in a scenario";
    }
    if (!key.starts_with(nginxPrefix)) {
        return isAnyOf(cloudPrefixes, key) ? "expect the load balancer as it is without it"
                                           : "it is written for another controller; remove it, or "
                                             "expect requests as without it";
    }
    const std::string_view name = key.substr(nginxPrefix.size());
    if (profile == Profile::Spec) {
        return "profile spec knows no annotations; choose profile ingress-nginx";
    }
    if (const std::string_view instead = insteadOf(name); !instead.empty()) {
        return "in the lab " + std::string(instead);
    }
    const std::string near = nearestAnnotation(name);
    return near.empty() ? "ingress-nginx has no such annotation; remove it"
                        : "did you mean \"" + near + "\"?";
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
        findings.push_back({Severity::Warning,
                            "annotation-not-honoured",
                            use.first,
                            "annotation " + key + " is not honoured" + objects,
                            remedyFor(key, selected.profile)});
    }
}

} // namespace lab::plan
