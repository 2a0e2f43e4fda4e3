#include "explain/near_misses.hpp"

#include "base/suggestion.hpp"
#include "explain/candidates.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace lab::explain {
namespace {

using routing::PathKind;
using routing::RouteRule;

std::string lowered(std::string_view text)
{
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return made;
}

/// What differs between a rule's path and the request's, or nothing where much does.
std::string pathHint(const RouteRule& rule, const std::string& path)
{
    if (path + '/' == rule.path || path == rule.path + '/') {
        return "only the slash at the end differs";
    }
    if (lowered(path) == lowered(rule.path)) {
        return "only upper and lower case differ";
    }
    if (rule.kind == PathKind::Prefix && rule.path.size() > 1 && path.starts_with(rule.path)) {
        return "prefix compares whole elements: it takes " + rule.path + " and " + rule.path +
               "/…, not " + path;
    }
    if (rule.kind == PathKind::Exact && path.starts_with(rule.path + '/') && rule.path != "/") {
        return "exact takes nothing below it; prefix would";
    }
    return {};
}

/// Collects misses, each rule once.
class Misses {
public:
    explicit Misses(const plan::Door& door)
        : door_(door)
    {
    }

    [[nodiscard]] bool isFull() const { return found_.size() == Explanation::nearMissesMax; }

    void add(const RouteRule& rule, std::string hint)
    {
        const plan::Route& route = door_.routes[rule.route.index()];
        if (isFull() || route.isImplicitRoot || !seen_.insert(&rule).second) {
            return;
        }
        found_.push_back({route.place, rule.host, matchText(rule), std::move(hint)});
    }

    [[nodiscard]] std::vector<NearMiss> take() { return std::move(found_); }

private:
    const plan::Door& door_;
    std::vector<NearMiss> found_;
    std::set<const RouteRule*> seen_;
};

/// A host that the pattern takes: itself, or one with a label in the star's place.
std::string sampleOf(const std::string& pattern)
{
    return pattern.starts_with("*.") ? 'x' + pattern.substr(1) : pattern;
}

/// Asks the table about hosts that the request did not name.
class OtherHosts {
public:
    explicit OtherHosts(const plan::Door& door)
        : door_(door)
        , ruleOf_(door.routes.size())
    {
        for (const RouteRule& rule : door.table.rules()) {
            const RouteRule*& first = ruleOf_[rule.route.index()];
            first = first == nullptr ? &rule : first;
        }
    }

    /// The user's rule that takes the path on a host of that pattern, if there is one.
    [[nodiscard]] const RouteRule* taker(const std::string& pattern, const std::string& path) const
    {
        const auto route = door_.table.match(sampleOf(pattern), path);
        if (!route || door_.routes[route->index()].isImplicitRoot) {
            return nullptr;
        }
        const RouteRule* const rule = ruleOf_[route->index()];
        return rule != nullptr && rule->host == pattern ? rule : nullptr;
    }

private:
    const plan::Door& door_;
    std::vector<const RouteRule*> ruleOf_; ///< By route: the first one that leads to it.
};

void addNearPaths(const plan::Door& door,
                  const routing::RouteTrace& trace,
                  const std::string& path,
                  Misses& misses)
{
    std::vector<std::string> paths;
    for (const auto& candidate : trace.candidates) {
        const RouteRule& rule = door.table.rules()[candidate.rule];
        paths.push_back(rule.path);
        if (std::string hint = pathHint(rule, path); !hint.empty()) {
            misses.add(rule, std::move(hint));
        }
    }
    const std::string_view near = nearest(path, paths);
    for (const auto& candidate : trace.candidates) {
        const RouteRule& rule = door.table.rules()[candidate.rule];
        if (!near.empty() && rule.path == near) {
            misses.add(rule, "a path close to it");
        }
    }
}

void addNearHosts(const plan::Door& door,
                  const std::string& host,
                  const std::string& path,
                  const std::vector<std::string>& hosts,
                  const OtherHosts& others,
                  Misses& misses)
{
    const auto addHost = [&](const std::string& pattern, const std::string& hint) {
        if (const RouteRule* rule = others.taker(pattern, path)) {
            misses.add(*rule, hint);
            return;
        }
        for (const RouteRule& rule : door.table.rules()) {
            if (rule.host == pattern) {
                misses.add(rule, hint + "; yet it does not take the path");
                return;
            }
        }
    };
    for (const std::string& pattern : hosts) {
        if (pattern.starts_with("*.") && host == pattern.substr(2)) {
            addHost(pattern, "a wildcard needs a label: it does not take " + host + " itself");
        } else if (pattern.starts_with("*.") && host.ends_with(pattern.substr(1))) {
            addHost(pattern, "a wildcard stands for one label, and " + host + " has more");
        }
    }
    std::vector<std::string> names;
    std::copy_if(hosts.begin(), hosts.end(), std::back_inserter(names), [](const auto& each) {
        return !each.starts_with("*.");
    });
    if (const std::string near(nearest(host, names)); !near.empty()) {
        addHost(near, "did you mean the host " + near + "?");
    }
}

} // namespace

std::vector<NearMiss> nearMisses(const plan::Door& door,
                                 const routing::RouteTrace& trace,
                                 const std::string& host,
                                 const std::string& path)
{
    Misses misses(door);
    std::set<std::string> distinct;
    for (const RouteRule& rule : door.table.rules()) {
        if (!rule.host.empty() && !(trace.isHostKnown && rule.host == trace.hostPattern)) {
            distinct.insert(rule.host);
        }
    }
    const std::vector<std::string> hosts(distinct.begin(), distinct.end());
    const OtherHosts others(door);
    addNearPaths(door, trace, path, misses);
    if (!trace.isHostKnown || trace.hostPattern.empty()) {
        addNearHosts(door, host, path, hosts, others, misses);
    }
    const std::size_t asked = std::min(hosts.size(), hostsAskedMax);
    for (std::size_t i = 0; i < asked && !misses.isFull(); ++i) {
        if (const RouteRule* rule = others.taker(hosts[i], path); rule && rule->path != "/") {
            misses.add(*rule, "takes the path, on another host");
        }
    }
    return misses.take();
}

} // namespace lab::explain
