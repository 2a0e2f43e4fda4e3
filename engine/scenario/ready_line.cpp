#include "scenario/ready_line.hpp"

#include "report/json_text.hpp"
#include "scenario/client_resolution.hpp"

#include <boost/json.hpp>

namespace lab::scenario {
namespace {

namespace json = boost::json;

json::value orNull(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

/// {"http":"127.0.0.1:8080","https":"127.0.0.1:8443"}
json::object byScheme(const live::BoundDoor& door)
{
    json::object schemes;
    for (const live::BoundPort& port : door.ports) {
        schemes[port.isTls ? "https" : "http"] = port.address;
    }
    return schemes;
}

/// {"80":"127.0.1.1:8080"}
json::object byPort(const live::BoundDoor& door)
{
    json::object ports;
    for (const live::BoundPort& port : door.ports) {
        ports[std::to_string(port.publicPort)] = port.address;
    }
    return ports;
}

/// {"30080":{"node-a":"127.0.2.1:30080"}}
json::object byNodePort(const live::BoundDoor& door)
{
    json::object ports;
    for (const live::BoundPort& port : door.ports) {
        json::value& nodes = ports[std::to_string(port.publicPort)];
        if (!nodes.is_object()) {
            nodes.emplace_object();
        }
        nodes.get_object()[port.node] = port.address;
    }
    return ports;
}

/// The object under that key, made where there is none.
json::object& objectAt(json::object& map, const std::string& key)
{
    json::value& value = map[key];
    return value.is_object() ? value.get_object() : value.emplace_object();
}

} // namespace

std::string readyLine(const live::ReadyState& ready,
                      const plan::FrontDoorPlan& perService,
                      const plan::FrontDoorPlan& ingress,
                      const std::string& caPath,
                      const EventHead& head)
{
    json::object own;
    json::object shared;
    json::object others;
    json::array controllers;
    const std::optional<DoorId> front = ingressDoor(ingress);
    for (const live::BoundDoor& door : ready.doors) {
        const bool isIngress = door.style == plan::Style::Ingress;
        if (door.role == plan::DoorRole::Controller) {
            json::object controller{{"pod", door.name}};
            for (const auto& [scheme, address] : byScheme(door)) {
                controller[scheme] = address;
            }
            controllers.push_back(std::move(controller));
        } else if (isIngress && front == door.door) {
            for (const auto& [scheme, address] : byScheme(door)) {
                shared[scheme] = address;
            }
        } else if (door.role == plan::DoorRole::NodePort) {
            const plan::Door& planned = (isIngress ? ingress : perService).door(door.door);
            json::object& service = isIngress ? shared : objectAt(own, planned.service);
            service["nodePorts"] = byNodePort(door);
        } else {
            const plan::Door& planned = (isIngress ? ingress : perService).door(door.door);
            const std::string& name = planned.service.empty() ? door.name : planned.service;
            objectAt(isIngress ? others : own, name)["ports"] = byPort(door);
        }
    }
    if (!others.empty()) {
        shared["services"] = std::move(others); // what is not HTTP stays a load balancer
    }
    json::object line{{"event", json::string(head.event)}, {"pid", head.pid}};
    if (head.generation > 0) {
        const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(head.took);
        line["generation"] = head.generation;
        line["config"] = head.digest;
        line["milliseconds"] = report::toJsonNumber(static_cast<double>(micros.count()) / 1000, 3);
    }
    line["admin"] = orNull(ready.adminAddress);
    line["ca"] = orNull(caPath);
    line["doors"] = json::object{{"ingress", std::move(shared)}, {"per-service", std::move(own)}};
    line["controllers"] = std::move(controllers);
    return json::serialize(line);
}

} // namespace lab::scenario
