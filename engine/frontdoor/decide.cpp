#include "balancing/rendezvous_hash.hpp"
#include "frontdoor/affinity.hpp"
#include "frontdoor/canary.hpp"
#include "frontdoor/cors.hpp"
#include "frontdoor/endpoint_flags.hpp"
#include "frontdoor/front_door.hpp"
#include "frontdoor/hash_key.hpp"
#include "frontdoor/redirects.hpp"
#include "frontdoor/target.hpp"

#include <algorithm>
#include <array>

// The one decision, phase by phase. The order is nginx's with ingress-nginx's configuration; it
// explains most surprises: redirects are not limited, refused addresses are, and a Service without
// endpoints hides both. Profile spec has no policies and runs through the same phases.

namespace lab::frontdoor {
namespace {

const plan::RoutePolicy noPolicy;

} // namespace

struct FrontDoor::Deciding {
    const RequestView& request;
    Instant now;
    WorkerState& worker;
    DecisionTrace* trace;
    const plan::Route& route;
    const plan::RoutePolicy& policy;
    bool isSlashRedirect;
    Decision& decision;

    void note(const char* phase, std::string_view text, std::string_view name = {}) const
    {
        if (trace != nullptr) {
            trace->steps.push_back({phase, std::string(text).append(name)});
        }
    }

    bool refuse(Refusal refusal, std::uint16_t status, const char* phase, const std::string& why)
    {
        const bool isOnItsWay = refusal == Refusal::NoEndpoint ||
                                refusal == Refusal::BodyTooLarge ||
                                refusal == Refusal::ClientLimit || refusal == Refusal::OverallLimit;
        if (!isOnItsWay) {
            decision.upstream = UpstreamId();
        }
        decision.refusal = refusal;
        decision.status = status;
        note(phase, why);
        return true;
    }

