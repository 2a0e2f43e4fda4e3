#pragma once

#include "model/object_meta.hpp"
#include "model/service.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lab::model {

enum class PathType { Exact, Prefix, ImplementationSpecific };

/// The Service an Ingress path or default backend names; `resource` backends are not honoured.
struct IngressBackend {
    std::string service;
    PortReference port;
    Place place;
};

struct IngressPath {
    std::string path; ///< As written; may be empty for ImplementationSpecific.
    PathType type = PathType::Prefix;
    IngressBackend backend;
    Place place;
};

struct IngressRule {
    std::string host; ///< As written; empty for all hosts.
    std::vector<IngressPath> paths;
    Place place;
};

struct IngressTls {
    std::vector<std::string> hosts;
    std::string secretName; ///< Empty: the default certificate.
    Place place;
};

/// An Ingress of networking.k8s.io/v1.
/// https://kubernetes.io/docs/concepts/services-networking/ingress/
struct Ingress {
    ObjectMeta meta;
    std::optional<std::string> className; ///< spec.ingressClassName
    std::optional<IngressBackend> defaultBackend;
    std::vector<IngressRule> rules;
    std::vector<IngressTls> tls;
};

struct IngressClass {
    ObjectMeta meta;
    std::string controller; ///< spec.controller, e.g. k8s.io/ingress-nginx
    bool isDefault = false; ///< ingressclass.kubernetes.io/is-default-class
};

} // namespace lab::model
