#include "routing/route_table.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <functional>

namespace lab::routing {
namespace {

constexpr std::uint32_t none = 0xffff'ffff;

bool isWildcard(std::string_view host)
{
    return host.starts_with("*.");
}

/// A label that a wildcard may stand for: ingress-nginx's [\w-]+.
bool isLabel(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

std::string_view withoutLastSlash(std::string_view path)
{
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

std::size_t hashOf(std::string_view text)
{
    return std::hash<std::string_view>{}(text);
}

/// Of "*" + suffix, without putting that together.
std::size_t hashOfWildcard(std::string_view suffix)
{
    return ~hashOf(suffix);
}

std::size_t hashOfPattern(std::string_view pattern)
{
    return isWildcard(pattern) ? hashOfWildcard(pattern.substr(1)) : hashOf(pattern);
}

std::size_t hashOf(std::string_view path, std::uint32_t host, unsigned key)
{
    constexpr std::size_t odd = 0x9e3779b97f4a7c15;
    const std::size_t mixed = (hashOf(path) ^ (4 * std::size_t{host} + key)) * odd;
    return mixed ^ (mixed >> 32U); // both halves are looked at
}

/// Does Prefix `rule` take `path`?  Whole elements; a trailing slash of the rule says nothing.
bool isPrefix(std::string_view rule, std::string_view path)
{
    const std::string_view stem = withoutLastSlash(rule);
    return path.starts_with(stem) && (path.size() == stem.size() || path[stem.size()] == '/');
}

/// \pre no Regex
bool takes(const RouteRule& rule, std::string_view path)
{
    return rule.kind == PathKind::Exact ? rule.path == path : isPrefix(rule.path, path);
}

} // namespace

RouteTable::RouteTable(std::vector<RouteRule> rules)
    : rules_(std::move(rules))
    , hostOfRule_(rules_.size(), none)
    , nextOfHost_(rules_.size(), none)
    , patterns_(1)
    , hostIndex_(rules_.size())
    , pathIndex_(2 * rules_.size()) // itself, and perhaps its redirect
{
    rules_.shrink_to_fit();
    for (std::uint32_t rule = 0; rule < rules_.size(); ++rule) {
        check(rules_[rule].path.starts_with('/'), "a rule's path starts with a slash");
        addHostOf(rule);
        addPathOf(rule);
    }
    hosts_.shrink_to_fit();
    orderForExplanations();
}

void RouteTable::orderForExplanations()
{
    std::vector<std::uint32_t> all;
    for (HostRules& host : hosts_) {
        all.clear();
        for (std::uint32_t rule = host.firstRule; rule != none; rule = nextOfHost_[rule]) {
            all.push_back(rule);
        }
        std::stable_sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
            return rules_[a].path.size() > rules_[b].path.size();
        });
        host.firstRule = all.front();
        host.lastRule = all.back();
        for (std::size_t i = 0; i < all.size(); ++i) {
            nextOfHost_[all[i]] = i + 1 < all.size() ? all[i + 1] : none;
        }
    }
}

void RouteTable::addHostOf(std::uint32_t rule)
{
    const std::string& pattern = rules_[rule].host;
    const std::optional<std::uint32_t> known = hostNumber(pattern);
    if (known) {
        HostRules& host = hosts_[*known];
        nextOfHost_[host.lastRule] = rule;
        host.lastRule = rule;
        hostOfRule_[rule] = *known;
        return;
    }
    const auto number = static_cast<std::uint32_t>(hosts_.size());
    hosts_.push_back({rule, rule, 0, false, false});
    hostOfRule_[rule] = number;
    hostIndex_.add(hashOfPattern(pattern), number);
    hasWildcards_ = hasWildcards_ || isWildcard(pattern);
    if (pattern.empty()) {
        anyHost_ = number;
    }
}

void RouteTable::addPathOf(std::uint32_t index)
{
    const RouteRule& rule = rules_[index];
    const std::uint32_t number = hostOfRule_[index];
    HostRules& host = hosts_[number];
    if (rule.redirectsToSlash && rule.path.size() > 1 && rule.path.ends_with('/')) {
        host.hasSlashRedirect = true;
        addKey(Key::SlashRedirect, number, withoutLastSlash(rule.path), index);
    }
    if (rule.kind == PathKind::Regex) {
        if (host.patterns == 0) {
            host.patterns = static_cast<std::uint32_t>(patterns_.size());
            patterns_.emplace_back();
        }
        patterns_[host.patterns].emplace_back(index, PathPattern(rule.path));
    } else if (rule.kind == PathKind::Exact) {
        host.hasExact = true;
        addKey(Key::Exact, number, rule.path, index);
    } else {
        addKey(Key::Prefix, number, withoutLastSlash(rule.path), index);
    }
}

/// The first rule of a key stays.
void RouteTable::addKey(Key key, std::uint32_t host, std::string_view path, std::uint32_t rule)
{
    if (!ruleAt(key, host, path)) {
        pathIndex_.add(hashOf(path, host, static_cast<unsigned>(key)), rule);
    }
}

std::optional<RouteId>
RouteTable::match(std::string_view host, std::string_view path, RouteTrace* trace) const
{
    const RouteMatch found = find(host, path, trace);
    return found.isSlashRedirect ? std::nullopt : found.route;
}

RouteMatch RouteTable::find(std::string_view host, std::string_view path, RouteTrace* trace) const
{
    const std::optional<std::uint32_t> number = hostFor(host);
    if (!number) {
        if (trace != nullptr) {
            *trace = RouteTrace{};
        }
        return {};
    }
    const std::optional<std::uint32_t> redirecting = slashRedirect(*number, path);
    const std::optional<std::uint32_t> winner = redirecting ? redirecting : best(*number, path);
    if (trace != nullptr) {
        trace->hostPattern = patternOf(*number);
        trace->isHostKnown = true;
        explain(*number, path, winner, *trace);
    }
    if (!winner) {
        return {};
    }
    return {rules_[*winner].route, redirecting.has_value()};
}

std::optional<std::string> RouteTable::hostPattern(std::string_view host) const
{
    const std::optional<std::uint32_t> number = hostFor(host);
    return number ? std::optional(patternOf(*number)) : std::nullopt;
}

std::optional<std::uint32_t> RouteTable::hostNumber(std::string_view pattern) const
{
    return hostIndex_.find(hashOfPattern(pattern),
                           [&](std::uint32_t number) { return patternOf(number) == pattern; });
}

/// Exact, then the wildcard of its first label, then any.
std::optional<std::uint32_t> RouteTable::hostFor(std::string_view host) const
{
    if (!host.empty() && !isWildcard(host)) {
        if (const auto exact = hostNumber(host)) {
            return exact;
        }
    }
    const std::size_t dot = hasWildcards_ ? host.find('.') : host.npos;
    if (dot != host.npos && isLabel(host.substr(0, dot))) {
        const std::string_view suffix = host.substr(dot);
        const auto wildcard = hostIndex_.find(hashOfWildcard(suffix), [&](std::uint32_t number) {
            const std::string_view pattern = patternOf(number);
            return isWildcard(pattern) && pattern.substr(1) == suffix;
        });
        if (wildcard) {
            return wildcard;
        }
    }
    return anyHost_;
}

std::optional<std::uint32_t>
RouteTable::ruleAt(Key key, std::uint32_t host, std::string_view path) const
{
    const std::size_t hash = hashOf(path, host, static_cast<unsigned>(key));
    return pathIndex_.find(hash, [&](std::uint32_t index) {
        const RouteRule& rule = rules_[index];
        if (hostOfRule_[index] != host) {
            return false;
        }
        switch (key) {
        case Key::Exact:
            return rule.kind == PathKind::Exact && rule.path == path;
        case Key::Prefix:
            return rule.kind == PathKind::Prefix && withoutLastSlash(rule.path) == path;
        case Key::SlashRedirect:
            return rule.redirectsToSlash && rule.path.size() == path.size() + 1 &&
                   rule.path.ends_with('/') && rule.path.starts_with(path);
        }
        return false;
    });
}

/// nginx's location for "/x/" answers "/x" too, unless there is a rule of that very path.
std::optional<std::uint32_t> RouteTable::slashRedirect(std::uint32_t host,
                                                       std::string_view path) const
{
    if (!hosts_[host].hasSlashRedirect) {
        return std::nullopt;
    }
    const auto found = ruleAt(Key::SlashRedirect, host, path);
    if (!found || ruleAt(Key::Exact, host, path)) {
        return std::nullopt;
    }
    const auto prefix = ruleAt(Key::Prefix, host, path);
    return prefix && !rules_[*prefix].redirectsToSlash ? std::nullopt : found;
}

std::optional<std::uint32_t> RouteTable::best(std::uint32_t host, std::string_view path) const
{
    const HostRules& rules = hosts_[host];
    if (rules.patterns != 0) {
        for (const auto& [rule, pattern] : patterns_[rules.patterns]) {
            if (pattern.matchesStart(path)) {
                return rule;
            }
        }
        return std::nullopt;
    }
    if (rules.hasExact) {
        if (const auto exact = ruleAt(Key::Exact, host, path)) {
            return exact;
        }
    }
    // "/a/b/" and "/a/b" ask for the stems "/a/b", "/a" and "": longest first.
    std::string_view stem = withoutLastSlash(path);
    while (true) {
        if (const auto prefix = ruleAt(Key::Prefix, host, stem)) {
            return prefix;
        }
        const std::size_t slash = stem.rfind('/');
        if (slash == stem.npos) {
            return std::nullopt;
        }
        stem = stem.substr(0, slash);
    }
}

void RouteTable::explain(std::uint32_t host,
                         std::string_view path,
                         std::optional<std::uint32_t> winner,
                         RouteTrace& trace) const
{
    const auto stemLength = [&](std::uint32_t index) {
        return withoutLastSlash(rules_[index].path).size();
    };
    const auto isTaker = [&](std::uint32_t index) {
        if (rules_[index].kind != PathKind::Regex) {
            return takes(rules_[index], path);
        }
        const RulePatterns& patterns = patterns_[hosts_[host].patterns];
        const auto pattern = std::lower_bound(
            patterns.begin(), patterns.end(), index, [](const auto& each, auto wanted) {
                return each.first < wanted;
            });
        return pattern->second.matchesStart(path);
    };
    const auto verdictOf = [&](std::uint32_t index) {
        if (!isTaker(index)) {
            return RouteTrace::Verdict::PathDiffers;
        }
        const RouteRule& rule = rules_[index];
        const RouteRule& won = rules_[*winner]; // a rule that takes the path implies a winner
        if (rule.kind == PathKind::Regex) {
            return RouteTrace::Verdict::LaterPattern;
        }
        if (rule.kind == won.kind && stemLength(index) == stemLength(*winner)) {
            return RouteTrace::Verdict::SameAsEarlier;
        }
        return won.kind == PathKind::Exact && stemLength(index) == stemLength(*winner)
                   ? RouteTrace::Verdict::PrefixAfterExact
                   : RouteTrace::Verdict::ShorterPath;
    };
    trace.candidates.clear();
    if (winner) {
        trace.candidates.push_back({*winner, RouteTrace::Verdict::Won});
    }
    std::vector<RouteTrace::Candidate> others;
    for (std::uint32_t index = hosts_[host].firstRule; index != none; index = nextOfHost_[index]) {
        if (index == winner) {
            continue;
        }
        const RouteTrace::Verdict verdict = verdictOf(index);
        const bool isOther = verdict == RouteTrace::Verdict::PathDiffers;
        (isOther ? others : trace.candidates).push_back({index, verdict});
    }
    trace.candidates.insert(trace.candidates.end(), others.begin(), others.end());
}

} // namespace lab::routing
