#include "base/quoted.hpp"
#include "manifest/fields.hpp"
#include "manifest/names.hpp"
#include "manifest/object_readers.hpp"

#include <array>

namespace lab::manifest {
namespace {

using model::Ingress;
using model::IngressBackend;
using model::IngressPath;
using model::IngressRule;
using model::PathType;
using yaml::MapReader;

constexpr std::string_view classAnnotation = "kubernetes.io/ingress.class";
constexpr std::string_view defaultAnnotation = "ingressclass.kubernetes.io/is-default-class";
constexpr std::size_t controllerBytesMax = 250;

/// As pkg/apis/networking/validation says it; nothing where the path is right.
std::string pathMistake(std::string_view path, PathType type)
{
    constexpr std::array<std::string_view, 5> sequences{"//", "/./", "/../", "%2f", "%2F"};
    constexpr std::array<std::string_view, 2> ends{"/..", "/."};
    const bool mayBeEmpty = type == PathType::ImplementationSpecific;
    if (!path.starts_with('/') && !(mayBeEmpty && path.empty())) {
        return "must be an absolute path, not " + quoted(path);
    }
    if (type == PathType::ImplementationSpecific) {
        return {};
    }
    for (const std::string_view sequence : sequences) {
        if (path.find(sequence) != path.npos) {
            return "must not contain '" + std::string(sequence) + '\'';
        }
    }
    for (const std::string_view end : ends) {
        if (path.ends_with(end)) {
            return "cannot end with '" + std::string(end) + '\'';
        }
    }
    return {};
}

std::optional<model::PortReference> readBackendPort(MapReader& service)
{
    MapReader port = service.map("port");
    const std::int64_t number = port.integer("number", 0, portMax).value_or(0);
    const bool hasName = port.has("name");
    if (hasName && number != 0) {
        service.addWrong("port", "backend-port", "cannot set both port name & port number");
    } else if (!hasName && number == 0) {
        const std::size_t wrong = port.reading().wrongCount;
        port.finish();
        if (wrong == port.reading().wrongCount && !service.has("port")) {
            service.addWrong("port", "backend-port", "is missing: port name or number is required");
        } else {
            service.addWrong("port", "backend-port", "needs a port name or number, 1 to 65535");
        }
        return std::nullopt;
    }
    const std::string name = readName(port, "name", portNameMistake);
    port.finish();
    if (number != 0) {
        return static_cast<int>(number);
    }
    return name;
}

/// Nothing where it is wrong, or names a resource, which the lab does not honour.
std::optional<IngressBackend> readBackend(MapReader& parent, std::string_view key)
{
    MapReader backend = parent.map(key);
    const bool hasResource = backend.has("resource");
    if (!backend.has("service")) {
        if (hasResource) {
            noteNotHonoured(backend, "resource", "this path is left out");
        } else {
            parent.addWrong(key,
                            "backend-missing",
                            "is wrong: resource or service backend is required",
                            "write service: {name: …, port: {number: …}}");
        }
        backend.finish();
        return std::nullopt;
    }
    if (hasResource) {
        parent.addWrong(key, "backend-both", "cannot set both resource and service backends");
    }
    MapReader service = backend.map("service");
    IngressBackend read;
    read.place = backend.place();
    service.require("name");
    read.service = readName(service, "name", labelNameMistake);
    const std::optional<model::PortReference> port = readBackendPort(service);
    service.finish();
    backend.finish();
    if (!port) {
        return std::nullopt;
    }
    read.port = *port;
    return read;
}

std::optional<IngressPath> readPath(MapReader& path)
{
    IngressPath read;
    read.place = path.place();
    read.path = path.text("path").value_or("");
    const std::optional<PathType> type =
        path.choice<PathType>("pathType",
                              {{"Exact", PathType::Exact},
                               {"Prefix", PathType::Prefix},
                               {"ImplementationSpecific", PathType::ImplementationSpecific}});
    if (!path.has("pathType")) {
        path.addWrong("pathType",
                      "path-type-missing",
                      "is missing: pathType must be specified",
                      "write Prefix, Exact or ImplementationSpecific");
    }
    if (type) {
        read.type = *type;
        if (const std::string mistake = pathMistake(read.path, *type); !mistake.empty()) {
            path.addWrong("path", "invalid-path", mistake);
        }
    }
    std::optional<IngressBackend> backend = readBackend(path, "backend");
    path.finish();
    if (!backend) {
        return std::nullopt;
    }
    read.backend = std::move(*backend);
    return read;
}

IngressRule readRule(MapReader& rule)
{
    IngressRule read;
    read.place = rule.place();
    const std::optional<std::string> host = rule.text("host");
    if (host && !host->empty()) {
        read.host = readName(rule, "host", hostMistake);
    }
    if (MapReader http = rule.map("http"); http.isPresent()) {
        std::vector<MapReader> paths = http.maps("paths");
        if (paths.empty()) {
            http.addWrong("paths", "missing-key", "must be specified: http needs a path");
        }
        for (MapReader& path : paths) {
            if (std::optional<IngressPath> readIt = readPath(path)) {
                read.paths.push_back(std::move(*readIt));
            }
        }
        http.finish();
    }
    rule.finish();
    return read;
}

model::IngressTls readTls(MapReader& tls)
{
    model::IngressTls read;
    read.place = tls.place();
    read.hosts = tls.texts("hosts");
    for (const MapReader::Item& host : tls.items("hosts")) {
        const std::string mistake = host.node->isScalar() ? hostMistake(host.node->scalar) : "";
        if (!mistake.empty()) {
            tls.reading().addWrong(tls.reading().document.place(*host.node),
                                   "invalid-name",
                                   host.path + ' ' + quoted(host.node->scalar) + ' ' + mistake);
        }
    }
    if (tls.text("secretName").value_or("").empty()) {
        tls.passOver({"secretName"});
    } else {
        read.secretName = readName(tls, "secretName", subdomainMistake);
    }
    tls.finish();
    return read;
}

/// metadata.annotations["kubernetes.io/ingress.class"] must not contradict the field.
void checkClass(MapReader& spec, const Ingress& ingress)
{
    const model::Annotation* annotation = ingress.meta.annotation(classAnnotation);
    if (annotation != nullptr && ingress.className && annotation->value != *ingress.className) {
        spec.reading().addWrong(
            annotation->place,
            "class-conflict",
            "metadata.annotations[kubernetes.io/ingress.class] " + quoted(annotation->value) +
                " must match spec.ingressClassName " + quoted(*ingress.className),
            "remove the annotation");
    }
}

} // namespace

model::Ingress readIngress(MapReader& root)
{
    Ingress ingress;
    ingress.meta = readMeta(root, subdomainMistake);
    MapReader spec = root.map("spec");
    if (spec.has("ingressClassName")) {
        ingress.className = readName(spec, "ingressClassName", subdomainMistake);
    }
    checkClass(spec, ingress);
    if (spec.has("defaultBackend")) {
        ingress.defaultBackend = readBackend(spec, "defaultBackend");
    }
    std::vector<MapReader> rules = spec.maps("rules");
    for (MapReader& rule : rules) {
        ingress.rules.push_back(readRule(rule));
    }
    if (rules.empty() && !spec.has("defaultBackend")) {
        root.addWrong(
            "spec", "rules-missing", "is empty: either defaultBackend or rules must be specified");
    }
    for (MapReader& tls : spec.maps("tls")) {
        ingress.tls.push_back(readTls(tls));
    }
    spec.finish();
    root.finish();
    return ingress;
}

model::IngressClass readIngressClass(MapReader& root)
{
    model::IngressClass ingressClass;
    ingressClass.meta = readMeta(root, subdomainMistake, Scope::ClusterWide);
    MapReader spec = root.map("spec");
    ingressClass.controller = spec.text("controller").value_or("");
    if (ingressClass.controller.empty()) {
        root.addWrong("spec", "missing-key", "needs a controller, such as k8s.io/ingress-nginx");
    } else if (ingressClass.controller.size() > controllerBytesMax ||
               ingressClass.controller.find('/') == std::string::npos) {
        spec.addWrong("controller",
                      "invalid-name",
                      "must be a domain-prefixed path such as k8s.io/ingress-nginx");
    }
    spec.passOver({"parameters"});
    spec.finish();
    root.finish();
    const model::Annotation* isDefault = ingressClass.meta.annotation(defaultAnnotation);
    ingressClass.isDefault = isDefault != nullptr && isDefault->value == "true";
    return ingressClass;
}

} // namespace lab::manifest
