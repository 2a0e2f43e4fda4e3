// What reading manifests takes: the dump of a cluster with 60 load balancers, text to objects.
#include "bench/stopwatch.hpp"
#include "manifest/manifest_reader.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace {

using namespace lab;
using namespace lab::bench;

std::string textOf(const char* path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace

int main()
{
    const std::string text = textOf(LAB_MANIFESTS "/cluster-dump.yaml");
    const std::vector<manifest::ManifestText> texts{{"cluster-dump.yaml", text}};
    const auto objects = manifest::readManifests(texts).cluster.services.size();
    std::printf("cluster-dump.yaml: %zu KiB, %zu Services\n", text.size() / 1024, objects);
    measureSlow("cluster-dump.yaml, read", 20, [&] { keep(manifest::readManifests(texts)); });
    return objects > 0 ? 0 : 1;
}
