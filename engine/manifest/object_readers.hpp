#pragma once

#include "model/cluster.hpp"
#include "yaml/map_reader.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace lab::manifest {

// One function a kind: an object's root map → its value. Each reads every key it knows, reports
// what is wrong with the others, and may return a value that is wrong in part: whoever calls
// leaves the object out when reading.wrongCount grew.

enum class Scope { Namespaced, ClusterWide };

/// What must be true of an object's name; names.hpp has the rules.
using NameRule = std::string (*)(std::string_view);

/// metadata: name, namespace, labels, annotations, age. Reports a name that breaks the rule.
[[nodiscard]] model::ObjectMeta
readMeta(yaml::MapReader& root, NameRule rule, Scope scope = Scope::Namespaced);

/// Only what names an object, without a finding: for messages about it.
struct ObjectName {
    std::string nameSpace;
    std::string name;
};
[[nodiscard]] ObjectName nameOf(const yaml::Node& root);

/// metadata.ownerReferences: the one marked as controller, if any.
struct ControllerReference {
    std::string kind;
    std::string name;
};
[[nodiscard]] std::optional<ControllerReference> controllerOf(const yaml::Node& root);

[[nodiscard]] model::Service readService(yaml::MapReader& root);
[[nodiscard]] model::Ingress readIngress(yaml::MapReader& root);
[[nodiscard]] model::IngressClass readIngressClass(yaml::MapReader& root);
[[nodiscard]] model::EndpointSlice readEndpointSlice(yaml::MapReader& root);
[[nodiscard]] model::Secret readSecret(yaml::MapReader& root);
[[nodiscard]] model::ConfigMap readConfigMap(yaml::MapReader& root);
[[nodiscard]] model::Namespace readNamespace(yaml::MapReader& root);
[[nodiscard]] model::Node readNode(yaml::MapReader& root);
[[nodiscard]] model::Pod readPod(yaml::MapReader& root);
/// Deployment, StatefulSet, ReplicaSet and DaemonSet (one pod: the lab knows no nodes).
[[nodiscard]] model::Deployment readDeployment(yaml::MapReader& root, std::string_view kind);

/// A Secret value that somebody took out before handing the dump on: "REDACTED", "***".
[[nodiscard]] bool isRedacted(std::string_view value);

} // namespace lab::manifest
