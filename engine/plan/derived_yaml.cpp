#include "plan/derived_yaml.hpp"

#include "plan/service_ports.hpp"

namespace lab::plan {
namespace {

/// Always quoted, so that "8080", "yes" or "*.lab" stay text.
std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
        }
        result += c;
    }
    return result + '"';
}

std::string metaYaml(const model::ObjectMeta& meta)
{
    std::string text = "metadata:\n  name: " + meta.name + '\n';
    if (!meta.nameSpace.empty()) {
        text += "  namespace: " + meta.nameSpace + '\n';
    }
    return text;
}

std::string serviceYaml(const model::Service& service, const model::ServicePort& port)
{
    std::string text = "apiVersion: v1\nkind: Service\n" + metaYaml(service.meta) +
                       "spec:\n  type: LoadBalancer\n";
    if (!service.selector.empty()) {
        text += "  selector:\n";
        for (const auto& [key, value] : service.selector) {
            text += "    " + quoted(key) + ": " + quoted(value) + '\n';
        }
    }
    const int* number = std::get_if<int>(&port.targetPort);
    text += "  ports:\n    - name: http\n      port: 80\n      targetPort: ";
    text += number ? std::to_string(*number) : quoted(std::get<std::string>(port.targetPort));
    return text + '\n';
}

std::string ingressYaml(const model::Ingress& ingress)
{
    std::string text =
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\n" + metaYaml(ingress.meta) + "spec:\n";
    if (ingress.className) {
        text += "  ingressClassName: " + quoted(*ingress.className) + '\n';
    }
    text += "  rules:\n";
    for (const model::IngressRule& rule : ingress.rules) {
        text += "    - host: " + quoted(rule.host) + "\n      http:\n        paths:\n";
        for (const model::IngressPath& path : rule.paths) {
            text += "          - path: " + quoted(path.path) +
                    "\n            pathType: Prefix\n            backend:\n"
                    "              service:\n                name: " +
                    path.backend.service + "\n                port:\n                  number: " +
                    model::toText(path.backend.port) + '\n';
        }
    }
    return text;
}

void add(std::string& text, const std::string& document)
{
    text += text.empty() ? "" : "---\n";
    text += document;
}

} // namespace

std::string derivedYaml(const model::Cluster& twin)
{
    std::string text;
    for (const model::IngressClass& made : twin.ingressClasses) {
        if (made.meta.isDerived) {
            add(text,
                "apiVersion: networking.k8s.io/v1\nkind: IngressClass\n" + metaYaml(made.meta) +
                    "spec:\n  controller: " + made.controller + '\n');
        }
    }
    std::vector<const model::Ingress*> all;
    for (const model::Ingress& ingress : twin.ingresses) {
        all.push_back(&ingress);
    }
    const auto routed = routedServices(all);
    for (const model::Service& service : twin.services) {
        const auto route = routed.find(service.meta.fullName());
        if (!service.meta.isDerived || route == routed.end()) {
            continue;
        }
        if (const model::ServicePort* port = service.port(route->second.port)) {
            add(text, serviceYaml(service, *port));
        }
    }
    for (const model::Ingress& ingress : twin.ingresses) {
        if (ingress.meta.isDerived) {
            add(text, ingressYaml(ingress));
        }
    }
    return text;
}

} // namespace lab::plan
