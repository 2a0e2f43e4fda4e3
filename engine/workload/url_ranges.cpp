#include "workload/url_ranges.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace lab::workload {
namespace {

struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t digits = 0; ///< Shorter numbers get leading zeros.
};

std::optional<std::size_t> toIndex(std::string_view text)
{
    constexpr std::size_t digitsMax = 9;
    std::size_t number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = text.size() <= digitsMax && result.ec == std::errc{} &&
                         result.ptr == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

/// Reads "0..10".
Result<Range> toRange(std::string_view text)
{
    const std::size_t dots = text.find("..");
    const auto first = toIndex(text.substr(0, std::min(dots, text.size())));
    const auto last =
        dots == std::string_view::npos ? std::nullopt : toIndex(text.substr(dots + 2));
    if (!first || !last) {
        return Error(ErrorKind::BadInput,
                     "\"{" + std::string(text) +
                         "}\" in a URL is no range; write \"{0..10}\", or " +
                         "\"%7B\" for a brace");
    }
    if (*first > *last) {
        return Error(ErrorKind::BadInput,
                     "the range \"{" + std::string(text) + "}\" runs backwards; write the lower " +
                         "number first");
    }
    const bool isPadded = text.size() > 1 && text[0] == '0' && text[1] != '.';
    return Range{.first = *first, .last = *last, .digits = isPadded ? dots : 0};
}

Error tooMany(const std::string& url)
{
    return {ErrorKind::BadInput,
            "the ranges of \"" + url + "\" stand for more than " + std::to_string(urlsPerEntryMax) +
                " URLs; use smaller ranges"};
}

/// Every prefix, followed by every number of the range.
Result<std::vector<std::string>>
combined(const std::vector<std::string>& prefixes, const Range& range, const std::string& url)
{
    if (range.last - range.first >= urlsPerEntryMax / prefixes.size()) {
        return tooMany(url);
    }
    std::vector<std::string> urls;
    for (const std::string& prefix : prefixes) {
        for (std::size_t number = range.first; number <= range.last; ++number) {
            const std::string digits = std::to_string(number);
            const std::size_t zeros = range.digits - std::min(range.digits, digits.size());
            urls.push_back(prefix + std::string(zeros, '0') + digits);
        }
    }
    return urls;
}

} // namespace

Result<std::vector<MixEntry>> withoutRanges(const MixEntry& entry)
{
    std::vector<std::string> urls{""};
    std::string_view rest = entry.url;
    while (true) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        for (std::string& url : urls) {
            url += rest.substr(0, open);
        }
        rest.remove_prefix(open);
        if (rest.empty()) {
            break;
        }
        const std::size_t close = rest.find('}');
        if (close == std::string_view::npos) {
            return Error(ErrorKind::BadInput,
                         "\"{\" without \"}\" in the URL \"" + entry.url +
                             "\"; write \"{0..10}\", or \"%7B\" for a brace");
        }
        const Result<Range> range = toRange(rest.substr(1, close - 1));
        if (!range) {
            return range.error();
        }
        Result<std::vector<std::string>> longer = combined(urls, *range, entry.url);
        if (!longer) {
            return longer.error();
        }
        urls = std::move(*longer);
        rest.remove_prefix(close + 1);
    }
    std::vector<MixEntry> entries(urls.size(), entry);
    for (std::size_t i = 0; i < urls.size(); ++i) {
        entries[i].url = std::move(urls[i]);
        entries[i].weight = entry.weight / static_cast<double>(urls.size());
    }
    return entries;
}

} // namespace lab::workload
