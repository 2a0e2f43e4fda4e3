#include "plan/route_builder.hpp"

#include "plan/controller_config.hpp"

#include <algorithm>
#include <set>

namespace lab::plan {
namespace {

constexpr std::string_view acmeChallenge = "/.well-known/acme-challenge";

/// Does the host's own certificate, or that of the wildcard above it, come from a tls section?
bool isTlsHost(const Door& door, const std::string& host)
{
    const std::size_t dot = host.find('.');
    const std::string wildcard = dot == std::string::npos ? std::string() : '*' + host.substr(dot);
    return std::any_of(
        door.certificates.begin(), door.certificates.end(), [&](const NamedCertificate& named) {
            return named.isByTlsSection && (named.host == host || named.host == wildcard);
        });
}

} // namespace

RouteBuilder::RouteBuilder(const ClusterIndex& index,
                           const IngressPolicies& policies,
                           const ControllerSettings& settings,
                           UpstreamResolver& resolver,
                           FrontDoorPlan& plan,
                           Findings& findings)
    : index_(&index)
    , policies_(&policies)
    , settings_(&settings)
    , resolver_(&resolver)
    , plan_(&plan)
    , findings_(&findings)
{
}

bool RouteBuilder::isNginx() const
{
    return plan_->profile == Profile::IngressNginx;
}

void RouteBuilder::build(const std::vector<ServedHost>& hosts, Door& door)
{
    rules_.clear();
    for (const ServedHost& served : hosts) {
        addHost(served, door);
    }
    if (isNginx()) {
        addAliases(hosts, door);
        addWwwRedirects(hosts, door);
    }
    door.table = routing::RouteTable(std::move(rules_));
}

void RouteBuilder::addHost(const ServedHost& served, Door& door)
{
    if (!served.host.empty()) {
        door.hosts.push_back(served.host);
    }
    const bool hasPattern =
        isNginx() && std::any_of(served.paths.begin(), served.paths.end(), [&](const auto& path) {
            return isPatternPath(policies_->of(*path.ingress), path.path);
        });
    if (hasPattern) {
        addPatterns(served, door);
    } else {
        addPaths(served, door);
    }
}

void RouteBuilder::addPaths(const ServedHost& served, Door& door)
{
    for (const ServedPath& path : served.paths) {
        const RouteId route = addRoute(served, path, door);
        const bool redirects = isNginx() && path.path.size() > 1 && path.path.ends_with('/');
        rules_.push_back({served.host, path.kind, path.path, route, redirects});
    }
}

/// Every path as a pattern; one without regex or rewrite stands there twice, as "/p/" and "/p".
void RouteBuilder::addPatterns(const ServedHost& served, Door& door)
{
    std::vector<routing::RouteRule> patterns;
    const auto isExact = [&](const std::string& text) {
        return std::any_of(served.paths.begin(), served.paths.end(), [&](const ServedPath& path) {
            return path.path == text && path.kind == routing::PathKind::Exact;
        });
    };
    for (const ServedPath& path : served.paths) {
        if (const auto problem = routing::PathPattern::problemOf(path.path)) {
            findings_->push_back({Severity::Error,
                                  "pattern-unusable",
                                  path.place,
                                  "path \"" + path.path + "\" of " + served.host +
                                      " is read as a pattern, because another path of the host "
                                      "is one, and cannot be: " +
                                      *problem,
                                  "move the patterns to a host of their own"});
            continue;
        }
        const RouteId route = addRoute(served, path, door);
        const auto add = [&](const std::string& text) {
            patterns.push_back({served.host, routing::PathKind::Regex, text, route, false});
        };
        const bool isPlain = !isPatternPath(policies_->of(*path.ingress), path.path);
        if (isPlain && path.kind == routing::PathKind::Prefix && !path.path.ends_with('/')) {
            add(path.path + '/');
            if (!isExact(path.path)) {
                add(path.path);
            }
        } else {
            add(path.path);
        }
    }
    std::stable_sort(patterns.begin(), patterns.end(), [](const auto& a, const auto& b) {
        return a.path.size() != b.path.size() ? a.path.size() > b.path.size() : a.path > b.path;
    });
    rules_.insert(rules_.end(), patterns.begin(), patterns.end());
}

RouteId RouteBuilder::addRoute(const ServedHost& served, const ServedPath& path, Door& door)
{
    const model::ObjectMeta& meta = path.ingress->meta;
    Route route;
    route.name = meta.fullName() + ' ' + served.host + path.path;
    route.ingress = meta.fullName();
    route.host = served.host;
    route.path = path.path;
    route.place = path.place;
    route.isDerived = meta.isDerived;
    route.isImplicitRoot = path.isImplicitRoot;
    if (path.backend != nullptr) {
        route.upstream = resolver_->resolve(
            meta.nameSpace, path.backend->service, path.backend->port, path.backend->place);
    }
    if (isNginx()) {
        route.policy = policyOf(served, path, door);
    }
    door.routes.push_back(std::move(route));
    return RouteId(door.routes.size() - 1);
}

/// Does the path begin like one of that list of the ConfigMap?
bool RouteBuilder::isListed(const std::string& path, std::string_view key) const
{
    const std::vector<std::string> list = configuredList(*settings_, key, acmeChallenge);
    return std::any_of(
        list.begin(), list.end(), [&](const std::string& part) { return path.starts_with(part); });
}

std::shared_ptr<const RoutePolicy>
RouteBuilder::policyOf(const ServedHost& served, const ServedPath& path, Door& door)
{
    const IngressPolicy& ingress = policies_->of(*path.ingress);
    auto policy = std::make_shared<RoutePolicy>(ingress.route);
    const bool isDefaultServer = path.isImplicitRoot && served.host.empty();
    for (const ServedPath& any : served.paths) { // app-root acts on the whole host
        if (policy->appRoot.empty()) {
            policy->appRoot = policies_->of(*any.ingress).route.appRoot;
        }
    }
    if (isDefaultServer) {
        policy->redirect.reset();
        policy->appRoot.clear();
    } else if (!ingress.rewriteTarget.empty() && ingress.rewriteTarget != path.path &&
               !routing::PathPattern::problemOf(path.path)) {
        policy->rewrite = PathRewrite{routing::PathPattern(path.path), ingress.rewriteTarget};
    }
    policy->redirectsToHttps =
        !isListed(path.path, "no-tls-redirect-locations") &&
        (ingress.alwaysRedirectsToHttps ||
         (ingress.redirectsToHttps && !served.host.empty() && isTlsHost(door, served.host)));
    if (isListed(path.path, "no-auth-locations")) {
        policy->basicAuth.reset();
    }
    if (policy->setsSessionCookie && policy->sessionCookiePath.empty()) {
        policy->sessionCookiePath = path.path;
    }
    const Zones& zones = zonesOf(*path.ingress, door);
    policy->rateZones = zones.rates;
    policy->connectionZone = zones.connections;
    policy->defaultBackend = errorUpstreamOf(*path.ingress, ingress);
    return policy;
}

const RouteBuilder::Zones& RouteBuilder::zonesOf(const model::Ingress& ingress, Door& door)
{
    const auto placed = zones_.try_emplace(&ingress);
    const auto known = placed.first; // clang 14 captures no structured binding
    if (!placed.second) {
        return known->second;
    }
    const IngressPolicy& policy = policies_->of(ingress);
    const auto addRate = [&](std::optional<std::int64_t> count, double seconds, const char* name) {
        if (count) {
            // nginx lets one pass and `burst` more at once; a token bucket calls that burst + 1.
            const auto rate = static_cast<double>(*count);
            const auto burst = static_cast<double>(*count * policy.burstMultiplier);
            known->second.rates.push_back(door.rateZones.size());
            door.rateZones.push_back(
                {ingress.meta.fullName() + ' ' + name, {rate / seconds, burst + 1.0}});
        }
    };
    addRate(policy.perSecond, 1.0, "limit-rps");
    addRate(policy.perMinute, 60.0, "limit-rpm");
    if (policy.connectionsMax) {
        known->second.connections = door.connectionZones.size();
        door.connectionZones.push_back({ingress.meta.fullName() + " limit-connections",
                                        static_cast<int>(*policy.connectionsMax)});
    }
    return known->second;
}

void RouteBuilder::reportErrorService(const model::Ingress& ingress,
                                      const IngressPolicy& policy,
                                      const std::string& why)
{
    const model::Annotation* annotation =
        ingress.meta.annotation(std::string(nginxPrefix) + "default-backend");
    findings_->push_back({Severity::Warning,
                          "default-backend-unusable",
                          annotation == nullptr ? ingress.meta.place : annotation->place,
                          "the default-backend \"" + policy.defaultBackend + "\" of ingress \"" +
                              ingress.meta.fullName() + "\" " + why + ", and is ignored",
                          "name a Service of the same namespace with a ready pod"});
}

/// The Service of the default-backend annotation by its first port, if it exists and has endpoints.
UpstreamId RouteBuilder::errorUpstreamOf(const model::Ingress& ingress, const IngressPolicy& policy)
{
    const model::Service* service =
        policy.defaultBackend.empty()
            ? nullptr
            : index_->service(ingress.meta.nameSpace + '/' + policy.defaultBackend);
    if (service == nullptr || service->ports.empty()) {
        if (!policy.defaultBackend.empty()) {
            reportErrorService(ingress, policy, "does not exist");
        }
        return {};
    }
    const UpstreamId id = resolver_->resolve(ingress.meta.nameSpace,
                                             service->meta.name,
                                             service->ports.front().port,
                                             ingress.meta.place);
    if (!plan_->upstream(id).brokenLink.empty()) {
        reportErrorService(ingress, policy, "has no endpoint");
        return {};
    }
    return id;
}

/// A further name of a host has its certificate; an alias only where that covers it.
/// Source: ingress-nginx internal/ingress/controller/nginx.go, configureCertificates
void RouteBuilder::addCertificate(const std::string& host,
                                  const std::string& other,
                                  bool mustCover,
                                  Door& door)
{
    for (const NamedCertificate& named : door.certificates) {
        if (named.host != host) {
            continue;
        }
        const auto& names = plan_->certificates[named.certificate.index()].dnsNames;
        const std::size_t dot = other.find('.');
        const bool covers = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return name == other || (name.starts_with("*.") && dot != std::string::npos &&
                                     name.substr(1) == other.substr(dot));
        });
        if (covers || !mustCover) {
            const NamedCertificate further{other, named.certificate, named.isByTlsSection};
            door.certificates.push_back(further);
        }
        return;
    }
}

