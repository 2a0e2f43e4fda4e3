#include "plan/upstream_policies.hpp"

#include "plan/controller_config.hpp"
#include "plan/ingress_servers.hpp"

#include <algorithm>
#include <set>

namespace lab::plan {
namespace {

/// One backend reference of an Ingress, resolved.
struct Use {
    const model::Ingress* ingress;
    const model::IngressRule* rule; ///< None: the default backend.
    const model::IngressPath* path;
    UpstreamId upstream;
};

std::vector<Use> usesOf(const model::Ingress& ingress, UpstreamResolver& resolver)
{
    std::vector<Use> uses;
    const auto resolve = [&](const model::IngressBackend& backend) {
        return resolver.resolve(
            ingress.meta.nameSpace, backend.service, backend.port, backend.place);
    };
    if (ingress.defaultBackend) {
        uses.push_back({&ingress, nullptr, nullptr, resolve(*ingress.defaultBackend)});
    }
    for (const model::IngressRule& rule : ingress.rules) {
        for (const model::IngressPath& path : rule.paths) {
            uses.push_back({&ingress, &rule, &path, resolve(path.backend)});
        }
    }
    return uses;
}

/// A Service whose port exists, and that the cluster gives a ClusterIP.
bool hasAddress(const model::Service* service, int port)
{
    return service != nullptr && !service->isHeadless &&
           service->type != model::ServiceType::ExternalName &&
           std::any_of(service->ports.begin(), service->ports.end(), [&](const auto& one) {
               return one.port == port;
           });
}

void setBalancing(const IngressPolicy& policy,
                  const ControllerSettings& settings,
                  const model::Service* service,
                  Upstream& upstream)
{
    upstream.hashBy = policy.hashBy;
    upstream.hashSubsetSize = policy.hashSubsetSize;
    if (policy.isEwma) {
        upstream.policy = balancing::Policy::Ewma;
    }
    if (policy.usesServiceAddress && hasAddress(service, upstream.servicePort)) {
        // kube-proxy chooses behind the address, once a connection; the controller keeps those.
        upstream.isServiceAddress = true;
        upstream.policy = configuredNumber(settings, "upstream-keepalive-connections", 1) > 0
                              ? balancing::Policy::KeptConnection
                              : balancing::Policy::Random;
    }
}

/// The kind of affinity comes from the first Ingress that has one, its cookie from the last.
void setAffinity(const IngressPolicy& policy, Upstream& upstream)
{
    if (!policy.affinity) {
        return;
    }
    const bool isPersistent =
        upstream.affinity ? upstream.affinity->isPersistent : policy.affinity->isPersistent;
    SessionAffinity affinity = *policy.affinity;
    affinity.isPersistent = isPersistent;
    upstream.affinity = std::make_shared<const SessionAffinity>(std::move(affinity));
}

/// The route that a canary's path attaches to: same host, path and type, another Service.
const Route* mainRouteOf(const Door& controller, const Use& canary)
{
    const std::string path = canary.path->path.empty() ? "/" : canary.path->path;
    const bool isExact = canary.path->type == model::PathType::Exact;
    for (const routing::RouteRule& rule : controller.table.rules()) {
        const Route& route = controller.routes[rule.route.index()];
        const bool isSameKind = rule.kind == routing::PathKind::Regex ||
                                (rule.kind == routing::PathKind::Exact) == isExact;
        if (rule.host == canary.rule->host && route.path == path && isSameKind &&
            route.upstream.isValid() && route.upstream != canary.upstream) {
            return &route;
        }
    }
    return nullptr;
}

void attach(const Use& use,
            const IngressPolicy& policy,
            const Door& controller,
            FrontDoorPlan& plan,
            Findings& findings)
{
    const Route* main = mainRouteOf(controller, use);
    if (main == nullptr) {
        findings.push_back({Severity::Warning,
                            "canary-without-main",
                            use.path->place,
                            "canary ingress \"" + use.ingress->meta.fullName() +
                                "\" finds no path \"" + use.path->path + "\" of host \"" +
                                use.rule->host + "\" to attach to",
                            "give an ingress without canary the same host, path and pathType"});
        return;
    }
    Upstream& upstream = plan.upstreams[main->upstream.index()];
    if (upstream.canary && upstream.canary->upstream != use.upstream) {
        findings.push_back({Severity::Warning,
                            "second-canary",
                            use.path->place,
                            "service \"" + upstream.fullService() +
                                "\" already has the canary of \"" + upstream.canary->ingress +
                                "\"; only the first counts",
                            "remove one of the canaries"});
        return;
    }
    CanaryPolicy canary = policy.canary;
    canary.upstream = use.upstream;
    upstream.canary = std::make_shared<const CanaryPolicy>(std::move(canary));
    Upstream& other = plan.upstreams[use.upstream.index()];
    other.hashBy = policy.hashBy;
    other.hashSubsetSize = policy.hashSubsetSize;
    if (policy.isEwma) {
        other.policy = balancing::Policy::Ewma;
    }
    if (!policy.canary.isLegacyAffinity) {
        other.affinity = upstream.affinity;
    }
}

} // namespace

void applyUpstreamPolicies(const ClusterIndex& index,
                           const IngressPolicies& policies,
                           const ControllerSettings& settings,
                           UpstreamResolver& resolver,
                           const Door& controller,
                           FrontDoorPlan& plan,
                           Findings& findings)
{
    std::set<UpstreamId> known;
    for (const model::Ingress* ingress : policies.mains().ingresses) {
        const IngressPolicy& policy = policies.of(*ingress);
        for (const Use& use : usesOf(*ingress, resolver)) {
            Upstream& upstream = plan.upstreams[use.upstream.index()];
            if (known.insert(use.upstream).second) {
                setBalancing(policy, settings, index.service(upstream.fullService()), upstream);
            }
            setAffinity(policy, upstream);
        }
    }
    for (const model::Ingress* ingress : policies.canaries()) {
        for (const Use& use : usesOf(*ingress, resolver)) {
            if (use.rule != nullptr) {
                attach(use, policies.of(*ingress), controller, plan, findings);
            }
        }
    }
}

} // namespace lab::plan
