#include "base/quoted.hpp"
#include "manifest/fields.hpp"
#include "manifest/names.hpp"
#include "manifest/object_readers.hpp"

namespace lab::manifest {
namespace {

using yaml::MapReader;

constexpr std::string_view serviceLabel = "kubernetes.io/service-name";

enum class AddressType { Ipv4, Ipv6, Fqdn };

void checkAddress(MapReader& endpoint, const MapReader::Item& address, AddressType type)
{
    if (!address.node->isScalar()) {
        return;
    }
    const std::string& text = address.node->scalar;
    const bool isRight = type == AddressType::Ipv4   ? isIpv4(text)
                         : type == AddressType::Ipv6 ? isIpv6(text)
                                                     : subdomainMistake(text).empty();
    if (!isRight) {
        endpoint.reading().addWrong(endpoint.reading().document.place(*address.node),
                                    "invalid-address",
                                    address.path + ' ' + quoted(text) +
                                        " is no address of the slice's addressType");
    }
}

void readEndpoint(MapReader& endpoint, AddressType type, model::EndpointSlice& slice)
{
    model::SliceEndpoint read;
    MapReader conditions = endpoint.map("conditions");
    read.isReady = conditions.boolean("ready").value_or(true);
    read.isServing = conditions.boolean("serving").value_or(read.isReady);
    read.isTerminating = conditions.boolean("terminating").value_or(false);
    conditions.finish();
    MapReader target = endpoint.map("targetRef");
    if (target.text("kind").value_or("") == "Pod") {
        read.podName = target.text("name").value_or("");
    }
    target.passOver({"name", "namespace", "uid", "apiVersion", "resourceVersion", "fieldPath"});
    target.finish();
    read.nodeName = endpoint.text("nodeName").value_or("");
    if (endpoint.items("addresses").empty()) {
        endpoint.addWrong("addresses", "missing-key", "needs at least one address");
    }
    for (const MapReader::Item& address : endpoint.items("addresses")) {
        checkAddress(endpoint, address, type);
    }
    for (std::string& address : endpoint.texts("addresses")) {
        read.address = std::move(address);
        slice.endpoints.push_back(read);
    }
    endpoint.passOver({"hostname", "zone", "hints", "deprecatedTopology"});
    endpoint.finish();
}

void readSlicePort(MapReader& port, model::EndpointSlice& slice)
{
    model::SlicePort read;
    if (!port.text("name").value_or("").empty()) {
        read.name = readName(port, "name", labelNameMistake);
    }
    read.protocol = readProtocol(port);
    const bool hasNumber = port.has("port");
    read.number = readPort(port, "port");
    port.passOver({"appProtocol"});
    port.finish();
    if (hasNumber) {
        slice.ports.push_back(std::move(read));
    } else {
        port.reading().findings.push_back({Severity::Warning,
                                           "slice-port",
                                           port.place(),
                                           port.path() + " has no number: no request reaches it",
                                           "give it a port"});
    }
}

} // namespace

model::EndpointSlice readEndpointSlice(MapReader& root)
{
    model::EndpointSlice slice;
    slice.meta = readMeta(root, subdomainMistake);
    root.require("addressType");
    const AddressType type = root.choice<AddressType>("addressType",
                                                      {{"IPv4", AddressType::Ipv4},
                                                       {"IPv6", AddressType::Ipv6},
                                                       {"FQDN", AddressType::Fqdn}})
                                 .value_or(AddressType::Ipv4);
    for (MapReader& endpoint : root.maps("endpoints")) {
        readEndpoint(endpoint, type, slice);
    }
    for (MapReader& port : root.maps("ports")) {
        readSlicePort(port, slice);
    }
    const auto label = slice.meta.labels.find(std::string(serviceLabel));
    if (label != slice.meta.labels.end()) {
        slice.serviceName = label->second;
    } else {
        root.reading().findings.push_back({Severity::Warning,
                                           "slice-without-service",
                                           root.place(),
                                           "has no label kubernetes.io/service-name: it belongs to "
                                           "no Service",
                                           "add the label"});
    }
    root.finish();
    return slice;
}

} // namespace lab::manifest
