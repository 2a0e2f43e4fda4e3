#include "base/check.hpp"
#include "manifest/manifest_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

/// Whatever the bytes: a cluster without what was refused, and a few pages of findings in place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t textBytesMax = 64U << 10U;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const lab::manifest::ReadCluster read = lab::manifest::readManifests({{"fuzz.yaml", text}});
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    std::size_t bytes = 0;
    for (const lab::Finding& finding : read.findings) {
        const std::string shown = toText(finding);
        bytes += shown.size() + 1;
        lab::check(finding.place.isKnown(), "a finding says where");
        lab::check(finding.place.line <= lines + 1, "a finding points into the text");
        lab::check(std::none_of(shown.begin(),
                                shown.end(),
                                [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }),
                   "a finding cannot paint over a terminal");
    }
    lab::check(bytes <= textBytesMax, "the findings are bounded");
    for (const lab::model::Service& service : read.cluster.services) {
        lab::check(!service.meta.name.empty(), "what is not refused has a name");
        for (const lab::model::ServicePort& port : service.ports) {
            lab::check(port.port >= 1 && port.port <= 65'535, "what is not refused has ports");
        }
    }
    for (const lab::model::Deployment& deployment : read.cluster.deployments) {
        lab::check(deployment.replicas >= 0 && deployment.replicas <= 1000, "replicas are bounded");
    }
    return 0;
}