    bool redirect(RedirectAnswer answer, const char* phase, const char* why)
    {
        decision.answerFields += "Location: " + answer.location + "\r\n";
        decision.location = std::move(answer.location);
        return refuse(Refusal::Redirect, answer.status, phase, why);
    }
};

Decision FrontDoor::decide(const RequestView& request,
                           Instant now,
                           WorkerState& worker,
                           DecisionTrace* trace) const
{
    const routing::RouteMatch match =
        door().table.find(request.host, request.path, trace == nullptr ? nullptr : &trace->route);
    Decision decision;
    if (isHealthPage(match.route, request.path)) {
        if (trace != nullptr) {
            trace->steps.push_back({"route", "the controller's own health page"});
        }
        decision.refusal = Refusal::NoRoute;
        decision.status = 200;
        return decision;
    }
    if (!match.route) {
        if (trace != nullptr) {
            trace->steps.push_back({"route", "no rule takes this host and path"});
        }
        decision.refusal = Refusal::NoRoute;
        decision.status = 404;
        return decision;
    }
    const plan::Route& route = door().routes[match.route->index()];
    const plan::RoutePolicy& policy = route.policy ? *route.policy : noPolicy;
    Deciding deciding{request, now, worker, trace, route, policy, match.isSlashRedirect, decision};
    decision.route = *match.route;
    decision.upstream = route.upstream;
    decision.policy = route.policy.get();
    if (trace != nullptr) {
        deciding.note("route", "taken by " + route.name);
    }
    if (!redirectsEarly(deciding) && !rewrites(deciding) && !lacksEndpoint(deciding) &&
        !limits(deciding) && !keepsOut(deciding)) {
        forward(deciding);
    }
    return decision;
}

/// ingress-nginx's location /healthz of the default server, beside whatever takes its root.
bool FrontDoor::isHealthPage(std::optional<RouteId> route, std::string_view path) const
{
    if (!path.starts_with("/healthz") || plan_->profile != plan::Profile::IngressNginx ||
        door().role != plan::DoorRole::Controller) {
        return false;
    }
    return !route || (door().routes[route->index()].host.empty() &&
                      door().routes[route->index()].path == "/");
}

/// Server rewrite, choice of the location, and what comes with it.
bool FrontDoor::redirectsEarly(Deciding& deciding) const
{
    const RequestView& request = deciding.request;
    const plan::RoutePolicy& policy = deciding.policy;
    if (auto answer = wwwRedirect(policy, request)) {
        return deciding.redirect(std::move(*answer), "redirect", "from-to-www-redirect");
    }
    if (auto answer = appRootRedirect(policy, request)) {
        return deciding.redirect(std::move(*answer), "redirect", "app-root");
    }
    if (policy.bodyBytesMax > 0 && request.bodyBytes > policy.bodyBytesMax) {
        return deciding.refuse(Refusal::BodyTooLarge, 413, "body", "the body is over the limit");
    }
    if (deciding.isSlashRedirect) {
        return deciding.redirect(slashRedirect(request), "redirect", "the path lacks its slash");
    }
    return false;
}

bool FrontDoor::rewrites(Deciding& deciding) const
{
    const RequestView& request = deciding.request;
    const plan::RoutePolicy& policy = deciding.policy;
    if (!policy.deniedBecause.empty()) {
        return deciding.refuse(Refusal::Denied, 503, "rewrite", policy.deniedBecause);
    }
    if (request.isTls && deciding.route.policy && !door().strictTransport.empty()) {
        deciding.decision.answerFields +=
            "Strict-Transport-Security: " + door().strictTransport + "\r\n";
    }
    if (policy.cors) {
        deciding.decision.answerFields += corsFields(*policy.cors, request);
        if (isPreflight(*policy.cors, request)) {
            return deciding.refuse(Refusal::Preflight, 204, "rewrite", "a CORS preflight");
        }
    }
    if (policy.redirect) {
        return deciding.redirect({policy.redirect->url, policy.redirect->status},
                                 "rewrite",
                                 "permanent-redirect or temporal-redirect");
    }
    if (policy.rewrite) {
        if (auto path = policy.rewrite->pattern.rewritten(request.path, policy.rewrite->target)) {
            deciding.decision.target = escapedPath(*path) + std::string(queryOf(request.target));
            if (!policy.forwardedPrefix.empty()) {
                deciding.decision.podFields +=
                    "X-Forwarded-Prefix: " + policy.forwardedPrefix + "\r\n";
            }
            deciding.note("rewrite", "rewrite-target makes it " + deciding.decision.target);
        }
    }
    if (auto answer = httpsRedirect(policy, request, isSecure(request), publicHost(request))) {
        answer->status = door().httpsRedirectStatus;
        return deciding.redirect(std::move(*answer), "rewrite", "plain HTTP on a TLS host");
    }
    return false;
}

bool FrontDoor::lacksEndpoint(Deciding& deciding) const
{
    const UpstreamId id = deciding.route.upstream;
    if (!id.isValid() || hasReadyEndpoint(id)) {
        return false;
    }
    const plan::Upstream& upstream = plan_->upstream(id);
    if (upstream.isServiceAddress) {
        return false; // its one endpoint is there: the Service's address
    }
    if (deciding.policy.defaultBackend.isValid()) {
        deciding.note("endpoint", upstream.fullService() + " has none: default-backend answers");
        return false;
    }
    return deciding.refuse(Refusal::NoEndpoint,
                           503,
                           "endpoint",
                           upstream.fullService() + " has no endpoint: " + upstream.brokenLink);
}

bool FrontDoor::limits(Deciding& deciding) const
{
    const plan::RoutePolicy& policy = deciding.policy;
    const bool isRehearsed = deciding.request.isRehearsed;
    Decision& decision = deciding.decision;
    const bool isPerClient = !policy.rateZones.empty() || policy.connectionZone;
    const std::string_view client = isPerClient ? clientOf(deciding.request) : std::string_view();
    if (isPerClient && !limiting::isInAny(policy.unlimitedClients, client)) {
        const std::uint64_t hash = limiting::clientHash(client);
        if (!admitsRate(deciding, hash)) {
            return true;
        }
        if (policy.connectionZone && deciding.request.endsWithRelease) {
            auto& limiter = *connectionLimiters_[*policy.connectionZone];
            if (!(isRehearsed ? limiter.mayBegin(hash) : limiter.begin(hash))) {
                return deciding.refuse(Refusal::ClientLimit,
                                       door().connectionLimitStatus,
                                       "limit",
                                       door().connectionZones[*policy.connectionZone].name);
            }
            decision.heldClient = isRehearsed ? 0 : hash;
            if (deciding.trace != nullptr) {
                deciding.note("limit",
                              door().connectionZones[*policy.connectionZone].name + " admits it");
            }
        }
    }
    const Duration wait = askAll(deciding.request, deciding.now);
    if (wait > Duration::zero()) {
        decision.retryAfter = wait;
        return deciding.refuse(Refusal::OverallLimit, 429, "limit", "the door's bucket is empty");
    }
    if (overall_ && deciding.trace != nullptr) {
        deciding.note("limit", "the door's bucket admits it");
    }
    return false;
}

/// All zones or none: the token of one is not spent on what another refuses, as nginx's limit_req
/// accounts a request only after it has asked every zone.
bool FrontDoor::admitsRate(Deciding& deciding, std::uint64_t clientHash) const
{
    const std::vector<std::size_t>& zones = deciding.policy.rateZones;
    for (std::size_t i = 0; i < zones.size(); ++i) {
        const plan::RateZone& zone = door().rateZones[zones[i]];
        const bool isRehearsed = deciding.request.isRehearsed;
        if (askZone(zones[i], clientHash, isRehearsed, deciding.now) > Duration::zero()) {
            for (std::size_t taken = 0; !isRehearsed && taken < i; ++taken) {
                rateLimiters_[zones[taken]]->giveBack(clientHash);
            }
            deciding.refuse(Refusal::ClientLimit, door().rateLimitStatus, "limit", zone.name);
            return false;
        }
        if (deciding.trace != nullptr) {
            deciding.note("limit", zone.name + " admits it");
        }
    }
    return true;
}

bool FrontDoor::keepsOut(Deciding& deciding) const
{
    const plan::RoutePolicy& policy = deciding.policy;
    if (policy.deniedClients.empty() && policy.allowedClients.empty() && !policy.basicAuth) {
        return false;
    }
    switch (judgeAccess(policy, deciding.request, clientOf(deciding.request), checksPassword_)) {
    case Access::Forbidden:
        return deciding.refuse(Refusal::Forbidden, 403, "access", "the client's address");
    case Access::Unauthorized:
        deciding.decision.answerFields +=
            "WWW-Authenticate: Basic realm=\"" + policy.basicAuth->realm + "\"\r\n";
        return deciding.refuse(Refusal::Unauthorized, 401, "access", "no or a wrong password");
    case Access::Granted:
        deciding.note("access", "let in");
        break;
    }
    return false;
}

void FrontDoor::forward(Deciding& deciding) const
{
    Decision& decision = deciding.decision;
    const plan::RoutePolicy& policy = deciding.policy;
    decision.podHost = policy.upstreamHost;
    decision.dropsAuthorization = policy.basicAuth.has_value();
    if (!deciding.route.upstream.isValid()) {
        deciding.refuse(Refusal::NoRoute, 404, "endpoint", "the controller's own default backend");
        return;
    }
    const plan::Upstream& main = plan_->upstream(deciding.route.upstream);
    if (main.isServiceAddress && !hasReadyEndpoint(deciding.route.upstream)) {
        deciding.refuse(Refusal::NoEndpoint,
                        502,
                        "endpoint",
                        main.fullService() +
                            " has no endpoint, so its address refuses: " + main.brokenLink);
        return;
    }
    if (!hasReadyEndpoint(deciding.route.upstream)) {
        std::string target = std::move(decision.target);
        sendToErrorPage(decision, 503, deciding.request, deciding.worker);
        decision.target = std::move(target);
        return;
    }
    decision.upstream = upstreamFor(deciding);
    const plan::Upstream& upstream = plan_->upstream(decision.upstream);
    const EndpointFlags flags(*plan_, upstream, {});
    const std::size_t picked = pick(deciding, decision.upstream, flags.all());
    deciding.worker.balancer(decision.upstream).began(picked);
    decision.endpoint = upstream.endpoints[picked];
    deciding.note("endpoint", "chosen: ", plan_->endpoint(decision.endpoint).name);
}

/// The route's upstream or its canary's: an existing session first, then the canary's rules.
UpstreamId FrontDoor::upstreamFor(Deciding& deciding) const
{
    const UpstreamId main = deciding.route.upstream;
    const plan::Upstream& upstream = plan_->upstream(main);
    if (!upstream.canary || !hasReadyEndpoint(upstream.canary->upstream)) {
        return main;
    }
    const UpstreamId other = upstream.canary->upstream;
    if (upstream.affinity) {
        const SessionKey session = sessionKey(*upstream.affinity, deciding.request);
        if (!session.backend.empty() && session.backend == backendHash(upstream)) {
            return main;
        }
        if (!session.backend.empty() && session.backend == backendHash(plan_->upstream(other))) {
            return other;
        }
    }
    const bool isCanary = isForCanary(*upstream.canary,
                                      tables_->canaryPatterns[main.index()],
                                      deciding.request,
                                      deciding.worker.random());
    deciding.note("canary", isCanary ? "goes to the canary" : "stays");
    return isCanary ? other : main;
}

std::size_t FrontDoor::pick(Deciding& deciding, UpstreamId id, std::span<const bool> usable) const
{
    const plan::Upstream& upstream = plan_->upstream(id);
    const auto& hashes = tables_->endpointHashes[id.index()];
    if (upstream.affinity) {
        const SessionKey session = sessionKey(*upstream.affinity, deciding.request);
        const std::string backend = backendHash(upstream);
        const bool isKnown =
            !session.key.empty() && (session.backend.empty() || session.backend == backend);
        const std::string key =
            isKnown ? std::string(session.key) : freshSessionKey(deciding.worker.random());
        if (!isKnown && deciding.policy.setsSessionCookie) {
            deciding.decision.answerFields += sessionCookie(*upstream.affinity,
                                                            key,
                                                            backend,
                                                            deciding.policy.sessionCookiePath,
                                                            deciding.request);
        }
        if (!upstream.isServiceAddress) {
            return balancing::pickByHash(balancing::stableHash(key), hashes, usable);
        }
    } else if (!upstream.hashBy.empty() && !upstream.isServiceAddress) {
        const std::string key =
            hashKey(upstream.hashBy, deciding.request, clientOf(deciding.request));
        const std::uint64_t hash = balancing::stableHash(key);
        return upstream.hashSubsetSize > 0 ? pickOfSubset(deciding, upstream, hash, usable)
                                           : balancing::pickByHash(hash, hashes, usable);
    }
    return deciding.worker.balancer(id).pick(usable);
}

/// Subsets of neighbours in the order of the names, the last one filled up from the front: the hash
/// chooses the subset, chance one of it. Source: ingress-nginx lua balancer/chashsubset.lua
std::size_t FrontDoor::pickOfSubset(Deciding& deciding,
                                    const plan::Upstream& upstream,
                                    std::uint64_t hash,
                                    std::span<const bool> usable) const
{
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < usable.size(); ++i) {
        if (usable[i]) {
            ready.push_back(i);
        }
    }
    const auto nameOf = [&](std::size_t i) -> const std::string& {
        return plan_->endpoint(upstream.endpoints[i]).name;
    };
    std::sort(ready.begin(), ready.end(), [&](std::size_t a, std::size_t b) {
        return nameOf(a) < nameOf(b);
    });
    const auto size = static_cast<std::size_t>(upstream.hashSubsetSize);
    std::vector<std::uint64_t> subsets;
    for (std::size_t first = 0; first < ready.size(); first += size) {
        subsets.push_back(balancing::stableHash("set" + std::to_string(first)));
    }
    std::array<bool, endpointsMax> all{};
    all.fill(true);
    const std::size_t subset = balancing::pickByHash(hash, subsets, all);
    const auto one = static_cast<std::size_t>(deciding.worker.random().below(size));
    return ready[(subset * size + one) % ready.size()];
}

} // namespace lab::frontdoor
