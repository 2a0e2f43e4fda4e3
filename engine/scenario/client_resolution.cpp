#include "scenario/client_resolution.hpp"

#include "base/check.hpp"
#include "base/quoted.hpp"
#include "routing/request_path.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <unordered_map>

namespace lab::scenario {
namespace {

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

/// The load balancers of the per-service plan, by their Services.
std::unordered_map<std::string_view, DoorId> serviceDoors(const plan::FrontDoorPlan& plan)
{
    std::unordered_map<std::string_view, DoorId> doors;
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        if (plan.doors[i].role == plan::DoorRole::LoadBalancer) {
            doors.try_emplace(plan.doors[i].service, i);
        }
    }
    return doors;
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

UrlResolver::UrlResolver(std::shared_ptr<const plan::FrontDoorPlan> ingress)
    : plan_(std::move(ingress))
    , tables_(std::make_shared<const frontdoor::UpstreamTables>(*plan_))
    , worker_(*plan_, Random(1))
{
    if (const std::optional<DoorId> door = ingressDoor(*plan_)) {
        controller_ = plan_->door(*door).replicas.front();
    }
}

ResolvedUrl UrlResolver::resolve(const std::string& text, const std::string& method)
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
    if (controller_) {
        resolved.service = serviceOf(resolved, method);
    }
    return resolved;
}

std::string UrlResolver::serviceOf(const ResolvedUrl& url, const std::string& method)
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
    // A door of its own for each URL: its buckets are full.
    const frontdoor::FrontDoor door(plan_, *controller_, {}, tables_);
    const frontdoor::Decision decision = door.decide(request, Instant{}, worker_);
    if (decision.endpoint.isValid()) {
        door.finished(decision.upstream, decision.endpoint, worker_);
    }
    if (!decision.upstream.isValid()) {
        return {}; // no route, a redirect, or a refusal that no pod would see
    }
    // The route's own Service: a canary is no address of its own.
    const UpstreamId upstream = door.door().routes[decision.route.index()].upstream;
    return plan_->upstream(upstream).fullService();
}

ClientDoors resolveDoors(const Scenario& scenario,
                         const std::shared_ptr<const plan::FrontDoorPlan>& perService,
                         const std::shared_ptr<const plan::FrontDoorPlan>& ingress)
{
    ClientDoors clients;
    const std::optional<DoorId> front = ingressDoor(*ingress);
    UrlResolver resolver(ingress);
    const auto doors = serviceDoors(*perService);
    for (std::size_t t = 0; t < scenario.traffic.size(); ++t) {
        auto& ownDoors = clients.perService.emplace_back();
        auto& oneDoor = clients.ingress.emplace_back();
        for (std::size_t e = 0; e < scenario.traffic[t].mix.size(); ++e) {
            const workload::MixEntry& entry = scenario.traffic[t].mix[e];
            const ResolvedUrl url = resolver.resolve(entry.url, entry.method);
            const std::string& service = entry.service.empty() ? url.service : entry.service;
            const auto own = doors.find(service);
            ownDoors.push_back(
                clientDoor(url,
                           service,
                           *perService,
                           own == doors.end() ? std::nullopt : std::optional(own->second)));
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
