#include "routing/route_table.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace lab::routing {
namespace {

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
{
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const RouteRule& rule = rules_[i];
        check(rule.path.starts_with('/'), "a rule's path starts with a slash");
        HostRules* host = nullptr;
        if (rule.host.empty()) {
            host = anyHost_ ? &*anyHost_ : &anyHost_.emplace();
        } else if (isWildcard(rule.host)) {
            host = &wildcardHosts_[rule.host.substr(1)];
        } else {
            host = &exactHosts_[rule.host];
        }
        const auto index = static_cast<std::uint32_t>(i);
        host->all.push_back(index);
        if (rule.redirectsToSlash && rule.path.size() > 1 && rule.path.ends_with('/')) {
            host->slashless.try_emplace(std::string(withoutLastSlash(rule.path)), index);
        }
        if (rule.kind == PathKind::Regex) {
            host->patterns.emplace_back(index, std::make_shared<const PathPattern>(rule.path));
        } else if (rule.kind == PathKind::Exact) {
            host->exact.try_emplace(rule.path, index);
        } else {
            host->prefix.try_emplace(std::string(withoutLastSlash(rule.path)), index);
        }
    }
    const auto sort = [&](HostRules& host) {
        std::stable_sort(host.all.begin(), host.all.end(), [&](auto a, auto b) {
            return rules_[a].path.size() > rules_[b].path.size();
        });
    };
    for (auto* hosts : {&exactHosts_, &wildcardHosts_}) {
        for (auto& [name, host] : *hosts) {
            sort(host);
        }
    }
    if (anyHost_) {
        sort(*anyHost_);
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
    std::string pattern;
    const HostRules* rules = rulesOf(host, pattern, trace != nullptr);
    if (rules == nullptr) {
        if (trace != nullptr) {
            *trace = RouteTrace{};
        }
        return {};
    }
    const std::optional<std::uint32_t> redirecting = slashRedirect(*rules, path);
    const std::optional<std::uint32_t> winner = redirecting ? redirecting : best(*rules, path);
    if (trace != nullptr) {
        trace->hostPattern = std::move(pattern);
        trace->isHostKnown = true;
        explain(*rules, path, winner, *trace);
    }
    if (!winner) {
        return {};
    }
    return {rules_[*winner].route, redirecting.has_value()};
}

std::optional<std::string> RouteTable::hostPattern(std::string_view host) const
{
    std::string pattern;
    if (rulesOf(host, pattern, true) == nullptr) {
        return std::nullopt;
    }
    return pattern;
}

/// nginx's location for "/x/" answers "/x" too, unless there is a rule of that very path.
std::optional<std::uint32_t> RouteTable::slashRedirect(const HostRules& rules,
                                                       std::string_view path) const
{
    const auto found = rules.slashless.find(path);
    if (found == rules.slashless.end() || rules.exact.contains(path)) {
        return std::nullopt;
    }
    const auto prefix = rules.prefix.find(path);
    if (prefix != rules.prefix.end() && !rules_[prefix->second].redirectsToSlash) {
        return std::nullopt;
    }
    return found->second;
}

const RouteTable::HostRules*
RouteTable::rulesOf(std::string_view host, std::string& patternForTrace, bool isTraced) const
{
    if (const auto exact = exactHosts_.find(host); exact != exactHosts_.end()) {
        if (isTraced) {
            patternForTrace = exact->first;
        }
        return &exact->second;
    }
    const std::size_t dot = host.find('.');
    if (dot != std::string_view::npos && isLabel(host.substr(0, dot))) {
        const auto wildcard = wildcardHosts_.find(host.substr(dot));
        if (wildcard != wildcardHosts_.end()) {
            if (isTraced) {
                patternForTrace = '*' + wildcard->first;
            }
            return &wildcard->second;
        }
    }
    return anyHost_ ? &*anyHost_ : nullptr;
}

std::optional<std::uint32_t> RouteTable::best(const HostRules& rules, std::string_view path)
{
    if (!rules.patterns.empty()) {
        for (const auto& [rule, pattern] : rules.patterns) {
            if (pattern->matchesStart(path)) {
                return rule;
            }
        }
        return std::nullopt;
    }
    if (const auto exact = rules.exact.find(path); exact != rules.exact.end()) {
        return exact->second;
    }
    // "/a/b/" and "/a/b" ask for the stems "/a/b", "/a" and "": longest first.
    std::string_view stem = withoutLastSlash(path);
    while (true) {
        if (const auto prefix = rules.prefix.find(stem); prefix != rules.prefix.end()) {
            return prefix->second;
        }
        const std::size_t slash = stem.rfind('/');
        if (slash == std::string_view::npos) {
            return std::nullopt;
        }
        stem = stem.substr(0, slash);
    }
}

void RouteTable::explain(const HostRules& rules,
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
        const auto pattern = std::lower_bound(
            rules.patterns.begin(), rules.patterns.end(), index, [](const auto& each, auto wanted) {
                return each.first < wanted;
            });
        return pattern->second->matchesStart(path);
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
    trace.candidates.reserve(rules.all.size());
    if (winner) {
        trace.candidates.push_back({*winner, RouteTrace::Verdict::Won});
    }
    std::vector<RouteTrace::Candidate> others;
    for (const std::uint32_t index : rules.all) {
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