void RouteBuilder::addAliases(const std::vector<ServedHost>& hosts, Door& door)
{
    std::set<std::string> taken;
    for (const ServedHost& served : hosts) {
        taken.insert(served.host);
    }
    for (const ServedHost& served : hosts) {
        const ServedPath* first = nullptr;
        for (const ServedPath& path : served.paths) {
            if (first == nullptr && !policies_->of(*path.ingress).aliases.empty()) {
                first = &path;
            }
        }
        if (first == nullptr || served.host.empty()) {
            continue;
        }
        for (const std::string& alias : policies_->of(*first->ingress).aliases) {
            if (!taken.insert(alias).second) {
                continue;
            }
            door.hosts.push_back(alias);
            addCertificate(served.host, alias, true, door);
            const std::size_t count = rules_.size();
            for (std::size_t i = 0; i < count; ++i) {
                if (rules_[i].host == served.host) {
                    routing::RouteRule copy = rules_[i];
                    copy.host = alias;
                    rules_.push_back(std::move(copy));
                }
            }
        }
    }
}

/// The name with or without "www." redirects to the host, unless some Ingress serves it.
void RouteBuilder::addWwwRedirects(const std::vector<ServedHost>& hosts, Door& door)
{
    const auto isServed = [&](const std::string& name) {
        return std::find(door.hosts.begin(), door.hosts.end(), name) != door.hosts.end();
    };
    for (const ServedHost& served : hosts) {
        const auto wanting =
            std::find_if(served.paths.begin(), served.paths.end(), [&](const ServedPath& path) {
                return policies_->of(*path.ingress).redirectsWww;
            });
        const std::string other =
            served.host.starts_with("www.") ? served.host.substr(4) : "www." + served.host;
        if (wanting == served.paths.end() || served.host.empty() || isServed(other)) {
            continue;
        }
        auto policy = std::make_shared<RoutePolicy>();
        policy->wwwHost = served.host;
        Route route;
        route.name = wanting->ingress->meta.fullName() + " from-to-www-redirect";
        route.ingress = wanting->ingress->meta.fullName();
        route.host = other;
        route.path = "/";
        route.place = wanting->place;
        route.isImplicitRoot = true;
        route.policy = std::move(policy);
        addCertificate(served.host, other, false, door);
        rules_.push_back(
            {other, routing::PathKind::Prefix, "/", RouteId(door.routes.size()), false});
        door.routes.push_back(std::move(route));
    }
}

} // namespace lab::plan
