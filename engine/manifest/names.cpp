#include "manifest/names.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace lab::manifest {
namespace {

constexpr std::size_t labelBytesMax = 63;
constexpr std::size_t subdomainBytesMax = 253;
constexpr std::size_t portNameBytesMax = 15;

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlphanumeric(char c)
{
    return isLower(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
}

std::string tooLong(std::size_t max)
{
    return "must have no more than " + std::to_string(max) + " characters";
}

/// Lower-case letters, digits and inner hyphens; no length.
bool isLabelText(std::string_view text)
{
    const auto isAllowed = [](char c) { return isLower(c) || isDigit(c) || c == '-'; };
    return !text.empty() && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), isAllowed);
}

/// Letters of both cases, digits, inner '-', '_' and '.'.
bool isQualifiedText(std::string_view text)
{
    const auto isAllowed = [](char c) {
        return isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
    };
    return !text.empty() && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) &&
           std::all_of(text.begin(), text.end(), isAllowed);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = text.find(separator);
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

bool isNumberUpTo(std::string_view text, unsigned max)
{
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool hasLeadingZero = text.size() > 1 && text.front() == '0';
    return error == std::errc() && end == text.data() + text.size() && value <= max &&
           !hasLeadingZero;
}

bool isHexGroup(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    return !text.empty() && text.size() <= 4 && text.find_first_not_of(digits) == text.npos;
}

/// How many 16-bit groups stand here; a trailing IPv4 address counts as two. -1 if none fit.
int countGroups(std::string_view text, bool mayEndInIpv4)
{
    if (text.empty()) {
        return 0;
    }
    int groups = 0;
    const std::vector<std::string_view> parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (isHexGroup(parts[i])) {
            ++groups;
        } else if (mayEndInIpv4 && i + 1 == parts.size() && isIpv4(parts[i])) {
            groups += 2;
        } else {
            return -1;
        }
    }
    return groups;
}

} // namespace

std::string labelNameMistake(std::string_view text)
{
    if (text.size() > labelBytesMax) {
        return tooLong(labelBytesMax);
    }
    return isLabelText(text) ? "" : "must be a DNS label: lower-case letters, digits, '-' inside";
}

std::string serviceNameMistake(std::string_view text)
{
    std::string mistake = labelNameMistake(text);
    if (mistake.empty() && !isLower(text.front())) {
        mistake = "must be a DNS label that begins with a letter";
    }
    return mistake;
}

std::string subdomainMistake(std::string_view text)
{
    if (text.size() > subdomainBytesMax) {
        return tooLong(subdomainBytesMax);
    }
    const std::vector<std::string_view> labels = split(text, '.');
    return std::all_of(labels.begin(), labels.end(), isLabelText)
               ? ""
               : "must be a DNS name: lower-case letters, digits, '-' and '.' inside";
}

std::string hostMistake(std::string_view text)
{
    if (isIpv4(text) || isIpv6(text)) {
        return "must be a DNS name, not an IP address";
    }
    if (text.find('*') == text.npos) {
        return subdomainMistake(text);
    }
    if (!text.starts_with("*.") || !subdomainMistake(text.substr(2)).empty()) {
        return "must be a wildcard DNS name such as '*.example.com': "
               "'*' only as the whole first label";
    }
    return {};
}

std::string portNameMistake(std::string_view text)
{
    if (text.size() > portNameBytesMax) {
        return tooLong(portNameBytesMax);
    }
    const bool hasLetter = std::any_of(text.begin(), text.end(), isLower);
    if (!isLabelText(text) || !hasLetter || text.find("--") != text.npos) {
        return "must be a port name: lower-case letters, digits, single '-' inside, "
               "at least one letter";
    }
    return {};
}

std::string keyMistake(std::string_view text)
{
    std::string_view name = text;
    if (const std::size_t slash = text.find('/'); slash != text.npos) {
        if (!subdomainMistake(text.substr(0, slash)).empty()) {
            return "must have a DNS name before its '/'";
        }
        name = text.substr(slash + 1);
    }
    if (name.size() > labelBytesMax) {
        return "must have a name of no more than 63 characters";
    }
    return isQualifiedText(name)
               ? ""
               : "must consist of letters, digits, '-', '_' and '.', with an optional DNS prefix";
}

std::string labelValueMistake(std::string_view text)
{
    if (text.size() > labelBytesMax) {
        return tooLong(labelBytesMax);
    }
    return text.empty() || isQualifiedText(text)
               ? ""
               : "must consist of letters, digits, '-', '_' and '.', "
                 "and begin and end with a letter or digit";
}

std::string dataKeyMistake(std::string_view text)
{
    if (text.size() > subdomainBytesMax) {
        return tooLong(subdomainBytesMax);
    }
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char c) {
        return isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
    });
    return !text.empty() && isPlain && text != "." && text != ".."
               ? ""
               : "must consist of letters, digits, '-', '_' and '.'";
}

bool isIpv4(std::string_view text)
{
    constexpr unsigned byteMax = 255;
    const std::vector<std::string_view> parts = split(text, '.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
               return isNumberUpTo(part, byteMax);
           });
}

bool isIpv6(std::string_view text)
{
    constexpr int groupsMax = 8;
    const std::size_t gap = text.find("::");
    if (gap == text.npos) {
        return countGroups(text, true) == groupsMax;
    }
    const int before = countGroups(text.substr(0, gap), false);
    const int after = countGroups(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after < groupsMax;
}

bool isCidr(std::string_view text)
{
    constexpr unsigned ipv4Bits = 32;
    constexpr unsigned ipv6Bits = 128;
    const std::size_t slash = text.find('/');
    if (slash == text.npos) {
        return false;
    }
    const std::string_view address = text.substr(0, slash);
    const std::string_view bits = text.substr(slash + 1);
    return (isIpv4(address) && isNumberUpTo(bits, ipv4Bits)) ||
           (isIpv6(address) && isNumberUpTo(bits, ipv6Bits));
}

} // namespace lab::manifest
