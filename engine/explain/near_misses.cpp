#include "explain/near_misses.hpp"

#include "base/suggestion.hpp"
#include "explain/candidates.hpp"

#include <algorithm>
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

/// Does the door lead a request for that rule's host and this path to the rule?
bool isTakenBy(const plan::Door& door, const RouteRule& rule, const std::string& path)
{
    const auto route = door.table.match(sampleOf(rule.host), path);
    return route == rule.route && !door.routes[route->index()].isImplicitRoot;
}

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

/// The rule of that host that takes the path, else its first one.
void addHost(const HostIndex& index,
             const HostIndex::Host& host,
             const std::string& path,
             const std::string& hint,
             Misses& misses)
{
    const plan::Door& door = index.door();
    routing::RouteTrace trace;
    const auto route = door.table.match(sampleOf(std::string(host.name)), path, &trace);
    const bool isTaken =
        route && !door.routes[route->index()].isImplicitRoot && trace.hostPattern == host.name;
    const std::size_t rule = isTaken ? trace.candidates.front().rule : host.firstRule;
    misses.add(door.table.rules()[rule], isTaken ? hint : hint + "; yet it does not take the path");
}

void addNearHosts(const HostIndex& index,
                  const std::string& host,
                  const std::string& path,
                  Misses& misses)
{
    if (const auto* wildcard = index.find("*." + host)) {
        addHost(index,
                *wildcard,
                path,
                "a wildcard needs a label: it does not take " + host + " itself",
                misses);
    }
    const std::size_t first = host.find('.');
    for (std::size_t dot = first; dot != std::string::npos; dot = host.find('.', dot + 1)) {
        const auto* wildcard = dot == first ? nullptr : index.find('*' + host.substr(dot));
        if (wildcard != nullptr) {
            addHost(index,
                    *wildcard,
                    path,
                    "a wildcard stands for one label, and " + host + " has more",
                    misses);
        }
    }
    const std::string near(nearest(host, index.plainNames()));
    if (const auto* meant = near.empty() ? nullptr : index.find(near)) {
        addHost(index, *meant, path, "did you mean the host " + near + "?", misses);
    }
}

/// Rules of other hosts that take the path: those with the most of it first.
void addOtherHosts(const HostIndex& index,
                   const routing::RouteTrace& trace,
                   const std::string& path,
                   Misses& misses)
{
    const plan::Door& door = index.door();
    std::size_t asked = 0;
    const auto ask = [&](std::span<const std::uint32_t> numbers) {
        for (const std::uint32_t number : numbers) {
            if (misses.isFull() || ++asked > rulesAskedMax) {
                return;
            }
            const RouteRule& rule = door.table.rules()[number];
            const bool isOther =
                !rule.host.empty() && !(trace.isHostKnown && rule.host == trace.hostPattern);
            if (isOther && isTakenBy(door, rule, path)) {
                misses.add(rule, "takes the path, on another host");
            }
        }
    };
    std::string_view stem = path;
    while (stem.size() > 1) {
        ask(index.rulesFor(stem));
        stem = stem.substr(0, stem.rfind('/'));
    }
    ask(index.patterns());
}

} // namespace

std::vector<NearMiss> nearMisses(const HostIndex& index,
                                 const routing::RouteTrace& trace,
                                 const std::string& host,
                                 const std::string& path)
{
    Misses misses(index.door());
    addNearPaths(index.door(), trace, path, misses);
    if (!trace.isHostKnown || trace.hostPattern.empty()) {
        addNearHosts(index, host, path, misses);
    }
    addOtherHosts(index, trace, path, misses);
    return misses.take();
}

} // namespace lab::explain
