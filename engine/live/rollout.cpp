#include "live/rollout.hpp"

#include "certificates/password_hash.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace lab::live {
namespace {

std::vector<std::string> hopFieldsOf(const plan::FrontDoorPlan& plan, const plan::Door& door)
{
    std::vector<std::string> fields;
    if (plan.pods.empty()) {
        return fields; // nobody would read them, and there may be ten thousand
    }
    fields.reserve(door.routes.size());
    for (const plan::Route& route : door.routes) {
        const std::string service =
            route.upstream.isValid() ? plan.upstream(route.upstream).fullService() : std::string();
        fields.push_back(std::string(hopField) + ": " + service + ';' + route.ingress + "\r\n");
    }
    return fields;
}

/// None where connections are HTTP's and nobody is kept out.
std::unique_ptr<frontdoor::L4Door> l4DoorOf(const std::shared_ptr<const plan::FrontDoorPlan>& plan,
                                            DoorId id,
                                            const frontdoor::L4Door* before)
{
    const plan::Door& door = plan->door(id);
    if (door.mode == plan::DoorMode::Http && door.sourceRanges.empty()) {
        return nullptr;
    }
    return std::make_unique<frontdoor::L4Door>(plan, id, before);
}

/// The time that a pod takes, where one of its Services has one: the first.
std::map<EndpointId, Duration> latenciesOf(const plan::FrontDoorPlan& plan,
                                           const LiveOptions& options)
{
    std::map<EndpointId, Duration> latencies;
    for (const plan::Upstream& upstream : plan.upstreams) {
        const auto found = options.podLatency.find(upstream.fullService());
        if (found != options.podLatency.end()) {
            for (const EndpointId endpoint : upstream.endpoints) {
                latencies.emplace(endpoint, found->second);
            }
        }
    }
    return latencies;
}

const ServedPlan* planOfStyle(const Rollout* rollout, plan::Style style)
{
    if (rollout != nullptr) {
        for (const auto& served : rollout->served) {
            if (served->plan->style == style) {
                return served.get();
            }
        }
    }
    return nullptr;
}

/// Those of the same name go on with the limits and the memory of the plan before.
void addDeciders(ServedPlan& next, const ServedPlan* before)
{
    std::unordered_map<std::string_view, std::size_t> old;
    for (std::size_t i = 0; before != nullptr && i < before->plan->doors.size(); ++i) {
        old.emplace(before->plan->doors[i].name, i);
    }
    const auto tables = std::make_shared<const frontdoor::UpstreamTables>(*next.plan);
    for (std::size_t i = 0; i < next.plan->doors.size(); ++i) {
        const plan::Door& door = next.plan->doors[i];
        const auto found = old.find(door.name);
        const bool isKnown = found != old.end();
        next.doors.push_back(std::make_unique<const frontdoor::FrontDoor>(
            next.plan,
            DoorId(i),
            certificates::matches,
            tables,
            isKnown ? before->doors[found->second].get() : nullptr));
        next.l4Doors.push_back(l4DoorOf(
            next.plan, DoorId(i), isKnown ? before->l4Doors[found->second].get() : nullptr));
        next.hopFields.push_back(hopFieldsOf(*next.plan, door));
    }
    for (const plan::PlannedNode& node : next.plan->nodes) {
        next.nodeAddresses.push_back(*socketAddress(node.address, 0));
    }
}

Result<void> addCertificates(ServedPlan& next, CertificateStore& store)
{
    const auto loaded = store.load(*next.plan);
    if (!loaded) {
        return loaded.error();
    }
    for (const plan::Door& door : next.plan->doors) {
        DoorCertificates& certificates = next.certificates.emplace_back();
        for (const plan::NamedCertificate& named : door.certificates) {
            certificates.add(named.host, (*loaded)[named.certificate.index()]);
        }
        if (door.defaultCertificate.isValid()) {
            certificates.setDefault((*loaded)[door.defaultCertificate.index()]);
        }
    }
    return {};
}

void addDoorAddresses(ServedPlan& next, const std::vector<BoundSocket>& bound)
{
    next.controllers.resize(next.plan->doors.size());
    std::map<std::pair<DoorId, bool>, std::uint16_t> httpPorts;
    for (const BoundSocket& socket : bound) {
        if (!socket.port.isTls) {
            httpPorts.emplace(std::pair(socket.door, socket.isProxied), socket.address.port());
        }
    }
    for (const BoundSocket& socket : bound) {
        const auto http = httpPorts.find({socket.door, socket.isProxied});
        if (socket.port.isTls && http != httpPorts.end()) {
            next.siblingPorts.emplace(http->second, socket.address.port());
        }
        if (socket.isProxied) {
            ControllerAddresses& addresses = next.controllers[socket.door.index()];
            (socket.port.isTls ? addresses.https : addresses.http) = socket.address;
        }
    }
}

} // namespace

