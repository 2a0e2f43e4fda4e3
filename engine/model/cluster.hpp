#pragma once

#include "model/ingress.hpp"
#include "model/object_meta.hpp"
#include "model/service.hpp"
#include "model/workload.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lab::model {

/// A Secret: decoded values by key. Never printed.
struct Secret {
    ObjectMeta meta;
    std::string type; ///< kubernetes.io/tls and others
    std::map<std::string, std::string> data;
};

struct ConfigMap {
    ObjectMeta meta;
    std::map<std::string, std::string> data;
    std::map<std::string, Place> places; ///< Of each key's value.
};

/// One address of an EndpointSlice with what is known of it.
struct SliceEndpoint {
    std::string address;
    bool isReady = true;        ///< conditions.ready; absent counts as ready
    bool isServing = true;      ///< conditions.serving
    bool isTerminating = false; ///< conditions.terminating
    std::string podName;        ///< targetRef of kind Pod, else empty
    std::string nodeName;
};

struct SlicePort {
    std::string name;
    int number = 0;
    Protocol protocol = Protocol::Tcp;
};

/// An EndpointSlice of discovery.k8s.io/v1.
struct EndpointSlice {
    ObjectMeta meta;
    std::string serviceName; ///< label kubernetes.io/service-name
    std::vector<SliceEndpoint> endpoints;
    std::vector<SlicePort> ports;
};

struct Namespace {
    ObjectMeta meta;
};

/// A machine of the cluster. NodePorts and externalTrafficPolicy speak of it.
struct Node {
    ObjectMeta meta;
    std::string internalAddress; ///< status.addresses InternalIP, else empty.
    std::string externalAddress; ///< status.addresses ExternalIP, else empty.
};

/// A cluster in Kubernetes' own words: plain values, as read, nothing decided.
///
/// Refused objects are not in it. Order within a list is the order of reading.
struct Cluster {
    std::vector<Namespace> namespaces;
    std::vector<Node> nodes;
    std::vector<Service> services;
    std::vector<Deployment> deployments;
    std::vector<Pod> pods; ///< Those in the input; see podsOf() for all.
    std::vector<EndpointSlice> endpointSlices;
    std::vector<Ingress> ingresses;
    std::vector<IngressClass> ingressClasses;
    std::vector<Secret> secrets;
    std::vector<ConfigMap> configMaps;

    [[nodiscard]] const Service* service(std::string_view nameSpace, std::string_view name) const;
    [[nodiscard]] const Secret* secret(std::string_view nameSpace, std::string_view name) const;
    [[nodiscard]] const ConfigMap* configMap(std::string_view nameSpace,
                                             std::string_view name) const;
};

/// All pods: those in the input, then those that the Deployments make ("web-0", "web-1", …).
[[nodiscard]] std::vector<Pod> podsOf(const Cluster& cluster);

/// Does this selector pick these labels? An empty selector picks nothing.
[[nodiscard]] bool selects(const Labels& selector, const Labels& labels);

} // namespace lab::model
