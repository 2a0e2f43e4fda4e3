#include "plan/upstream_policies.hpp"

#include "plan/ingress_servers.hpp"

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

void setBalancing(const IngressPolicy& policy, const model::Service* service, Upstream& upstream)
{
    upstream.hashBy = policy.hashBy;
    if (policy.isEwma) {
        upstream.policy = balancing::Policy::Ewma;
    }
    if (policy.usesServiceAddress && service != nullptr && !service->isHeadless) {
        upstream.policy = balancing::Policy::Random; // kube-proxy chooses behind the address
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
    upstream.affinity = policy.affinity;
    upstream.affinity->isPersistent = isPersistent;
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
    upstream.canary = policy.canary;
    upstream.canary->upstream = use.upstream;
    Upstream& other = plan.upstreams[use.upstream.index()];
    other.hashBy = policy.hashBy;
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
                setBalancing(policy, index.service(upstream.fullService()), upstream);
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
