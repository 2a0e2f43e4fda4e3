#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace lab::routing {

/// A regular expression over paths, without regard to case.  RE2: linear time, no backtracking.
///
/// Immutable and free to share between threads. Memory of one pattern is bounded (1 MiB).
class PathPattern {
public:
    /// Why RE2 cannot take this expression (look-around and back-references, which PCRE knows, are
    /// named), or nothing if it can.
    [[nodiscard]] static std::optional<std::string> problemOf(std::string_view expression);

    /// \pre problemOf(expression) is nothing
    explicit PathPattern(std::string_view expression);

    /// Does it match at the start of the path?
    [[nodiscard]] bool matchesStart(std::string_view path) const;

    /// Does it match anywhere in the text?
    [[nodiscard]] bool matchesWithin(std::string_view text) const;

    /// The target with $1…$9 replaced by the groups of the first match anywhere in the path (empty
    /// where a group took no part); nothing if the path does not match. nginx's `rewrite`.
    [[nodiscard]] std::optional<std::string> rewritten(std::string_view path,
                                                       std::string_view target) const;

private:
    std::shared_ptr<const re2::RE2> expression_;
};

} // namespace lab::routing
