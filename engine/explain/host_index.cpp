#include "explain/host_index.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

std::string_view withoutLastSlash(std::string_view path)
{
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

} // namespace

HostIndex::HostIndex(const plan::Door& door)
    : door_(&door)
{
    const std::vector<routing::RouteRule>& rules = door.table.rules();
    std::unordered_map<std::string_view, std::size_t> places;
    std::vector<bool> hasPattern;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const routing::RouteRule& rule = rules[i];
        const auto [place, isNew] = places.try_emplace(rule.host, hosts_.size());
        if (isNew) {
            hosts_.push_back({rule.host, i, 0});
            hasPattern.push_back(false);
            if (!rule.host.empty() && !rule.host.starts_with("*.")) {
                plainNames_.emplace_back(rule.host);
            }
        }
        ++hosts_[place->second].rules;
        const auto index = static_cast<std::uint32_t>(i);
        if (rule.kind == routing::PathKind::Regex) {
            if (!hasPattern[place->second]) {
                patterns_.push_back(index);
                hasPattern[place->second] = true;
            }
        } else if (rule.path != "/") {
            byPath_[withoutLastSlash(rule.path)].push_back(index);
        }
    }
    std::sort(
        hosts_.begin(), hosts_.end(), [](const Host& a, const Host& b) { return a.name < b.name; });
}

const HostIndex::Host* HostIndex::find(std::string_view name) const
{
    const auto found =
        std::lower_bound(hosts_.begin(), hosts_.end(), name, [](const Host& host, auto wanted) {
            return host.name < wanted;
        });
    return found != hosts_.end() && found->name == name ? &*found : nullptr;
}

std::span<const std::uint32_t> HostIndex::rulesFor(std::string_view path) const
{
    const auto found = byPath_.find(withoutLastSlash(path));
    return found == byPath_.end() ? std::span<const std::uint32_t>() : found->second;
}

} // namespace lab::explain
