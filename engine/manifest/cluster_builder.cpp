#include "manifest/cluster_builder.hpp"

#include "base/quoted.hpp"
#include "manifest/kinds.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace lab::manifest {
namespace {

constexpr std::size_t objectsMax = 200'000;

std::string textAt(const yaml::Node& root, std::string_view key)
{
    const yaml::Node* value = root.find(key);
    return value != nullptr && value->isScalar() ? value->scalar : std::string();
}

/// "Ingress shop/web", "IngressClass nginx", "Service" where it has no name.
std::string titleOf(std::string_view kind, const std::string& nameSpace, const std::string& name)
{
    std::string title(kind);
    if (!name.empty()) {
        title += ' ' + escaped(nameSpace.empty() ? name : nameSpace + '/' + name);
    }
    return title;
}

bool isClusterWide(std::string_view kind)
{
    return kind == "Namespace" || kind == "IngressClass" || kind == "Node";
}

std::string plural(std::size_t count, std::string_view noun)
{
    return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

} // namespace

void ClusterBuilder::takeFindings(Findings findings)
{
    if (!findings.empty()) {
        files_.push_back(findings.front().place.file);
    }
    append(read_.findings, std::move(findings));
}

bool ClusterBuilder::isFull() const
{
    return objects_ > objectsMax;
}

void ClusterBuilder::takeDocument(const yaml::Document& document)
{
    if (files_.empty() || files_.back() != document.file) {
        files_.push_back(document.file);
    }
    const yaml::Node& root = document.root;
    const Object object{document, root, textAt(root, "apiVersion"), textAt(root, "kind")};
    const yaml::Node* items = root.find("items");
    if (object.kind.ends_with("List") && items != nullptr && items->isSequence()) {
        takeItems(document, root, object);
    } else {
        takeObject(object);
    }
}

void ClusterBuilder::takeItems(const yaml::Document& document,
                               const yaml::Node& root,
                               const Object& list)
{
    // Items of a typed list ("ServiceList") need not repeat what the list says.
    const std::string itemKind = list.kind.substr(0, list.kind.size() - 4);
    for (const yaml::Node& item : root.find("items")->items) {
        Object object{document, item, textAt(item, "apiVersion"), textAt(item, "kind")};
        if (!itemKind.empty() && item.find("kind") == nullptr) {
            object.kind = itemKind;
            object.apiVersion = list.apiVersion;
        }
        takeObject(object);
    }
}

void ClusterBuilder::takeObject(const Object& object)
{
    if (++objects_ > objectsMax) {
        if (objects_ == objectsMax + 1) {
            read_.findings.push_back({Severity::Unreadable,
                                      "too-many-objects",
                                      object.document.place(object.root),
                                      "more than 200,000 objects",
                                      "give fewer files"});
        }
        return;
    }
    if (!object.root.isMap()) {
        refuseKind(object,
                   "a manifest must be a map, not " + std::string(toText(object.root.kind)),
                   "write apiVersion, kind, metadata and spec");
    } else if (object.kind.empty() || object.apiVersion.empty()) {
        const std::string missing = !object.kind.empty()        ? "apiVersion is"
                                    : object.apiVersion.empty() ? "apiVersion and kind are"
                                                                : "kind is";
        refuseKind(object, missing + " missing", "every Kubernetes object has both");
    } else {
        readObject(object);
    }
}

void ClusterBuilder::readObject(const Object& object)
{
    const JudgedKind judged = judgeKind(object.apiVersion, object.kind);
    switch (judged.verdict) {
    case KindVerdict::Removed:
        refuseKind(object,
                   "Kubernetes has no kind " + quoted(object.kind) + " in version " +
                       quoted(object.apiVersion),
                   "write apiVersion: " + std::string(judged.apiVersion));
        return;
    case KindVerdict::Irrelevant:
        countKind(object, Severity::Note);
        return;
    case KindVerdict::NotHonoured:
        countKind(object, Severity::Warning);
        return;
    case KindVerdict::Read:
        break;
    }
    model::Cluster& cluster = read_.cluster;
    if (object.kind == "Service") {
        take(object, cluster.services, readService);
    } else if (object.kind == "Ingress") {
        take(object, cluster.ingresses, readIngress);
    } else if (object.kind == "IngressClass") {
        take(object, cluster.ingressClasses, readIngressClass);
    } else if (object.kind == "EndpointSlice") {
        take(object, cluster.endpointSlices, readEndpointSlice);
    } else if (object.kind == "Secret") {
        take(object, cluster.secrets, readSecret);
    } else if (object.kind == "ConfigMap") {
        take(object, cluster.configMaps, readConfigMap);
    } else if (object.kind == "Namespace") {
        take(object, cluster.namespaces, readNamespace);
    } else if (object.kind == "Node") {
        take(object, cluster.nodes, readNode);
    } else {
        readOwned(object);
    }
}

/// Pods and workloads: what another object of the cluster made is not counted twice.
void ClusterBuilder::readOwned(const Object& object)
{
    std::optional<ControllerReference> owner = controllerOf(object.root);
    if (object.kind == "ReplicaSet" && owner) {
        return; // Its Deployment says the same.
    }
    if (object.kind != "Pod") {
        take(object, read_.cluster.deployments, [&](yaml::MapReader& root) {
            return readDeployment(root, object.kind);
        });
        return;
    }
    std::vector<model::Pod>& pods = read_.cluster.pods;
    const std::size_t before = pods.size();
    take(object, pods, readPod);
    if (owner && pods.size() > before) {
        taken_.erase(titleOf("Pod", pods.back().meta.nameSpace, pods.back().meta.name));
        ownedPods_.push_back({std::move(pods.back()), std::move(*owner)});
        pods.pop_back();
    }
}

void ClusterBuilder::refuseKind(const Object& object, std::string message, std::string remedy)
{
    const ObjectName name = nameOf(object.root);
    read_.findings.push_back({Severity::Refused,
                              "wrong-kind",
                              object.document.place(object.root),
                              std::move(message),
                              std::move(remedy)});
    read_.refused.push_back({object.kind, name.nameSpace, name.name, {read_.findings.back()}});
}

void ClusterBuilder::countKind(const Object& object, Severity severity)
{
    Counted& counted = counted_[quoted(object.kind) + " of " + quoted(object.apiVersion)];
    if (counted.count++ == 0) {
        counted.first = object.document.place(object.root);
        counted.severity = severity;
    }
}

void ClusterBuilder::noteRedacted(const model::Secret& secret)
{
    const bool hasRedacted =
        std::any_of(secret.data.begin(), secret.data.end(), [](const auto& entry) {
            return isRedacted(entry.second);
        });
    if (hasRedacted && redacted_.count++ == 0) {
        redacted_.first = secret.meta.place;
    }
}

template <typename Value, typename Read>
void ClusterBuilder::take(const Object& object, std::vector<Value>& list, Read read)
{
    const std::size_t firstFinding = read_.findings.size();
    yaml::Reading reading{object.document,
                          read_.findings,
                          Severity::Refused,
                          Severity::Warning,
                          /*hasTypedTexts=*/true};
    yaml::MapReader root(reading, object.root, "");
    Value value = read(root);
    if (isSound(object, firstFinding)) {
        value.meta.order = objects_ - 1;
        keep(object, list, std::move(value));
    }
}

/// Puts the object's name before each of its findings; false where one of them refuses it.
bool ClusterBuilder::isSound(const Object& object, std::size_t firstFinding)
{
    if (firstFinding == read_.findings.size()) {
        return true;
    }
    ObjectName name = nameOf(object.root);
    if (isClusterWide(object.kind)) {
        name.nameSpace.clear();
    }
    const std::string title = titleOf(object.kind, name.nameSpace, name.name);
    RefusedObject refused{object.kind, name.nameSpace, name.name, {}};
    for (std::size_t i = firstFinding; i < read_.findings.size(); ++i) {
        Finding& finding = read_.findings[i];
        finding.message = title + ": " + finding.message;
        if (finding.severity == Severity::Refused) {
            refused.findings.push_back(finding);
        }
    }
    if (refused.findings.empty()) {
        return true;
    }
    read_.refused.push_back(std::move(refused));
    return false;
}

template <typename Value>
void ClusterBuilder::keep(const Object& object, std::vector<Value>& list, Value value)
{
    if constexpr (std::is_same_v<Value, model::Secret>) {
        noteRedacted(value);
    }
    const std::string title = titleOf(object.kind, value.meta.nameSpace, value.meta.name);
    const auto [found, isNew] = taken_.try_emplace(title, Taken{list.size(), value.meta.place});
    if (isNew) {
        list.push_back(std::move(value));
        return;
    }
    read_.findings.push_back({Severity::Warning,
                              "object-twice",
                              value.meta.place,
                              title + " replaces the one at " + toText(found->second.place),
                              "remove one of the two"});
    found->second.place = value.meta.place;
    list[found->second.index] = std::move(value);
}

void ClusterBuilder::placeOwnedPods()
{
    for (OwnedPod& owned : ownedPods_) {
        // A ReplicaSet is named after its Deployment, with a hash behind.
        std::string maker = owned.owner.name;
        if (owned.owner.kind == "ReplicaSet") {
            maker = maker.substr(0, maker.rfind('-'));
        }
        for (model::Deployment& deployment : read_.cluster.deployments) {
            if (deployment.meta.name == maker &&
                deployment.meta.nameSpace == owned.pod.meta.nameSpace) {
                deployment.arePodsListed = true;
            }
        }
        owned.pod.deployment = std::move(maker);
        read_.cluster.pods.push_back(std::move(owned.pod));
    }
}

void ClusterBuilder::refuseSharedNodePorts()
{
    std::map<std::pair<model::Protocol, int>, std::string> allocated;
    std::erase_if(read_.cluster.services, [&](const model::Service& service) {
        RefusedObject refused{"Service", service.meta.nameSpace, service.meta.name, {}};
        for (const model::ServicePort& port : service.ports) {
            if (!port.nodePort) {
                continue;
            }
            const auto [owner, isNew] =
                allocated.try_emplace({port.protocol, *port.nodePort}, service.meta.fullName());
            if (!isNew) {
                refused.findings.push_back({Severity::Refused,
                                            "node-port-taken",
                                            port.place,
                                            "Service " + service.meta.fullName() + ": nodePort " +
                                                std::to_string(*port.nodePort) +
                                                " is already allocated to Service " + owner->second,
                                            "choose another, or none"});
            }
        }
        const bool isRefused = !refused.findings.empty();
        if (isRefused) {
            append(read_.findings, refused.findings);
            read_.refused.push_back(std::move(refused));
        }
        return isRefused;
    });
}

void ClusterBuilder::reportCounts()
{
    for (const auto& [kind, counted] : counted_) {
        read_.findings.push_back(
            {counted.severity,
             "kind-not-honoured",
             counted.first,
             "the kind " + kind + " is not honoured: " + plural(counted.count, "object"),
             {}});
    }
    if (redacted_.count > 0) {
        read_.findings.push_back({Severity::Warning,
                                  "secret-redacted",
                                  redacted_.first,
                                  plural(redacted_.count, "Secret") +
                                      " with redacted values: certificates in them are unknown",
                                  {}});
    }
}

void ClusterBuilder::sortFindings()
{
    std::unordered_map<const std::string*, std::size_t> order;
    for (const auto& file : files_) {
        order.try_emplace(file.get(), order.size());
    }
    const auto key = [&](const Finding& finding) {
        const auto found = order.find(finding.place.file.get());
        return std::tuple(found == order.end() ? order.size() : found->second,
                          finding.place.line,
                          finding.place.column);
    };
    std::stable_sort(read_.findings.begin(),
                     read_.findings.end(),
                     [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

ReadCluster ClusterBuilder::finish()
{
    placeOwnedPods();
    refuseSharedNodePorts();
    reportCounts();
    sortFindings();
    limitText(read_.findings);
    return std::move(read_);
}

} // namespace lab::manifest
