#include "scenario/state_pages.hpp"

#include "certificates/certificate_info.hpp"
#include "frontdoor/front_door.hpp"
#include "report/json_text.hpp"
#include "scenario/policy_json.hpp"
#include "scenario/query_string.hpp"

#include <boost/json.hpp>

#include <array>

namespace lab::scenario {
namespace {

namespace json = boost::json;
using report::toJsonString;

/// What the pages are made from.
struct Served {
    const ServedPlans& plans;
    const live::LiveEngine* engine;
    live::ReadyState ready; ///< Of the engine.
};

json::value orNull(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(toJsonString(text));
}

json::array listOf(const std::vector<std::string>& texts)
{
    json::array list;
    for (const std::string& text : texts) {
        list.push_back(toJsonString(text));
    }
    return list;
}

json::string styleOf(const plan::FrontDoorPlan& plan)
{
    return json::string(plan::toText(plan.style));
}

std::string_view toText(plan::DoorRole role)
{
    switch (role) {
    case plan::DoorRole::LoadBalancer:
        return "load-balancer";
    case plan::DoorRole::Controller:
        return "controller";
    case plan::DoorRole::NodePort:
        return "node-port";
    }
    return "";
}

json::array portsOf(const Served& served, const plan::FrontDoorPlan& plan, DoorId id)
{
    json::array ports;
    if (served.engine == nullptr) {
        return ports;
    }
    for (const live::BoundDoor& bound : served.ready.doors) {
        if (bound.style != plan.style || bound.door != id) {
            continue;
        }
        for (const live::BoundPort& port : bound.ports) {
            ports.push_back(json::object{{"port", port.publicPort},
                                         {"tls", port.isTls},
                                         {"address", port.address},
                                         {"node", orNull(port.node)}});
        }
    }
    return ports;
}

json::array doorsOf(const Served& served)
{
    json::array list;
    for (const auto& plan : served.plans) {
        for (std::size_t i = 0; i < plan->doors.size(); ++i) {
            const plan::Door& door = plan->doors[i];
            list.push_back(json::object{{"style", styleOf(*plan)},
                                        {"name", toJsonString(door.name)},
                                        {"role", json::string(toText(door.role))},
                                        {"mode", json::string(plan::toText(door.mode))},
                                        {"service", orNull(door.service)},
                                        {"hosts", listOf(door.hosts)},
                                        {"ports", portsOf(served, *plan, DoorId(i))},
                                        {"routes", door.routes.size()},
                                        {"derived", door.isDerived},
                                        {"source", orNull(lab::toText(door.place))}});
        }
    }
    return list;
}

/// By RouteId: how its path is compared. A route without a rule is reached by none.
std::vector<std::string_view> matchKindsOf(const plan::Door& door)
{
    std::vector<std::string_view> kinds(door.routes.size(), "none");
    for (const routing::RouteRule& rule : door.table.rules()) {
        kinds[rule.route.index()] = rule.kind == routing::PathKind::Exact    ? "exact"
                                    : rule.kind == routing::PathKind::Prefix ? "prefix"
                                                                             : "regex";
    }
    return kinds;
}

json::array routesOf(const Served& served)
{
    json::array list;
    for (const auto& plan : served.plans) {
        for (const plan::Door& door : plan->doors) {
            const std::vector<std::string_view> kinds = matchKindsOf(door);
            for (std::size_t i = 0; i < door.routes.size(); ++i) {
                const plan::Route& route = door.routes[i];
                json::object made{{"style", styleOf(*plan)},
                                  {"door", toJsonString(door.name)},
                                  {"name", toJsonString(route.name)},
                                  {"host", orNull(route.host)},
                                  {"path", toJsonString(route.path)},
                                  {"match", json::string(kinds[i])},
                                  {"service", nullptr},
                                  {"port", nullptr},
                                  {"implicit", route.isImplicitRoot},
                                  {"derived", route.isDerived},
                                  {"source", orNull(lab::toText(route.place))}};
                if (route.upstream.isValid()) {
                    const plan::Upstream& upstream = plan->upstream(route.upstream);
                    made["service"] = toJsonString(upstream.fullService());
                    made["port"] = upstream.servicePort;
                }
                made["policy"] =
                    route.policy ? json::value(policyJson(*route.policy, door)) : nullptr;
                list.push_back(std::move(made));
            }
        }
    }
    return list;
}

/// Where the endpoint really listens; empty: not yet known.
std::string
addressOf(const Served& served, const plan::FrontDoorPlan& plan, const plan::Endpoint& endpoint)
{
    if (!endpoint.address.empty() || served.engine == nullptr || !endpoint.pod.isValid()) {
        return endpoint.address;
    }
    const plan::PlannedPod& pod = plan.pods[endpoint.pod.index()];
    for (const live::BoundPod& bound : served.ready.pods) {
        if (bound.containerPort == endpoint.targetPort &&
            bound.pod == pod.nameSpace + '/' + pod.name) {
            return bound.address;
        }
    }
    return {};
}

json::array endpointsOf(const Served& served)
{
    json::array list;
    for (const auto& plan : served.plans) {
        for (const plan::Upstream& upstream : plan->upstreams) {
            for (const EndpointId id : upstream.endpoints) {
                const plan::Endpoint& endpoint = plan->endpoint(id);
                list.push_back(
                    json::object{{"style", styleOf(*plan)},
                                 {"service", toJsonString(upstream.fullService())},
                                 {"port", upstream.servicePort},
                                 {"name", toJsonString(endpoint.name)},
                                 {"address", orNull(addressOf(served, *plan, endpoint))},
                                 {"ready", endpoint.isReady},
                                 {"lastResort", endpoint.isLastResort},
                                 {"node",
                                  endpoint.node.isValid()
                                      ? json::value(toJsonString(plan->node(endpoint.node).name))
                                      : json::value(nullptr)}});
            }
            if (upstream.endpoints.empty()) {
                list.push_back(json::object{{"style", styleOf(*plan)},
                                            {"service", toJsonString(upstream.fullService())},
                                            {"port", upstream.servicePort},
                                            {"name", nullptr},
                                            {"brokenLink", orNull(upstream.brokenLink)}});
            }
        }
    }
    return list;
}

json::string toJson(plan::PlannedCertificate::Source source)
{
    switch (source) {
    case plan::PlannedCertificate::Source::Secret:
        return "secret";
    case plan::PlannedCertificate::Source::LabIssued:
        return "lab";
    case plan::PlannedCertificate::Source::SelfSigned:
        return "self-signed";
    }
    return "";
}

json::array certificatesOf(const Served& served)
{
    json::array list;
    for (const auto& plan : served.plans) {
        for (const plan::PlannedCertificate& certificate : plan->certificates) {
            json::object made{{"style", styleOf(*plan)},
                              {"name", toJsonString(certificate.name)},
                              {"origin", toJson(certificate.source)},
                              {"dnsNames", listOf(certificate.dnsNames)},
                              {"mustBeRenewed", certificate.mustBeRenewed()},
                              {"notAfterSeconds", nullptr}};
            if (certificate.pem) {
                const auto info = certificates::readCertificate(certificate.pem->certificate, {});
                if (info) {
                    made["dnsNames"] = listOf(info->dnsNames);
                    made["notAfterSeconds"] = info->notAfterSeconds;
                }
            }
            list.push_back(std::move(made));
        }
    }
    return list;
}

json::array limitsOf(const Served& served)
{
    json::array list;
    for (const auto& plan : served.plans) {
        for (std::size_t i = 0; i < plan->doors.size(); ++i) {
            const plan::Door& door = plan->doors[i];
            const auto add = [&](std::string_view kind, json::value name, json::object values) {
                json::object made{{"style", styleOf(*plan)},
                                  {"door", toJsonString(door.name)},
                                  {"kind", json::string(kind)},
                                  {"name", std::move(name)}};
                for (auto& [key, value] : values) {
                    made[key] = value;
                }
                list.push_back(std::move(made));
            };
            const std::shared_ptr<const frontdoor::FrontDoor> running =
                served.engine == nullptr ? nullptr : served.engine->frontDoor(*plan, DoorId(i));
            if (door.limit) {
                json::object values = bucketJson(*door.limit);
                const auto level =
                    running != nullptr ? running->overallLevel(served.engine->now()) : std::nullopt;
                values["level"] = level ? report::toJsonNumber(*level, 3) : json::value(nullptr);
                add("overall", nullptr, std::move(values));
            }
            for (const plan::RateZone& zone : door.rateZones) {
                add("rate-per-client", toJsonString(zone.name), bucketJson(zone.bucket));
            }
            for (const plan::ConnectionZone& zone : door.connectionZones) {
                add("under-way-per-client",
                    toJsonString(zone.name),
                    json::object{{"max", zone.perClientMax}});
            }
        }
    }
    return list;
}

/// One part of what is served, by the name that `?resource=` takes.
struct Part {
    std::string_view path; ///< Its own page; empty: none.
    std::string_view name;
    json::array (*make)(const Served& served);
};

constexpr std::array<Part, 5> parts{{{"", "doors", doorsOf},
                                     {"/routes", "routes", routesOf},
                                     {"/endpoints", "endpoints", endpointsOf},
                                     {"/certs", "certificates", certificatesOf},
                                     {"/limits", "limits", limitsOf}}};

live::AdminAnswer refused(const std::string& sentence)
{
    live::AdminAnswer answer;
    answer.status = 400;
    answer.body = sentence + '\n';
    return answer;
}

live::AdminAnswer asJson(const json::object& object)
{
    live::AdminAnswer answer;
    answer.contentType = "application/json";
    answer.body = report::toJsonText(object);
    return answer;
}

live::AdminAnswer configDump(std::string_view query, const Served& served)
{
    const auto parameters = readQueryString(query);
    if (!parameters) {
        return refused(parameters.error().message());
    }
    std::string wanted;
    for (const auto& [key, value] : *parameters) {
        if (key == "mask") {
            return refused("mask= comes with a later version; take one part with resource=");
        }
        if (key != "resource") {
            return refused("/config_dump takes resource=doors, routes, endpoints, certificates or "
                           "limits");
        }
        wanted = value;
    }
    json::object dump;
    for (const Part& part : parts) {
        if (wanted.empty() || wanted == part.name) {
            dump[part.name] = part.make(served);
        }
    }
    if (dump.empty()) {
        return refused("there is no resource of that name; there are doors, routes, endpoints, "
                       "certificates and limits");
    }
    return asJson(dump);
}

} // namespace

std::optional<live::AdminAnswer> statePage(std::string_view path,
                                           std::string_view query,
                                           const ServedPlans& plans,
                                           const live::LiveEngine* engine)
{
    const Served served{plans, engine, engine == nullptr ? live::ReadyState{} : engine->ready()};
    if (path == "/config_dump") {
        return configDump(query, served);
    }
    for (const Part& part : parts) {
        if (!part.path.empty() && path == part.path) {
            return query.empty() ? asJson(json::object{{part.name, part.make(served)}})
                                 : refused(std::string(path) + " takes no parameters");
        }
    }
    return std::nullopt;
}

} // namespace lab::scenario
