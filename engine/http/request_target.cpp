#include "http/request_target.hpp"

#include "http/byte_class.hpp"
#include "http/scan.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

using State = TargetResult::State;

TargetResult refuse(const char* rule)
{
    return {.state = State::Invalid, .next = nullptr, .rule = rule};
}

constexpr TargetResult more{};

/// "%41" but not "%4", "%zz" or "%00"?
bool isEscape(std::string_view text)
{
    return text.size() >= 3 && text[0] == '%' && isIn(ByteClass::Hex, text[1]) &&
           isIn(ByteClass::Hex, text[2]) && text.substr(1, 2) != "00";
}

const char* ruleForTargetByte(char byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return "request line without a version (RFC 9112 3)";
    case '#':
        return "fragment in the request target (RFC 9112 3.2)";
    default:
        return "byte outside the grammar in the request target (RFC 9112 3.2)";
    }
}

/// Reads "/path?query", "?query" or nothing, up to the space.
TargetResult readPathAndQuery(const char* at, const char* last)
{
    at = pathEnd(at, last);
    while (at != last && *at == '%') {
        if (last - at < 3) {
            return more;
        }
        if (!isEscape({at, 3})) {
            return refuse("broken or zero escape in the path (RFC 3986 2.1)");
        }
        at = pathEnd(at + 3, last);
    }
    if (at != last && *at == '?') {
        at = std::find_if_not(at, last, [](char byte) { return isIn(ByteClass::Query, byte); });
    }
    if (at == last) {
        return more;
    }
    if (*at != ' ') {
        return refuse(ruleForTargetByte(*at));
    }
    return {.state = State::Complete, .next = at};
}

std::size_t schemeBytes(std::string_view text)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (equalsIgnoringCase(text.substr(0, scheme.size()), scheme)) {
            return scheme.size();
        }
    }
    return 0;
}

/// Reads what does not start with '/'; needs the whole of it.
TargetResult
readOtherForm(const char* first, const char* last, std::string_view method, RequestTarget& target)
{
    const char* const space = std::find_if_not(first, last, [](char byte) {
        return isIn(ByteClass::Query, byte);
    }); // its bytes and no others
    if (space == last) {
        return more;
    }
    if (*space != ' ') {
        return refuse(ruleForTargetByte(*space));
    }
    target.target = {first, space};
    if (target.target.empty()) {
        return refuse("empty request target (RFC 9112 3.2)");
    }
    if (target.target == "*") {
        target.originForm = target.target;
        return method == "OPTIONS" ? TargetResult{.state = State::Complete, .next = space}
                                   : refuse("\"*\" is for OPTIONS only (RFC 9112 3.2.4)");
    }
    const char* const host = first + schemeBytes(target.target);
    if (host == first) {
        return refuse("target is neither a path nor an http URL (RFC 9112 3.2)");
    }
    const char* const path =
        std::find_if(host, space, [](char byte) { return byte == '/' || byte == '?'; });
    target.authority = {host, path};
    if (!isAuthority(target.authority)) {
        return refuse("no or a malformed host in an absolute target (RFC 9110 4.2.1)");
    }
    target.originForm = {path, space};
    if (target.originForm.empty()) {
        target.originForm = method == "OPTIONS" ? "*" : "/";
    }
    return readPathAndQuery(path, last);
}

/// "::1", "2001:db8::7", "::ffff:10.0.0.1". RFC 3986 IPv6address
bool isIpv4(std::string_view text)
{
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = std::min(text.find('.'), text.size());
        const std::string_view digits = text.substr(0, dot);
        const bool hasLeadingZero = digits.size() > 1 && digits[0] == '0';
        if (digits.size() > 3 || hasLeadingZero || !toNumber(digits, 255) ||
            (dot == text.size()) != (part == 3)) {
            return false;
        }
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return text.empty();
}

bool isIpv6(std::string_view text)
{
    std::size_t groups = 0;
    bool wasShortened = false;
    if (text.starts_with("::")) {
        wasShortened = true;
        text.remove_prefix(2);
    }
    while (!text.empty()) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const std::string_view group = text.substr(0, colon);
        if (colon == text.size() && isIpv4(group)) {
            groups += 2;
            break;
        }
        if (group.empty() || group.size() > 4 ||
            !std::ranges::all_of(group, [](char byte) { return isIn(ByteClass::Hex, byte); })) {
            return false;
        }
        ++groups;
        text.remove_prefix(colon);
        if (text.starts_with("::")) {
            if (wasShortened) {
                return false;
            }
            wasShortened = true;
            text.remove_prefix(2);
        } else if (!text.empty()) {
            text.remove_prefix(1);
            if (text.empty()) {
                return false; // ends in one colon
            }
        }
    }
    return wasShortened ? groups <= 7 : groups == 8;
}

/// "v1.fe80::a": a form that no-one uses, but valid. RFC 3986 IPvFuture
bool isIpFuture(std::string_view text)
{
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || dot < 2 || toLower(text[0]) != 'v' ||
        dot + 1 == text.size()) {
        return false;
    }
    return std::ranges::all_of(text.substr(1, dot - 1),
                               [](char b) { return isIn(ByteClass::Hex, b); }) &&
           std::ranges::all_of(text.substr(dot + 1),
                               [](char b) { return isIn(ByteClass::Host, b) || b == ':'; });
}

bool isRegName(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        if (isIn(ByteClass::Host, text[at])) {
            ++at;
        } else if (isEscape(text.substr(at))) {
            at += 3;
        } else {
            return false;
        }
    }
    return !text.empty();
}

bool isPort(std::string_view text)
{
    return text.empty() || toNumber(text, 65535).has_value();
}

} // namespace

TargetResult
readTarget(const char* first, const char* last, std::string_view method, RequestTarget& target)
{
    if (first == last) {
        return more;
    }
    if (*first != '/') {
        return readOtherForm(first, last, method, target);
    }
    const TargetResult result = readPathAndQuery(first, last);
    if (result.state == State::Complete) {
        target.target = {first, result.next};
        target.originForm = target.target;
    }
    return result;
}

bool isAuthority(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) {
            return false;
        }
        const std::string_view address = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        return (isIpv6(address) || isIpFuture(address)) &&
               (rest.empty() || (rest[0] == ':' && isPort(rest.substr(1))));
    }
    const auto plainEnd =
        std::ranges::find_if_not(text, [](char byte) { return isIn(ByteClass::Host, byte); });
    if (plainEnd == text.end()) {
        return !text.empty();
    }
    if (*plainEnd == ':') { // nearly always
        return plainEnd != text.begin() && isPort({plainEnd + 1, text.end()});
    }
    const std::size_t colon = std::min(text.find(':'), text.size());
    return isRegName(text.substr(0, colon)) &&
           (colon == text.size() || isPort(text.substr(colon + 1)));
}

} // namespace lab::http
