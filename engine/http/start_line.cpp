#include "http/start_line.hpp"

#include "http/byte_class.hpp"
#include "http/scan.hpp"

#include <algorithm>
#include <cstring>

namespace lab::http {
namespace {

using State = HeadResult::State;

StartLineResult refuse(const char* rule, std::uint16_t status = 400)
{
    return {.state = State::Invalid, .next = nullptr, .error = {.status = status, .rule = rule}};
}

StartLineResult completeAt(const char* next)
{
    return {.state = State::Complete, .next = next, .error = {}};
}

constexpr StartLineResult more{};

std::string_view upTo(std::size_t bytesMax, const char* first, const char* last)
{
    return {first, std::min(bytesMax, static_cast<std::size_t>(last - first))};
}

/// Reads exactly `text`: Complete, Invalid as soon as a byte differs, or Incomplete.
StartLineResult readExactly(std::string_view text, const char* first, const char* last)
{
    const std::string_view start = upTo(text.size(), first, last);
    if (start != text.substr(0, start.size())) {
        return refuse("");
    }
    return start.size() == text.size() ? completeAt(first + start.size()) : more;
}

/// Reads "HTTP/1.1": major 1 and one digit. Case matters. RFC 9112 2.3
StartLineResult readVersion(const char* first, const char* last, std::uint8_t& minorVersion)
{
    if (last - first >= 8 && std::memcmp(first, "HTTP/1.1", 8) == 0) { // nearly always
        minorVersion = 1;
        return completeAt(first + 8);
    }
    const StartLineResult name = readExactly("HTTP/", first, last);
    if (name.state != State::Complete) {
        return name.state == State::Invalid ? refuse("malformed HTTP version (RFC 9112 2.3)")
                                            : name;
    }
    const char* const at = name.next;
    const std::string_view rest = upTo(3, at, last);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (i == 1 ? rest[i] != '.' : !isIn(ByteClass::Digit, rest[i])) {
            return refuse("malformed HTTP version (RFC 9112 2.3)");
        }
    }
    if (rest.size() < 3) {
        return more;
    }
    if (rest[0] != '1') {
        return refuse("HTTP version other than 1 (RFC 9110 15.6.6)", 505);
    }
    minorVersion = rest[2] == '0' ? 0 : 1;
    return completeAt(at + 3);
}

StartLineResult readMethod(const char* first, const char* last, std::string_view& method)
{
    const char* const end = tokenEnd(first, last);
    if (static_cast<std::size_t>(end - first) > methodBytesMax) {
        return refuse("method too long (RFC 9112 3)", 501);
    }
    if (end == last) {
        return more;
    }
    if (end == first || *end != ' ') {
        return refuse("request line does not start with a method and a space (RFC 9112 3)");
    }
    method = {first, end};
    if (method == "CONNECT") {
        return refuse("CONNECT: no tunnels here (RFC 9110 9.3.6)", 501);
    }
    return completeAt(end + 1);
}

/// The empty line that some clients send after a body; one is skipped. RFC 9112 2.2
StartLineResult skipEmptyLine(const char* first, const char* last)
{
    if (first == last) {
        return more;
    }
    if (*first != '\r') {
        return completeAt(first);
    }
    const StartLineResult line = readExactly("\r\n", first, last);
    return line.state == State::Invalid ? refuse("bare CR before the request line (RFC 9112 2.2)")
                                        : line;
}

/// "200" of "200 OK": three digits, 100–599, then a space or the line's end. RFC 9112 4
StartLineResult readStatusCode(const char* first, const char* last, std::uint16_t& status)
{
    const std::string_view text = upTo(4, first, last);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i < 3 ? !isIn(ByteClass::Digit, text[i]) : text[i] != ' ' && text[i] != '\r') {
            return refuse("status code is not three digits (RFC 9112 4)");
        }
    }
    if (text.size() < 4) {
        return more;
    }
    status =
        static_cast<std::uint16_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
    if (status < 100 || status > 599) {
        return refuse("status code outside 100 to 599 (RFC 9110 15)");
    }
    return completeAt(text[3] == ' ' ? first + 4 : first + 3);
}

} // namespace

StartLineResult
readRequestLine(const char* first, const char* last, RequestHead& head, RequestTarget& target)
{
    const StartLineResult start = skipEmptyLine(first, last);
    if (start.state != State::Complete) {
        return start;
    }
    const StartLineResult method = readMethod(start.next, last, head.method);
    if (method.state != State::Complete) {
        return method;
    }
    const TargetResult path = readTarget(method.next, last, head.method, target);
    if (path.state == TargetResult::State::Invalid) {
        return refuse(path.rule);
    }
    if (path.state == TargetResult::State::Incomplete) {
        return more;
    }
    const StartLineResult version = readVersion(path.next + 1, last, head.minorVersion);
    if (version.state != State::Complete) {
        return version;
    }
    const char* const end = version.next;
    if (last - end >= 2 && end[0] == '\r' && end[1] == '\n') {
        return completeAt(end + 2);
    }
    const StartLineResult lineEnd = readExactly("\r\n", end, last);
    return lineEnd.state == State::Invalid
               ? refuse("request line does not end after the version (RFC 9112 3)")
               : lineEnd;
}

StartLineResult readStatusLine(const char* first, const char* last, ResponseHead& head)
{
    const StartLineResult version = readVersion(first, last, head.minorVersion);
    if (version.state != State::Complete) {
        return version;
    }
    const StartLineResult space = readExactly(" ", version.next, last);
    if (space.state != State::Complete) {
        return space.state == State::Invalid ? refuse("no space after the version (RFC 9112 4)")
                                             : space;
    }
    const StartLineResult code = readStatusCode(space.next, last, head.status);
    if (code.state != State::Complete) {
        return code;
    }
    const char* const lf = std::find(code.next, last, '\n');
    if (lf == last) {
        return more;
    }
    if (lf == code.next || lf[-1] != '\r') {
        return refuse("line ended by LF alone (RFC 9112 2.2)");
    }
    const std::string_view reason{code.next, lf - 1};
    const bool isClean = valueEnd(reason.data(), lf - 1) == lf - 1;
    head.reason = isClean ? reason : std::string_view{};
    return completeAt(lf + 1);
}

} // namespace lab::http
