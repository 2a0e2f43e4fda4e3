#include "routing/path_pattern.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace lab::routing {
namespace {

constexpr int groupsMax = 10; ///< The whole match and $1…$9.

re2::RE2::Options options()
{
    constexpr std::int64_t memoryMax = 1 << 20;
    re2::RE2::Options result;
    result.set_case_sensitive(false);
    result.set_log_errors(false);
    result.set_encoding(re2::RE2::Options::EncodingLatin1); // paths are bytes
    result.set_max_mem(memoryMax);
    return result;
}

/// The construct of PCRE that RE2 lacks, if one is seen.
std::string_view foreignConstruct(std::string_view expression)
{
    for (const std::string_view lookAround : {"(?=", "(?!", "(?<=", "(?<!"}) {
        if (expression.find(lookAround) != std::string_view::npos) {
            return "look-around";
        }
    }
    for (std::size_t i = 0; i + 1 < expression.size(); ++i) {
        if (expression[i] == '\\') {
            if (expression[i + 1] >= '1' && expression[i + 1] <= '9') {
                return "a back-reference";
            }
            ++i;
        }
    }
    return {};
}

} // namespace

std::optional<std::string> PathPattern::problemOf(std::string_view expression)
{
    const re2::RE2 compiled(re2::StringPiece(expression.data(), expression.size()), options());
    if (compiled.ok()) {
        return std::nullopt;
    }
    const std::string_view foreign = foreignConstruct(expression);
    if (!foreign.empty()) {
        return "it uses " + std::string(foreign) + ", which the lab's RE2 does not know";
    }
    return compiled.error();
}

PathPattern::PathPattern(std::string_view expression)
    : expression_(std::make_shared<const re2::RE2>(
          re2::StringPiece(expression.data(), expression.size()), options()))
{
    check(expression_->ok(), "a pattern was tried before it is used");
}

bool PathPattern::matchesStart(std::string_view path) const
{
    const re2::StringPiece text(path.data(), path.size());
    return expression_->Match(text, 0, text.size(), re2::RE2::ANCHOR_START, nullptr, 0);
}

bool PathPattern::matchesWithin(std::string_view text) const
{
    const re2::StringPiece whole(text.data(), text.size());
    return expression_->Match(whole, 0, whole.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

std::optional<std::string> PathPattern::rewritten(std::string_view path,
                                                  std::string_view target) const
{
    std::array<re2::StringPiece, groupsMax> groups;
    const int count = std::min(groupsMax, 1 + expression_->NumberOfCapturingGroups());
    const re2::StringPiece text(path.data(), path.size());
    if (!expression_->Match(text, 0, text.size(), re2::RE2::UNANCHORED, groups.data(), count)) {
        return std::nullopt;
    }
    std::string result;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const bool isGroup = target[i] == '$' && i + 1 < target.size() && target[i + 1] >= '1' &&
                             target[i + 1] <= '9';
        if (!isGroup) {
            result += target[i];
            continue;
        }
        const re2::StringPiece& group = groups[static_cast<std::size_t>(target[++i] - '0')];
        result.append(group.data() == nullptr ? "" : group.data(), group.size());
    }
    return result;
}

} // namespace lab::routing
