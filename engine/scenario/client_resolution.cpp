#include "scenario/client_resolution.hpp"

#include "base/check.hpp"
#include "base/quoted.hpp"
#include "frontdoor/front_door.hpp"
#include "routing/request_path.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace lab::scenario {
namespace {

/// The Service whose route takes the request at a controller, or "".
std::string decidedService(const std::shared_ptr<const plan::FrontDoorPlan>& plan,
                           DoorId controller,
                           const ResolvedUrl& url,
                           const std::string& method)
{
    std::string hostBuffer;
    std::string pathBuffer;
    const std::optional<std::string_view> path = routing::normalisedPath(url.target, pathBuffer);
    if (!path) {
        return {};
    }
    frontdoor::RequestView request;
    request.method = method;
    request.host = routing::normalisedHost(url.host, hostBuffer);
    request.path = *path;
    request.target = url.target;
    request.isTls = url.isTls;
    // A door and a state of its own: its bucket is full, and nobody else's turn is taken.
    const frontdoor::FrontDoor door(plan, controller);
    frontdoor::WorkerState worker(*plan, Random(1));
    const frontdoor::Decision decision = door.decide(request, Instant{}, worker);
    if (!decision.upstream.isValid()) {
        return {}; // no route, a redirect, or a refusal that no pod would see
    }
    // The route's own Service: a canary is no address of its own.
    const UpstreamId upstream = door.door().routes[decision.route.index()].upstream;
    return plan->upstream(upstream).fullService();
}

live::LoadDestination
destination(const ResolvedUrl& url, const std::string& service, std::string address)
{
    live::LoadDestination to;
    to.hasDoor = !address.empty();
    to.address = std::move(address);
    to.isTls = url.isTls;
    to.host = url.host;
    to.target = url.target;
    to.service = service;
    return to;
}

std::string
addressOf(const live::ReadyState& ready, plan::Style style, std::optional<DoorId> door, bool isTls)
{
    return door ? ready.addressOf(style, *door, isTls) : std::string();
}

} // namespace

std::optional<DoorId> ingressDoor(const plan::FrontDoorPlan& plan)
{
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        if (!plan.doors[i].replicas.empty()) {
            return DoorId(i);
        }
    }
    return std::nullopt;
}

std::optional<DoorId> serviceDoor(const plan::FrontDoorPlan& plan, std::string_view service)
{
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const plan::Door& door = plan.doors[i];
        if (door.role == plan::DoorRole::LoadBalancer && door.service == service) {
            return DoorId(i);
        }
    }
    return std::nullopt;
}

ResolvedUrl resolveUrl(const std::string& text,
                       const std::string& method,
                       const std::shared_ptr<const plan::FrontDoorPlan>& ingress)
{
    const auto url = boost::urls::parse_uri(text);
    check(url.has_value(), "the scenario reader lets no other URLs pass");
    ResolvedUrl resolved;
    resolved.isTls = url->scheme_id() == boost::urls::scheme::https;
    resolved.host = std::string(url->encoded_host_and_port());
    resolved.target = std::string(url->encoded_target());
    if (resolved.target.empty() || resolved.target.front() != '/') {
        resolved.target.insert(0, "/");
    }
    if (const std::optional<DoorId> door = ingressDoor(*ingress)) {
        resolved.service =
            decidedService(ingress, ingress->door(*door).replicas.front(), resolved, method);
    }
    return resolved;
}

ClientDestinations resolveClients(const Scenario& scenario,
                                  const std::shared_ptr<const plan::FrontDoorPlan>& perService,
                                  const std::shared_ptr<const plan::FrontDoorPlan>& ingress,
                                  const live::ReadyState& ready)
{
    ClientDestinations clients;
    clients.perService.name = plan::toText(plan::Style::PerService);
    clients.ingress.name = plan::toText(plan::Style::Ingress);
    const std::optional<DoorId> front = ingressDoor(*ingress);
    for (std::size_t t = 0; t < scenario.traffic.size(); ++t) {
        auto& ownDoors = clients.perService.destinations.emplace_back();
        auto& oneDoor = clients.ingress.destinations.emplace_back();
        for (std::size_t e = 0; e < scenario.traffic[t].mix.size(); ++e) {
            const workload::MixEntry& entry = scenario.traffic[t].mix[e];
            const ResolvedUrl url = resolveUrl(entry.url, entry.method, ingress);
            const std::string& service = entry.service.empty() ? url.service : entry.service;
            const std::optional<DoorId> own = serviceDoor(*perService, service);
            ownDoors.push_back(destination(
                url, service, addressOf(ready, plan::Style::PerService, own, url.isTls)));
            oneDoor.push_back(destination(
                url, url.service, addressOf(ready, plan::Style::Ingress, front, url.isTls)));
            if (!ownDoors.back().hasDoor || !oneDoor.back().hasDoor) {
                const bool isOwn = !ownDoors.back().hasDoor;
                clients.findings.push_back(
                    {Severity::Warning,
                     "no-door",
                     scenario.mixPlaces[t][e],
                     quoted(entry.url) + " has no door in the " +
                         std::string(isOwn ? clients.perService.name : clients.ingress.name) +
                         " style",
                     url.service.empty() ? "no route of the ingress takes it"
                                         : "its requests count as \"no door\" there"});
            }
        }
    }
    return clients;
}

} // namespace lab::scenario