Rollout::Rollout(const LiveOptions& options, LabPods& labPods, const Rollout* before)
    : book(options.listen, before == nullptr ? nullptr : &before->book)
    , pods(labPods)
    , generation(before == nullptr ? 0 : before->generation + 1)
{
}

Result<Rollout> Rollout::prepare(const Plans& plans,
                                 const LiveOptions& options,
                                 const RolloutParts& parts,
                                 const Rollout* before)
{
    Rollout next(options, parts.pods, before);
    for (const auto& plan : plans) {
        if (const auto added = next.add(plan, options, parts, before); !added) {
            return added.error();
        }
    }
    if (!options.keepCertificatesIn.empty()) {
        if (const auto kept = parts.certificates.keepIn(options.keepCertificatesIn); !kept) {
            return kept.error();
        }
    }
    return next;
}

Result<void> Rollout::add(const std::shared_ptr<const plan::FrontDoorPlan>& plan,
                          const LiveOptions& options,
                          const RolloutParts& parts,
                          const Rollout* before)
{
    const Result<std::uint8_t> number = parts.numbers.next();
    if (!number) {
        return number.error();
    }
    const std::shared_ptr<ServedPlan> next = parts.retirement.share(ServedPlan{});
    next->plan = plan;
    next->options = options;
    next->options.listen = {}; // an address a door: only for binding
    next->number = *number;
    next->generation = generation;
    auto bound = book.bind(*plan);
    if (!bound) {
        return bound.error();
    }
    if (const auto added = addEndpoints(*next, options, parts.addresses); !added) {
        return added;
    }
    if (const auto added = addCertificates(*next, parts.certificates); !added) {
        return added;
    }
    addDeciders(*next, planOfStyle(before, plan->style));
    addDoorAddresses(*next, *bound);
    report(*plan, *bound);
    sockets.push_back(std::move(*bound));
    served.push_back(next);
    return {};
}

Result<SocketAddress> Rollout::addressOf(const plan::FrontDoorPlan& plan,
                                         const plan::Endpoint& endpoint,
                                         Duration latency,
                                         const LiveOptions& options)
{
    if (!endpoint.address.empty()) {
        return socketAddress(endpoint.address);
    }
    const plan::PlannedPod& pod = plan.pods[endpoint.pod.index()];
    const std::string name = pod.nameSpace + '/' + pod.name;
    PodPort wanted{pod.nameSpace, pod.name, endpoint.targetPort, latency, {}};
    if (const auto fault = options.podFaults.find(name); fault != options.podFaults.end()) {
        wanted.fault = fault->second;
    }
    return pods.addressOf(name + ':' + std::to_string(endpoint.targetPort), wanted);
}

Result<void>
Rollout::addEndpoints(ServedPlan& next, const LiveOptions& options, AddressNumbers& numbers)
{
    const std::size_t count = next.plan->endpoints.size();
    next.endpoints.reserve(count);
    const auto latencies = latenciesOf(*next.plan, options);
    for (std::size_t i = 0; i < count; ++i) {
        const auto found = latencies.find(EndpointId(i));
        const Duration latency = found == latencies.end() ? Duration{} : found->second;
        const auto address = addressOf(*next.plan, next.plan->endpoints[i], latency, options);
        if (!address) {
            return address.error();
        }
        next.endpoints.add(*address, numbers.numberOf(next.plan->style, address->text()));
    }
    return {};
}

void Rollout::report(const plan::FrontDoorPlan& plan, const std::vector<BoundSocket>& bound)
{
    const std::size_t first = doors.size();
    doors.reserve(first + plan.doors.size());
    for (std::size_t i = 0; i < plan.doors.size(); ++i) {
        const plan::Door& door = plan.doors[i];
        doors.push_back({plan.style, DoorId(i), door.name, door.role, {}});
    }
    for (const BoundSocket& socket : bound) {
        if (!socket.isProxied) {
            doors[first + socket.door.index()].ports.push_back(
                {socket.port.number,
                 socket.port.isTls,
                 socket.address.text(),
                 socket.node.isValid() ? plan.node(socket.node).name : ""});
        }
    }
}

} // namespace lab::live
