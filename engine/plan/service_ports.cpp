#include "plan/service_ports.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace lab::plan {
namespace {

constexpr const char* canaryAnnotation = "nginx.ingress.kubernetes.io/canary";

template <std::size_t count>
bool isAnyOf(const std::array<std::string_view, count>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

void add(std::map<std::string, RoutedService>& routed,
         const model::Ingress& ingress,
         const std::string& host,
         const model::IngressBackend& backend)
{
    const std::string name = ingress.meta.nameSpace + '/' + backend.service;
    std::vector<std::string>& hosts =
        routed.try_emplace(name, RoutedService{backend.port, {}}).first->second.hosts;
    if (!host.empty() && std::find(hosts.begin(), hosts.end(), host) == hosts.end()) {
        hosts.push_back(host);
    }
}

} // namespace

bool isHttpPort(const model::ServicePort& port)
{
    static constexpr std::array<std::string_view, 7> httpProtocols{"http",
                                                                   "https",
                                                                   "h2c",
                                                                   "grpc",
                                                                   "kubernetes.io/h2c",
                                                                   "kubernetes.io/ws",
                                                                   "kubernetes.io/wss"};
    static constexpr std::array<std::string_view, 16> otherNames{"tcp",
                                                                 "mysql",
                                                                 "postgres",
                                                                 "postgresql",
                                                                 "pg",
                                                                 "redis",
                                                                 "mongo",
                                                                 "mongodb",
                                                                 "amqp",
                                                                 "mqtt",
                                                                 "kafka",
                                                                 "ssh",
                                                                 "smtp",
                                                                 "imap",
                                                                 "ldap",
                                                                 "memcached"};
    static constexpr std::array<int, 21> otherNumbers{22,   25,   53,   110,  143,  389,   465,
                                                      587,  636,  993,  995,  1433, 1521,  1883,
                                                      3306, 5432, 5672, 6379, 9092, 11211, 27017};
    if (port.protocol != model::Protocol::Tcp) {
        return false;
    }
    if (!port.appProtocol.empty()) {
        return isAnyOf(httpProtocols, port.appProtocol);
    }
    const std::string_view name = port.name;
    const std::string_view stem = name.substr(0, name.find('-'));
    if (isAnyOf(httpProtocols, stem) || stem == "web") {
        return true;
    }
    return !isAnyOf(otherNames, stem) &&
           std::find(otherNumbers.begin(), otherNumbers.end(), port.port) == otherNumbers.end();
}

const model::ServicePort* httpPortOf(const model::Service& service)
{
    const model::ServicePort* best = nullptr;
    const auto rank = [](const model::ServicePort& port) {
        return port.name == "http" ? 0 : port.port == 80 ? 1 : 1 + port.port;
    };
    for (const model::ServicePort& port : service.ports) {
        if (isHttpPort(port) && (best == nullptr || rank(port) < rank(*best))) {
            best = &port;
        }
    }
    return best;
}

std::map<std::string, RoutedService>
routedServices(const std::vector<const model::Ingress*>& ingresses)
{
    std::map<std::string, RoutedService> routed;
    for (const model::Ingress* ingress : ingresses) {
        const model::Annotation* canary = ingress->meta.annotation(canaryAnnotation);
        if (canary != nullptr && canary->value == "true") {
            continue;
        }
        for (const model::IngressRule& rule : ingress->rules) {
            for (const model::IngressPath& path : rule.paths) {
                add(routed, *ingress, rule.host, path.backend);
            }
        }
        if (ingress->defaultBackend) {
            add(routed, *ingress, {}, *ingress->defaultBackend);
        }
    }
    return routed;
}

} // namespace lab::plan
