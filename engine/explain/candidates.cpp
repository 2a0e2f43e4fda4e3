#include "explain/candidates.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

using routing::PathKind;
using routing::RouteRule;
using Verdict = routing::RouteTrace::Verdict;

/// The length that counts: a slash at the end of a Prefix says nothing.
std::size_t lengthOf(const RouteRule& rule)
{
    const bool hasIdleSlash = rule.kind == PathKind::Prefix && rule.path.size() > 1 &&
                              rule.path.ends_with('/') && !rule.redirectsToSlash;
    return rule.path.size() - (hasIdleSlash ? 1 : 0);
}

std::string pathDiffers(const RouteRule& rule, const std::string& path)
{
    if (rule.kind == PathKind::Regex) {
        return "the pattern does not match";
    }
    if (path + '/' == rule.path || path == rule.path + '/') {
        return "path differs by a slash";
    }
    if (path.starts_with(rule.path)) {
        return rule.kind == PathKind::Exact ? "path goes on: exact takes " + rule.path + " only"
                                            : "path goes on within the element: no whole match";
    }
    return "path differs";
}

std::string lostBecause(const RouteRule& rule,
                        Verdict verdict,
                        const RouteRule* winner,
                        const std::string& path)
{
    switch (verdict) {
    case Verdict::Won:
        return {};
    case Verdict::ShorterPath:
        return winner == nullptr ? "shorter path"
                                 : "shorter path: " + std::to_string(lengthOf(rule)) + " < " +
                                       std::to_string(lengthOf(*winner));
    case Verdict::PathDiffers:
        return pathDiffers(rule, path);
    case Verdict::PrefixAfterExact:
        return "as long, but exact goes before prefix";
    case Verdict::HostDiffers:
        return "host differs";
    case Verdict::LaterPattern:
        return "matches too, but a pattern before it in the list does";
    case Verdict::SameAsEarlier:
        return "same host, path and type as an earlier rule";
    }
    return {};
}

const RouteRule* winnerOf(const plan::Door& door, const routing::RouteTrace& trace)
{
    const auto& all = trace.candidates;
    const bool hasWinner = !all.empty() && all.front().verdict == Verdict::Won;
    return hasWinner ? &door.table.rules()[all.front().rule] : nullptr;
}

std::string hostReason(const std::string& pattern)
{
    if (pattern.empty()) {
        return "no rule names the host: rules for any host";
    }
    return pattern.starts_with("*.") ? "wildcard host " + pattern : "exact host " + pattern;
}

/// The wildcard that stands for the first label of that host, or nothing.
std::string wildcardOf(const std::string& host)
{
    const std::size_t dot = host.find('.');
    return dot == std::string::npos ? std::string() : '*' + host.substr(dot);
}

/// Hosts that were not looked at: first those whose rules would take the host as well.
void explainOtherHosts(const HostIndex& index,
                       const routing::RouteTrace& trace,
                       Explanation& explanation)
{
    const auto isLookedAt = [&](std::string_view name) {
        return trace.isHostKnown && name == trace.hostPattern;
    };
    const std::string wildcard = wildcardOf(explanation.host);
    const auto alsoTakes = [&](std::string_view name) { return name.empty() || name == wildcard; };
    const auto add = [&](const HostIndex::Host& host, const char* because) {
        explanation.notConsidered.push_back({std::string(host.name), host.rules, because});
    };
    const char* const better = "takes the host too, but a host named better goes first";
    if (const auto* host = index.find(""); host != nullptr && !isLookedAt("")) {
        add(*host, better);
    }
    if (const auto* host = wildcard.empty() ? nullptr : index.find(wildcard);
        host != nullptr && !isLookedAt(wildcard)) {
        add(*host, better);
    }
    for (const HostIndex::Host& host : index.hosts()) {
        if (explanation.notConsidered.size() == Explanation::otherHostsMax) {
            break;
        }
        if (!alsoTakes(host.name) && !isLookedAt(host.name)) {
            add(host, "host differs");
        }
    }
    const std::size_t all = index.hosts().size() - (trace.isHostKnown ? 1 : 0);
    explanation.otherHostsLeftOut = all - explanation.notConsidered.size();
}

} // namespace

std::string matchText(const RouteRule& rule)
{
    switch (rule.kind) {
    case PathKind::Exact:
        return "exact " + rule.path;
    case PathKind::Prefix:
        return "prefix " + rule.path;
    case PathKind::Regex:
        return "pattern ^" + rule.path;
    }
    return {};
}

std::string decidedBy(const plan::Door& door, const routing::RouteTrace& trace)
{
    const RouteRule* const winner = winnerOf(door, trace);
    if (!trace.isHostKnown) {
        return "no rule names this host, and none is for any host";
    }
    std::string text = hostReason(trace.hostPattern) + "; ";
    const std::size_t count = trace.candidates.size();
    const std::string among =
        count == 1 ? "the only rule" : " among " + std::to_string(count) + " rules";
    if (winner == nullptr) {
        return text + "none of its " + std::to_string(count) + (count == 1 ? " rule" : " rules") +
               " takes the path";
    }
    if (count == 1) {
        return text + among;
    }
    switch (winner->kind) {
    case PathKind::Exact:
        return text + "exact path" + among;
    case PathKind::Regex:
        return text + "first matching pattern" + among;
    case PathKind::Prefix:
        break;
    }
    return text + "longest path (" + std::to_string(lengthOf(*winner)) + ")" + among;
}

void explainCandidates(const HostIndex& index,
                       const plan::FrontDoorPlan& plan,
                       const routing::RouteTrace& trace,
                       Explanation& explanation)
{
    const plan::Door& door = index.door();
    const std::vector<RouteRule>& rules = door.table.rules();
    const RouteRule* const winner = winnerOf(door, trace);
    for (const auto& [number, verdict] : trace.candidates) {
        if (explanation.candidates.size() == Explanation::candidatesMax) {
            break;
        }
        const RouteRule& rule = rules[number];
        const plan::Route& route = door.routes[rule.route.index()];
        Candidate candidate;
        candidate.rule = route.place;
        candidate.route = route.name;
        candidate.match = matchText(rule);
        if (route.upstream.isValid()) {
            const plan::Upstream& upstream = plan.upstream(route.upstream);
            candidate.service = upstream.fullService();
            if (upstream.servicePort > 0) { // else the Service has no such port
                candidate.service += ':' + std::to_string(upstream.servicePort);
            }
        }
        candidate.isImplicit = route.isImplicitRoot;
        candidate.hasWon = verdict == Verdict::Won;
        candidate.lostBecause = lostBecause(rule, verdict, winner, explanation.path);
        explanation.candidates.push_back(std::move(candidate));
    }
    explanation.candidatesLeftOut = trace.candidates.size() - explanation.candidates.size();
    explanation.decidedBy = decidedBy(door, trace);
    explainOtherHosts(index, trace, explanation);
}

} // namespace lab::explain
