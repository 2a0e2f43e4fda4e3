#include "scenario/client_resolution.hpp"

#include "base/check.hpp"
#include "base/quoted.hpp"
#include "frontdoor/front_door.hpp"
#include "routing/request_path.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

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

/// At that door, if it has such a port.
ClientDoor clientDoor(const ResolvedUrl& url,
                      const std::string& service,
                      const plan::FrontDoorPlan& plan,
                      std::optional<DoorId> door)
{
    ClientDoor to;
    to.isTls = url.isTls;
    to.host = url.host;
    to.target = url.target;
    to.service = service;
    if (door) {
        const auto& ports = plan.door(*door).ports;
        const auto port = std::ranges::find_if(ports, [&](const plan::DoorPort& one) {
            return one.isTls == url.isTls && !one.answersHealth;
        });
        to.port = static_cast<std::size_t>(port - ports.begin());
        to.door = port == ports.end() ? std::nullopt : door;
    }
    return to;
}

live::LoadStyle loadStyle(const std::vector<std::vector<ClientDoor>>& doors,
                          plan::Style style,
                          const live::ReadyState& ready)
{
    live::LoadStyle made;
    made.name = plan::toText(style);
    for (const auto& traffic : doors) {
        auto& destinations = made.destinations.emplace_back();
        for (const ClientDoor& door : traffic) {
            live::LoadDestination to;
            to.address = door.door ? ready.addressOf(style, *door.door, door.isTls) : "";
            to.hasDoor = !to.address.empty();
            to.isTls = door.isTls;
            to.host = door.host;
            to.target = door.target;
            to.service = door.service;
            destinations.push_back(std::move(to));
        }
    }
    return made;
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

ClientDoors resolveDoors(const Scenario& scenario,
                         const std::shared_ptr<const plan::FrontDoorPlan>& perService,
                         const std::shared_ptr<const plan::FrontDoorPlan>& ingress)
{
    ClientDoors clients;
    const std::optional<DoorId> front = ingressDoor(*ingress);
    for (std::size_t t = 0; t < scenario.traffic.size(); ++t) {
        auto& ownDoors = clients.perService.emplace_back();
        auto& oneDoor = clients.ingress.emplace_back();
        for (std::size_t e = 0; e < scenario.traffic[t].mix.size(); ++e) {
            const workload::MixEntry& entry = scenario.traffic[t].mix[e];
            const ResolvedUrl url = resolveUrl(entry.url, entry.method, ingress);
            const std::string& service = entry.service.empty() ? url.service : entry.service;
            ownDoors.push_back(
                clientDoor(url, service, *perService, serviceDoor(*perService, service)));
            oneDoor.push_back(clientDoor(url, url.service, *ingress, front));
            if (!ownDoors.back().door || !oneDoor.back().door) {
                const plan::Style without =
                    ownDoors.back().door ? plan::Style::Ingress : plan::Style::PerService;
                clients.findings.push_back({Severity::Warning,
                                            "no-door",
                                            scenario.mixPlaces[t][e],
                                            quoted(entry.url) + " has no door in the " +
                                                std::string(plan::toText(without)) + " style",
                                            url.service.empty()
                                                ? "no route of the ingress takes it"
                                                : "its requests count as \"no door\" there"});
            }
        }
    }
    return clients;
}

ClientDestinations resolveClients(const Scenario& scenario,
                                  const std::shared_ptr<const plan::FrontDoorPlan>& perService,
                                  const std::shared_ptr<const plan::FrontDoorPlan>& ingress,
                                  const live::ReadyState& ready)
{
    ClientDoors doors = resolveDoors(scenario, perService, ingress);
    return {loadStyle(doors.perService, plan::Style::PerService, ready),
            loadStyle(doors.ingress, plan::Style::Ingress, ready),
            std::move(doors.findings)};
}

} // namespace lab::scenario
