#include "base/quoted.hpp"
#include "manifest/fields.hpp"
#include "manifest/names.hpp"
#include "manifest/object_readers.hpp"
#include "manifest/timestamp.hpp"

namespace lab::manifest {
namespace {

std::string scalarAt(const yaml::Node& map, std::string_view key)
{
    const yaml::Node* value = map.find(key);
    return value != nullptr && value->isScalar() ? value->scalar : std::string();
}

std::vector<model::Annotation> readAnnotations(yaml::MapReader& metadata)
{
    std::vector<model::Annotation> annotations;
    (void)metadata.textMap("annotations"); // Reports values that are no texts.
    yaml::Reading& reading = metadata.reading();
    const yaml::MapReader below = metadata.map("annotations");
    for (const yaml::MapEntry& entry : below.entries()) {
        if (const std::string mistake = keyMistake(entry.key); !mistake.empty()) {
            reading.addWrong(reading.document.place(entry),
                             "invalid-annotation",
                             "metadata.annotations: " + quoted(entry.key) + ' ' + mistake);
        }
        annotations.push_back({entry.key, entry.value.scalar, reading.document.place(entry)});
    }
    return annotations;
}

std::optional<std::int64_t> readTimestamp(yaml::MapReader& metadata, std::string_view key)
{
    const std::optional<std::string> text = metadata.text(key);
    if (!text) {
        return std::nullopt;
    }
    const std::optional<std::int64_t> seconds = parseTimestamp(*text);
    if (!seconds) {
        metadata.addWrong(key,
                          "invalid-timestamp",
                          "must be a time such as 2024-01-31T12:00:00Z, not " + quoted(*text));
    }
    return seconds;
}

} // namespace

model::ObjectMeta readMeta(yaml::MapReader& root, NameRule rule, Scope scope)
{
    model::ObjectMeta meta;
    meta.place = root.place();
    root.passOver({"apiVersion", "kind", "status"});
    root.require("metadata");
    yaml::MapReader metadata = root.map("metadata");
    if (metadata.require("name")) {
        meta.name = readName(metadata, "name", rule);
    }
    if (scope == Scope::ClusterWide) {
        meta.nameSpace.clear();
        metadata.passOver({"namespace"});
    } else if (metadata.has("namespace")) {
        meta.nameSpace = readName(metadata, "namespace", labelNameMistake);
    }
    meta.labels = readLabels(metadata, "labels");
    meta.annotations = readAnnotations(metadata);
    meta.createdSeconds = readTimestamp(metadata, "creationTimestamp");
    metadata.passOver({"managedFields",
                       "uid",
                       "resourceVersion",
                       "generation",
                       "generateName",
                       "selfLink",
                       "clusterName",
                       "ownerReferences",
                       "finalizers",
                       "deletionTimestamp",
                       "deletionGracePeriodSeconds"});
    metadata.finish();
    return meta;
}

ObjectName nameOf(const yaml::Node& root)
{
    const yaml::Node* metadata = root.find("metadata");
    if (metadata == nullptr) {
        return {};
    }
    ObjectName name{scalarAt(*metadata, "namespace"), scalarAt(*metadata, "name")};
    if (name.nameSpace.empty()) {
        name.nameSpace = "default";
    }
    return name;
}

std::optional<ControllerReference> controllerOf(const yaml::Node& root)
{
    const yaml::Node* metadata = root.find("metadata");
    const yaml::Node* owners = metadata == nullptr ? nullptr : metadata->find("ownerReferences");
    if (owners == nullptr) {
        return std::nullopt;
    }
    for (const yaml::Node& owner : owners->items) {
        if (scalarAt(owner, "controller") == "true") {
            return ControllerReference{scalarAt(owner, "kind"), scalarAt(owner, "name")};
        }
    }
    return std::nullopt;
}

model::Namespace readNamespace(yaml::MapReader& root)
{
    model::Namespace read;
    read.meta = readMeta(root, labelNameMistake, Scope::ClusterWide);
    root.passOver({"spec"});
    root.finish();
    return read;
}

model::Node readNode(yaml::MapReader& root)
{
    model::Node node;
    node.meta = readMeta(root, subdomainMistake, Scope::ClusterWide);
    root.passOver({"spec"});
    yaml::MapReader status = root.map("status");
    for (yaml::MapReader& address : status.maps("addresses")) {
        const std::string type = address.text("type").value_or("");
        const std::string value = address.text("address").value_or("");
        if (type == "InternalIP" && node.internalAddress.empty()) {
            node.internalAddress = value;
        } else if (type == "ExternalIP" && node.externalAddress.empty()) {
            node.externalAddress = value;
        }
    }
    root.finish();
    return node;
}

} // namespace lab::manifest
