#pragma once

#include "base/ids.hpp"
#include "routing/hash_index.hpp"
#include "routing/path_pattern.hpp"
#include "routing/route_rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab::routing {

/// What a look-up did, for the explainer: every rule of the chosen host, best first.
struct RouteTrace {
    enum class Verdict {
        Won,
        ShorterPath,      ///< Matches too, but a longer path does as well.
        PathDiffers,      ///< Does not match.
        PrefixAfterExact, ///< As long, but Exact goes before Prefix.
        HostDiffers,      ///< Belongs to a host pattern that was not chosen.
        LaterPattern,     ///< Matches too, but a pattern before it in the list does as well.
        SameAsEarlier,    ///< Same host, path and type as a rule before it in the list.
    };
    struct Candidate {
        std::size_t rule = 0; ///< Index into the rules the table was built from.
        Verdict verdict = Verdict::PathDiffers;
    };
    std::string hostPattern; ///< The pattern whose rules were looked at; empty for the any-host.
    bool isHostKnown = false;
    std::vector<Candidate> candidates;
};

/// What a look-up found.
struct RouteMatch {
    std::optional<RouteId> route;
    bool isSlashRedirect = false; ///< The route takes this path with a '/' behind it.
};

/// Which route takes this host and path?  Kubernetes' precedence, in one place.
///
/// Host: exact, then wildcard of one label, then rules without a host.  Path: the longest match;
/// of equally long ones Exact before Prefix; Prefix compares whole elements ("/foo" takes "/foo/x",
/// not "/foobar").  Two rules for one host, path and type: the first in the list wins.
/// A host with a Regex rule is matched by its patterns alone, in the order of the list.
/// https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches
///
/// Immutable once built and free to share between threads. A look-up does not allocate (without
/// a trace) and costs one hash a host and one a path element, however many rules there are.
/// Memory: the rules themselves and about 60 bytes for each.
class RouteTable {
public:
    RouteTable() = default;
    explicit RouteTable(std::vector<RouteRule> rules);

    /// The route, or nothing.
    /// \param host  lower case, without port and without trailing dot; may be empty
    /// \param path  starts with '/', normalised, without the query
    [[nodiscard]] std::optional<RouteId>
    match(std::string_view host, std::string_view path, RouteTrace* trace = nullptr) const;

    /// As match(), for tables whose rules redirect to the slash form.
    [[nodiscard]] RouteMatch
    find(std::string_view host, std::string_view path, RouteTrace* trace = nullptr) const;

    /// The pattern of the rules that this host gets, or nothing: "", "*.foo.com" or the host.
    [[nodiscard]] std::optional<std::string> hostPattern(std::string_view host) const;

    [[nodiscard]] const std::vector<RouteRule>& rules() const { return rules_; }

private:
    /// The rules of one host pattern.
    struct HostRules {
        std::uint32_t firstRule = 0; ///< The others by nextOfHost_, longest path first.
        std::uint32_t lastRule = 0;
        std::uint32_t patterns = 0; ///< Into patterns_; 0: no Regex rule.
        bool hasExact = false;
        bool hasSlashRedirect = false;
    };
    enum class Key : std::uint8_t { Exact, Prefix, SlashRedirect };
    using RulePatterns = std::vector<std::pair<std::uint32_t, PathPattern>>;

    void addHostOf(std::uint32_t rule);
    void orderForExplanations();
    void addPathOf(std::uint32_t rule);
    void addKey(Key key, std::uint32_t host, std::string_view path, std::uint32_t rule);
    [[nodiscard]] std::optional<std::uint32_t> hostNumber(std::string_view pattern) const;
    [[nodiscard]] std::optional<std::uint32_t> hostFor(std::string_view host) const;
    [[nodiscard]] std::optional<std::uint32_t>
    ruleAt(Key key, std::uint32_t host, std::string_view path) const;
    [[nodiscard]] std::optional<std::uint32_t> best(std::uint32_t host,
                                                    std::string_view path) const;
    [[nodiscard]] std::optional<std::uint32_t> slashRedirect(std::uint32_t host,
                                                             std::string_view path) const;
    [[nodiscard]] const std::string& patternOf(std::uint32_t host) const
    {
        return rules_[hosts_[host].firstRule].host;
    }
    void explain(std::uint32_t host,
                 std::string_view path,
                 std::optional<std::uint32_t> winner,
                 RouteTrace& trace) const;

    std::vector<RouteRule> rules_;
    std::vector<std::uint32_t> hostOfRule_; ///< By rule: its host's number.
    std::vector<std::uint32_t> nextOfHost_; ///< By rule: the next one of the same host.
    std::vector<HostRules> hosts_;
    std::vector<RulePatterns> patterns_;
    HashIndex hostIndex_; ///< Host patterns as written.
    HashIndex pathIndex_; ///< Host number, Key and path; prefixes without their last slash.
    bool hasWildcards_ = false;
    std::optional<std::uint32_t> anyHost_;
};

} // namespace lab::routing
