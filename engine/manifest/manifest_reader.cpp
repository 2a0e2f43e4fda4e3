#include "manifest/manifest_reader.hpp"

#include "manifest/cluster_builder.hpp"
#include "yaml/document_reader.hpp"

namespace lab::manifest {
namespace {

constexpr std::size_t textBytesMax = 64U << 20U;

/// What a server wrote about an object, except a pod's readiness and the addresses of nodes and
/// load balancers.
bool isServersOwn(const yaml::Node& object, std::string_view path)
{
    if (path == "metadata.managedFields") {
        return true;
    }
    const yaml::Node* kind = object.find("kind");
    if (kind == nullptr || kind->scalar == "Pod") {
        return false;
    }
    if (kind->scalar == "Service") {
        return path.starts_with("status.") && !path.starts_with("status.loadBalancer");
    }
    return kind->scalar == "Node" ? path.starts_with("status.") && path != "status.addresses"
                                  : path == "status";
}

} // namespace

ReadCluster readManifests(const std::vector<ManifestText>& texts)
{
    yaml::ReadLimits limits;
    limits.fileBytesMax = textBytesMax;
    limits.acceptsMergeKeys = true;
    limits.passesOver = isServersOwn;
    ClusterBuilder builder;
    for (const ManifestText& text : texts) {
        yaml::ReadDocuments read = yaml::readDocuments(text.text, text.name, limits);
        const bool isReadable = read.isReadable();
        builder.takeFindings(std::move(read.findings));
        if (!isReadable) {
            continue; // Half a file would be a cluster that nobody wrote.
        }
        for (const yaml::Document& document : read.documents) {
            if (builder.isFull()) {
                break;
            }
            builder.takeDocument(document);
        }
    }
    return builder.finish();
}

} // namespace lab::manifest
