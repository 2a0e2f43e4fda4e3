#include "base/check.hpp"
#include "yaml/document_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    lab::yaml::ReadLimits limits; // small ones, so that the fuzzer meets them
    limits.fileBytesMax = 4096;
    limits.nodesMax = 200;
    limits.aliasNodesMax = 200;
    limits.depthMax = 16;
    limits.scalarBytesMax = 256;
    const lab::yaml::ReadDocuments read = lab::yaml::readDocuments(text, "fuzz.yaml", limits);
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    lab::check(read.findings.size() <= limits.findingsMax + 1, "findings are bounded");
    for (const lab::Finding& finding : read.findings) {
        lab::check(!finding.message.empty(), "a finding says what is wrong");
        lab::check(finding.place.isKnown(), "a finding says where");
        lab::check(finding.place.line <= lines + 1, "a finding points into the text");
    }
    lab::check(!read.isReadable() || size <= limits.fileBytesMax, "the limit on size holds");
    return 0;
}
