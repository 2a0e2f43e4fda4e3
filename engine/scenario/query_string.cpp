#include "scenario/query_string.hpp"

#include <algorithm>
#include <optional>

namespace lab::scenario {
namespace {

std::optional<unsigned> hexDigit(char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t at = digits.find(lower);
    return at == digits.npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

/// "a+b%20c" → "a b c"; nothing where an escape is broken.
std::optional<std::string> decoded(std::string_view text)
{
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            made += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto high = i + 2 < text.size() ? hexDigit(text[i + 1]) : std::nullopt;
        const auto low = high ? hexDigit(text[i + 2]) : std::nullopt;
        if (!low) {
            return std::nullopt;
        }
        made += static_cast<char>(*high * 16U + *low);
        i += 2;
    }
    return made;
}

} // namespace

Result<std::vector<std::pair<std::string, std::string>>> readQueryString(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const std::string_view parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), parameter.size() + 1));
        const std::size_t equals = std::min(parameter.find('='), parameter.size());
        const auto value = decoded(parameter.substr(std::min(equals + 1, parameter.size())));
        const auto key = decoded(parameter.substr(0, equals));
        if (!value || !key) {
            return Error(ErrorKind::WrongUse,
                         "a % in the query stands before no two hexadecimal digits: it must be "
                         "percent-encoded itself");
        }
        if (!parameter.empty()) {
            parameters.emplace_back(*key, *value);
        }
    }
    return parameters;
}

} // namespace lab::scenario
