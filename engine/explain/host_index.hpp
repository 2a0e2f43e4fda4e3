#pragma once

#include "plan/front_door_plan.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lab::explain {

/// Which rules has which host, and which rules name this path?  A door's rules, sorted once, so
/// that an explanation costs the same among ten rules as among ten thousand.
///
/// Immutable; views into the door's table. \pre the door outlives it
class HostIndex {
public:
    /// The rules of one host pattern.
    struct Host {
        std::string_view name; ///< "", "*.foo.com" or a host.
        std::size_t firstRule; ///< Index into the table's rules.
        std::size_t rules;
    };

    explicit HostIndex(const plan::Door& door);

    /// By name.
    [[nodiscard]] const std::vector<Host>& hosts() const { return hosts_; }
    [[nodiscard]] const Host* find(std::string_view name) const;
    /// Hosts that are no pattern: what a typing slip may have meant.
    [[nodiscard]] const std::vector<std::string>& plainNames() const { return plainNames_; }

    /// Exact and Prefix rules of any host whose path is that one, but for a slash at its end; in
    /// the order of the table. Rules for "/" are left out: they take everything.
    [[nodiscard]] std::span<const std::uint32_t> rulesFor(std::string_view path) const;
    /// Regex rules, one of each host.
    [[nodiscard]] std::span<const std::uint32_t> patterns() const { return patterns_; }

    [[nodiscard]] const plan::Door& door() const { return *door_; }

private:
    const plan::Door* door_;
    std::vector<Host> hosts_;
    std::vector<std::string> plainNames_;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> byPath_;
    std::vector<std::uint32_t> patterns_;
};

} // namespace lab::explain
