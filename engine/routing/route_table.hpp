#pragma once

#include "base/ids.hpp"
#include "routing/path_pattern.hpp"
#include "routing/route_rule.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept
        {
            return std::hash<std::string_view>{}(text);
        }
    };
    using RuleByPath = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

    /// The rules of one host pattern. Prefix keys have no trailing slash ("/" is "").
    struct HostRules {
        RuleByPath exact;
        RuleByPath prefix;
        RuleByPath slashless; ///< Paths that are one '/' short of a rule that redirects.
        std::vector<std::pair<std::uint32_t, std::shared_ptr<const PathPattern>>> patterns;
        std::vector<std::uint32_t> all; ///< Longest path first: the order of explanations.
    };

    const HostRules*
    rulesOf(std::string_view host, std::string& patternForTrace, bool isTraced) const;
    [[nodiscard]] static std::optional<std::uint32_t> best(const HostRules& rules,
                                                           std::string_view path);
    [[nodiscard]] std::optional<std::uint32_t> slashRedirect(const HostRules& rules,
                                                             std::string_view path) const;
    void explain(const HostRules& rules,
                 std::string_view path,
                 std::optional<std::uint32_t> winner,
                 RouteTrace& trace) const;

    std::vector<RouteRule> rules_;
    std::unordered_map<std::string, HostRules, TextHash, std::equal_to<>> exactHosts_;
    std::unordered_map<std::string, HostRules, TextHash, std::equal_to<>>
        wildcardHosts_; ///< Key ".foo.com".
    std::optional<HostRules> anyHost_;
};

} // namespace lab::routing
