#include "base/quoted.hpp"
#include "manifest/fields.hpp"
#include "manifest/names.hpp"
#include "manifest/object_readers.hpp"

#include <array>
#include <limits>
#include <set>

namespace lab::manifest {
namespace {

using model::Container;
using model::ContainerPort;
using model::Deployment;
using model::Pod;
using model::ResourceRequests;
using yaml::MapReader;

constexpr std::int64_t replicasMax = 1000;
constexpr std::int64_t int32Max = std::numeric_limits<std::int32_t>::max();

// Fields that are known and have no say in where requests go.
constexpr std::array<std::string_view, 20> containerFields{"env",
                                                           "envFrom",
                                                           "volumeMounts",
                                                           "volumeDevices",
                                                           "livenessProbe",
                                                           "startupProbe",
                                                           "lifecycle",
                                                           "imagePullPolicy",
                                                           "workingDir",
                                                           "terminationMessagePath",
                                                           "stdin",
                                                           "terminationMessagePolicy",
                                                           "tty",
                                                           "securityContext",
                                                           "stdinOnce",
                                                           "resizePolicy",
                                                           "restartPolicy",
                                                           "readinessProbe",
                                                           "restartPolicyRules",
                                                           "envSourceFiles"};

constexpr std::array<std::string_view, 36> podFields{"volumes",
                                                     "initContainers",
                                                     "ephemeralContainers",
                                                     "restartPolicy",
                                                     "terminationGracePeriodSeconds",
                                                     "activeDeadlineSeconds",
                                                     "dnsPolicy",
                                                     "dnsConfig",
                                                     "nodeSelector",
                                                     "nodeName",
                                                     "serviceAccountName",
                                                     "serviceAccount",
                                                     "automountServiceAccountToken",
                                                     "hostNetwork",
                                                     "hostPID",
                                                     "hostIPC",
                                                     "hostUsers",
                                                     "hostname",
                                                     "hostnameOverride",
                                                     "subdomain",
                                                     "setHostnameAsFQDN",
                                                     "shareProcessNamespace",
                                                     "securityContext",
                                                     "imagePullSecrets",
                                                     "affinity",
                                                     "tolerations",
                                                     "schedulerName",
                                                     "schedulingGates",
                                                     "hostAliases",
                                                     "priorityClassName",
                                                     "priority",
                                                     "preemptionPolicy",
                                                     "readinessGates",
                                                     "runtimeClassName",
                                                     "topologySpreadConstraints",
                                                     "resourceClaims"};

constexpr std::array<std::string_view, 16> workloadFields{"strategy",
                                                          "updateStrategy",
                                                          "minReadySeconds",
                                                          "revisionHistoryLimit",
                                                          "progressDeadlineSeconds",
                                                          "paused",
                                                          "serviceName",
                                                          "podManagementPolicy",
                                                          "volumeClaimTemplates",
                                                          "persistentVolumeClaimRetentionPolicy",
                                                          "ordinals",
                                                          "selector",
                                                          "template",
                                                          "replicas",
                                                          "enableServiceLinks",
                                                          "podReplacementPolicy"};

void add(std::int64_t& sum, std::int64_t more)
{
    sum = more > std::numeric_limits<std::int64_t>::max() - sum
              ? std::numeric_limits<std::int64_t>::max()
              : sum + more;
}

void readContainerPorts(MapReader& container, Container& read, std::set<std::string>& names)
{
    for (MapReader& port : container.maps("ports")) {
        ContainerPort one;
        one.name = readName(port, "name", portNameMistake);
        port.require("containerPort");
        one.number = readPort(port, "containerPort");
        one.protocol = readProtocol(port);
        port.passOver({"hostPort", "hostIP"});
        port.finish();
        if (!one.name.empty() && !names.insert(one.name).second) {
            port.addWrong("name", "duplicate-port", quoted(one.name) + " names two ports");
        }
        read.ports.push_back(std::move(one));
    }
}

/// Requests; where there are none, the limits, as an API server fills them in.
ResourceRequests readRequests(MapReader& container)
{
    MapReader resources = container.map("resources");
    MapReader requests = resources.map("requests");
    MapReader limits = resources.map("limits");
    ResourceRequests read;
    const std::optional<std::int64_t> cpuLimit = limits.milliQuantity("cpu");
    const std::optional<std::int64_t> memoryLimit = limits.quantity("memory");
    read.cpuMillicores = requests.milliQuantity("cpu").value_or(cpuLimit.value_or(0));
    read.memoryBytes = requests.quantity("memory").value_or(memoryLimit.value_or(0));
    resources.passOver({"claims"});
    resources.finish();
    return read;
}

struct PodSpec {
    std::vector<Container> containers;
    ResourceRequests requests;
};

PodSpec readPodSpec(MapReader& spec)
{
    PodSpec read;
    std::set<std::string> containerNames;
    std::set<std::string> portNames;
    std::vector<MapReader> containers = spec.maps("containers");
    for (MapReader& container : containers) {
        Container one;
        container.require("name");
        one.name = readName(container, "name", labelNameMistake);
        if (!one.name.empty() && !containerNames.insert(one.name).second) {
            container.addWrong(
                "name", "duplicate-name", quoted(one.name) + " names two containers");
        }
        container.require("image");
        one.image = container.text("image").value_or("");
        one.args = container.texts("command");
        for (std::string& arg : container.texts("args")) {
            one.args.push_back(std::move(arg));
        }
        readContainerPorts(container, one, portNames);
        const ResourceRequests requests = readRequests(container);
        add(read.requests.cpuMillicores, requests.cpuMillicores);
        add(read.requests.memoryBytes, requests.memoryBytes);
        container.passOver(containerFields);
        container.finish();
        read.containers.push_back(std::move(one));
    }
    if (containers.empty() && spec.isPresent() && !spec.has("containers")) {
        spec.addWrong("containers", "missing-key", "is missing: a pod has at least one container");
    }
    spec.passOver(podFields);
    spec.passOver({"os", "overhead", "enableServiceLinks", "resources", "workloadRef"});
    spec.finish();
    return read;
}

model::Labels readSelector(MapReader& spec, const model::Labels& podLabels)
{
    spec.require("selector");
    MapReader selector = spec.map("selector");
    const model::Labels labels = readLabels(selector, "matchLabels");
    const bool isEmpty = labels.empty() && !selector.has("matchExpressions");
    selector.finish();
    if (selector.isPresent() && isEmpty) {
        spec.addWrong("selector", "selector", "is empty: it must select the template's labels");
    }
    for (const auto& [key, value] : labels) {
        const auto found = podLabels.find(key);
        if (found == podLabels.end() || found->second != value) {
            spec.addWrong("selector",
                          "selector",
                          "does not match the template's labels: " + quoted(key + '=' + value) +
                              " is not among them");
        }
    }
    return labels;
}

void readReplicas(MapReader& spec, Deployment& deployment, std::string_view kind)
{
    if (kind == "DaemonSet") {
        spec.reading().findings.push_back({Severity::Note,
                                           "daemon-set",
                                           spec.place(),
                                           "counts as one pod: the lab knows no nodes",
                                           {}});
        return;
    }
    const std::int64_t replicas = spec.integer("replicas", 0, int32Max).value_or(1);
    if (replicas > replicasMax) {
        spec.addWrong("replicas",
                      "too-many-replicas",
                      "is " + std::to_string(replicas) + ": the lab runs at most 1000 of one kind");
        return;
    }
    deployment.replicas = static_cast<int>(replicas);
}

/// status.conditions: the one of type Ready is True; none counts as ready.
bool isReady(const yaml::Node& status)
{
    const yaml::Node* phase = status.find("phase");
    if (phase != nullptr && (phase->scalar == "Succeeded" || phase->scalar == "Failed")) {
        return false;
    }
    const yaml::Node* conditions = status.find("conditions");
    if (conditions == nullptr) {
        return true;
    }
    for (const yaml::Node& condition : conditions->items) {
        const yaml::Node* type = condition.find("type");
        const yaml::Node* value = condition.find("status");
        if (type != nullptr && type->scalar == "Ready") {
            return value != nullptr && value->scalar == "True";
        }
    }
    return true;
}

} // namespace

model::Pod readPod(MapReader& root)
{
    Pod pod;
    pod.meta = readMeta(root, subdomainMistake);
    root.require("spec");
    MapReader spec = root.map("spec");
    pod.nodeName = spec.text("nodeName").value_or("");
    PodSpec read = readPodSpec(spec);
    pod.containers = std::move(read.containers);
    pod.requests = read.requests;
    const yaml::Node* metadata = root.find("metadata");
    const yaml::Node* deleted = metadata == nullptr ? nullptr : metadata->find("deletionTimestamp");
    pod.isTerminating = deleted != nullptr && !deleted->isNull();
    if (const yaml::Node* status = root.find("status")) {
        pod.isReady = isReady(*status);
        const yaml::Node* address = status->find("podIP");
        pod.podIp = address == nullptr ? std::string() : address->scalar;
    }
    root.finish();
    return pod;
}

model::Deployment readDeployment(MapReader& root, std::string_view kind)
{
    Deployment deployment;
    deployment.meta = readMeta(root, subdomainMistake);
    root.require("spec");
    MapReader spec = root.map("spec");
    if (spec.isPresent()) {
        readReplicas(spec, deployment, kind);
    }
    spec.require("template");
    MapReader podTemplate = spec.map("template");
    MapReader metadata = podTemplate.map("metadata");
    deployment.podLabels = readLabels(metadata, "labels");
    deployment.selector = readSelector(spec, deployment.podLabels);
    podTemplate.require("spec");
    MapReader podSpec = podTemplate.map("spec");
    PodSpec read = readPodSpec(podSpec);
    deployment.containers = std::move(read.containers);
    deployment.requests = read.requests;
    podTemplate.finish();
    spec.passOver(workloadFields);
    spec.finish();
    root.finish();
    return deployment;
}

} // namespace lab::manifest
