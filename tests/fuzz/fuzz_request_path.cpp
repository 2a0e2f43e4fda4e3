#include "base/check.hpp"
#include "routing/request_path.hpp"
#include "routing/server_name.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lab::routing;

namespace {

/// No way of writing a path leads out of the tree that a route was given, or past it.
void checkPath(std::string_view target)
{
    std::string buffer;
    const auto path = normalisedPath(target, buffer);
    if (!path) {
        return;
    }
    lab::check(path->starts_with('/'), "a path begins at the root");
    lab::check(path->size() <= target.size() + 1, "a path does not grow");
    lab::check(path->find("//") == std::string_view::npos, "slashes are merged");
    const std::string closed = std::string(*path) + '/';
    lab::check(closed.find("/./") == std::string::npos, "no dot segment is left");
    lab::check(closed.find("/../") == std::string::npos, "nothing climbs");
    if (target.find('%') == std::string_view::npos && target.starts_with('/')) {
        std::string again;
        lab::check(normalisedPath(*path, again) == path ||
                       path->find_first_of("?#") != std::string_view::npos,
                   "a normal path stays as it is");
    }
}

/// A name finds itself, or one wildcard; whatever was sent as one.
void checkHost(std::string_view field)
{
    std::string buffer;
    const std::string host(normalisedHost(field, buffer));
    lab::check(host.size() <= field.size(), "a host does not grow");
    lab::check(std::ranges::none_of(host, [](char c) { return c >= 'A' && c <= 'Z'; }),
               "a host is in lower case");
    std::vector<std::string> asked;
    const int known = 1;
    const auto find = [&](const std::string& name) {
        asked.push_back(name);
        return name.starts_with('*') ? &known : nullptr;
    };
    const auto [found, match] = findByServerName(host, find);
    lab::check(asked.size() <= 2 && asked.front() == host, "the exact name comes first");
    lab::check((found != nullptr) == (match != NameMatch::None), "who is found is named");
    lab::check(asked.size() < 2 || asked[1].size() <= host.size() + 1,
               "a wildcard stands for one label");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    checkPath(bytes);
    checkHost(bytes);
    return 0;
}
