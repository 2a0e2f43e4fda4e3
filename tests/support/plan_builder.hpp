#pragma once

#include "plan/front_door_plan.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lab::test {

/// Makes small plans by hand: pods, upstreams, then the doors in front of them.
class PlanBuilder {
public:
    explicit PlanBuilder(plan::Style style = plan::Style::Ingress,
                         plan::Profile profile = plan::Profile::Spec)
    {
        plan_.style = style;
        plan_.profile = profile;
    }

    /// A machine of the cluster.
    NodeId node(const std::string& name)
    {
        const std::string number = std::to_string(plan_.nodes.size() + 1);
        plan_.nodes.push_back({name, "127.0.2." + number, false});
        return NodeId(plan_.nodes.size() - 1);
    }

    /// A pod of the lab's own, that the engine starts.
    EndpointId pod(const std::string& name, bool isReady = true)
    {
        plan_.pods.push_back({"shop", name, "node-1", {8080}});
        plan::Endpoint endpoint;
        endpoint.name = "shop/" + name + ":8080";
        endpoint.pod = PodId(plan_.pods.size() - 1);
        endpoint.targetPort = 8080;
        endpoint.isReady = isReady;
        plan_.endpoints.push_back(endpoint);
        return EndpointId(plan_.endpoints.size() - 1);
    }

    /// A backend that the test itself plays at that address.
    EndpointId backend(const std::string& address)
    {
        plan::Endpoint endpoint;
        endpoint.name = address;
        endpoint.address = address;
        plan_.endpoints.push_back(endpoint);
        return EndpointId(plan_.endpoints.size() - 1);
    }

    UpstreamId upstream(const std::string& service, std::vector<EndpointId> endpoints)
    {
        plan::Upstream upstream;
        upstream.nameSpace = "shop";
        upstream.service = service;
        upstream.servicePort = 80;
        upstream.endpoints = std::move(endpoints);
        plan_.upstreams.push_back(std::move(upstream));
        return UpstreamId(plan_.upstreams.size() - 1);
    }

    CertificateId certificate(std::vector<std::string> names)
    {
        plan::PlannedCertificate wanted;
        wanted.name = "lab:" + names.front();
        wanted.dnsNames = std::move(names);
        plan_.certificates.push_back(std::move(wanted));
        return CertificateId(plan_.certificates.size() - 1);
    }

    /// A door with a plain port 80, without routes.
    DoorId door(const std::string& name, plan::DoorMode mode = plan::DoorMode::Http)
    {
        plan::Door door;
        door.name = name;
        door.mode = mode;
        door.ports = {{80, false, {}}};
        plan_.doors.push_back(std::move(door));
        return DoorId(plan_.doors.size() - 1);
    }

    /// A tcp door's port goes to that upstream; without one, an http door's port 443 is added.
    void addTlsPort(DoorId door, CertificateId fallback, UpstreamId upstream = {})
    {
        at(door).ports.push_back({443, true, upstream});
        at(door).defaultCertificate = fallback;
    }

    /// Prefix path, for one host or (empty) for any.
    void route(DoorId door, const std::string& host, const std::string& path, UpstreamId upstream)
    {
        plan::Door& changed = at(door);
        std::vector<routing::RouteRule> rules = changed.table.rules();
        rules.push_back({host, routing::PathKind::Prefix, path, RouteId(changed.routes.size())});
        plan::Route route;
        route.name = "shop/web " + path;
        route.ingress = "shop/web";
        route.host = host;
        route.path = path;
        route.upstream = upstream;
        changed.routes.push_back(std::move(route));
        changed.table = routing::RouteTable(std::move(rules));
    }

    /// A replica behind a cloud door that speaks PROXY v2 to it.
    DoorId controllerOf(DoorId cloud, const std::string& name)
    {
        const DoorId replica = door(name);
        at(replica).role = plan::DoorRole::Controller;
        at(cloud).replicas.push_back(replica);
        return replica;
    }

    [[nodiscard]] plan::Door& at(DoorId door) { return plan_.doors[door.index()]; }
    [[nodiscard]] plan::Endpoint& at(EndpointId id) { return plan_.endpoints[id.index()]; }
    [[nodiscard]] plan::FrontDoorPlan& raw() { return plan_; }
    [[nodiscard]] std::shared_ptr<const plan::FrontDoorPlan> build() const
    {
        return std::make_shared<const plan::FrontDoorPlan>(plan_);
    }

private:
    plan::FrontDoorPlan plan_;
};

/// One http door that sends every request to that backend.
inline std::shared_ptr<const plan::FrontDoorPlan>
planTo(const std::vector<std::string>& addresses, plan::Profile profile = plan::Profile::Spec)
{
    PlanBuilder builder(plan::Style::Ingress, profile);
    std::vector<EndpointId> endpoints;
    for (const std::string& address : addresses) {
        endpoints.push_back(builder.backend(address));
    }
    const UpstreamId upstream = builder.upstream("cart", endpoints);
    builder.route(builder.door("ingress"), "", "/", upstream);
    return builder.build();
}

} // namespace lab::test
