#include "conformance/pure_l4.hpp"

#include "conformance/raw_request.hpp"

#include <algorithm>

namespace lab::conformance {
namespace {

using frontdoor::L4Decision;

std::string clientOf(const CaseRequest& request, int number)
{
    return request.clientIps.empty()
               ? request.clientIp
               : request.clientIps[static_cast<std::size_t>(number) % request.clientIps.size()];
}

} // namespace

PureL4::PureL4(std::shared_ptr<const plan::FrontDoorPlan> plan, std::vector<Fault> faults)
    : plan_(std::move(plan))
    , faults_(std::move(faults))
{
}

PureL4::Entrance PureL4::entranceOf(const Via& via) const
{
    const bool isNodePort = via.kind == Via::Kind::NodePort;
    for (std::size_t i = 0; i < plan_->doors.size(); ++i) {
        const plan::Door& door = plan_->doors[i];
        if (isNodePort != (door.role == plan::DoorRole::NodePort) ||
            (!isNodePort && door.service != via.service)) {
            continue;
        }
        const auto node = std::find_if(door.nodes.begin(), door.nodes.end(), [&](NodeId id) {
            return plan_->node(id).name == via.node;
        });
        for (std::size_t port = 0; port < door.ports.size(); ++port) {
            if (door.ports[port].number == via.port && (!isNodePort || node != door.nodes.end())) {
                return {DoorId(i), port, isNodePort ? *node : NodeId()};
            }
        }
    }
    return {};
}

frontdoor::L4Door& PureL4::doorAt(DoorId id)
{
    std::unique_ptr<frontdoor::L4Door>& door = doors_[id];
    if (!door) {
        door = std::make_unique<frontdoor::L4Door>(plan_, id);
    }
    return *door;
}

std::vector<Exchange> PureL4::send(const CaseRequest& request, Instant now)
{
    std::vector<Exchange> exchanges;
    const Entrance entrance = entranceOf(request.via);
    const bool isOpen = entrance.door.isValid();
    const bool isHealth = isOpen && plan_->door(entrance.door).ports[entrance.port].answersHealth;
    L4Decision held; // a connection stays with its pod; every new one chooses
    for (int i = 0; i < request.repeat; ++i) {
        Exchange exchange;
        exchange.isConnected = false;
        if (isHealth) {
            exchange = health(entrance);
        } else if (isOpen) {
            if (!held.isPassed() || !request.keepAlive) {
                held =
                    doorAt(entrance.door)
                        .decide({entrance.port, entrance.node, clientOf(request, i)}, now, random_);
            }
            if (held.endpoint.isValid()) {
                fill(request, entrance, held, exchange);
                exchange.seen.target = numbered(request.path, i);
            }
        }
        exchanges.push_back(std::move(exchange));
    }
    return exchanges;
}

Exchange PureL4::health(const Entrance& entrance)
{
    const std::size_t endpoints = doorAt(entrance.door).localEndpoints(entrance.node);
    Exchange exchange;
    exchange.status = endpoints > 0 ? 200 : 503;
    exchange.body = "{\"localEndpoints\": " + std::to_string(endpoints) + '}';
    return exchange;
}

void PureL4::fill(const CaseRequest& request,
                  const Entrance& entrance,
                  const L4Decision& decision,
                  Exchange& exchange) const
{
    const plan::Endpoint& endpoint = plan_->endpoint(decision.endpoint);
    const std::string pod = endpoint.name.substr(0, endpoint.name.rfind(':'));
    const auto fault = std::find_if(
        faults_.begin(), faults_.end(), [&](const Fault& one) { return one.pod == pod; });
    exchange.status = 200;
    if (fault != faults_.end()) {
        if (fault->kind == Fault::Kind::Refuse || fault->kind == Fault::Kind::Hang) {
            return; // nobody tries another one
        }
        exchange.status = fault->kind == Fault::Kind::Status ? fault->status : 200;
        exchange.elapsed += fault->delay;
    }
    const UpstreamId upstream = plan_->door(entrance.door).ports[entrance.port].upstream;
    exchange.isConnected = true;
    exchange.pod = pod;
    exchange.service = plan_->upstream(upstream).fullService();
    exchange.servicePort = plan_->upstream(upstream).servicePort;
    exchange.targetPort = endpoint.targetPort;
    exchange.sawClient = decision.source == L4Decision::Source::Client;
    exchange.seen = {request.method, request.path, request.host, request.headers};
}

} // namespace lab::conformance
