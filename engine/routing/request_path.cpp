#include "routing/request_path.hpp"

#include <algorithm>

namespace lab::routing {
namespace {

constexpr std::string_view aliasSuffix = ".localhost";

std::optional<unsigned> hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return static_cast<unsigned>(c - '0');
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<unsigned>(lower - 'a' + 10);
    }
    return std::nullopt;
}

/// The path of an origin-form or absolute-form target, still escaped; nothing for other forms.
std::optional<std::string_view> rawPath(std::string_view target)
{
    if (target.empty() || target.front() != '/') {
        const std::size_t scheme = target.find("://");
        if (scheme == std::string_view::npos || scheme == 0) {
            return std::nullopt;
        }
        const std::size_t path = target.find_first_of("/?#", scheme + 3);
        if (path == std::string_view::npos || target[path] != '/') {
            return std::string_view("/");
        }
        target.remove_prefix(path);
    }
    return target.substr(0, target.find_first_of("?#"));
}

bool isDotSegmentAt(std::string_view path, std::size_t slash)
{
    std::string_view rest = path.substr(slash + 1);
    rest = rest.substr(0, rest.find('/'));
    return rest == "." || rest == "..";
}

bool isNormal(std::string_view path)
{
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '%') {
            return false;
        }
        if (path[i] == '/' && i + 1 < path.size() &&
            (path[i + 1] == '/' || (path[i + 1] == '.' && isDotSegmentAt(path, i)))) {
            return false;
        }
    }
    return true;
}

/// Decoded into `decoded`; false if an escape is broken or hides a zero byte.
bool decode(std::string_view path, std::string& decoded)
{
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '%') {
            decoded += path[i];
            continue;
        }
        if (i + 2 >= path.size()) {
            return false;
        }
        const auto high = hexDigit(path[i + 1]);
        const auto low = hexDigit(path[i + 2]);
        if (!high || !low || (*high == 0 && *low == 0)) {
            return false;
        }
        decoded += static_cast<char>((*high << 4U) | *low);
        i += 2;
    }
    return true;
}

/// Merges slashes and resolves dot segments in place; false if ".." climbs above the root.
bool resolveSegments(std::string& path)
{
    std::size_t out = 0; // path[0, out) is done and ends before a '/'
    std::size_t in = 0;
    bool endsInSlash = false;
    while (in < path.size()) {
        const std::size_t begin = in + 1;
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = std::string_view(path).substr(begin, end - begin);
        endsInSlash = segment.empty() || segment == "." || segment == "..";
        if (segment == "..") {
            if (out == 0) {
                return false;
            }
            out = path.rfind('/', out - 1);
        } else if (!endsInSlash) {
            path.replace(out, segment.size() + 1, path, in, segment.size() + 1);
            out += end - in;
        }
        in = end;
    }
    path.resize(out);
    if (endsInSlash || path.empty()) {
        path += '/';
    }
    return true;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Without port; an IPv6 literal keeps its brackets.
std::string_view withoutPort(std::string_view field)
{
    if (!field.empty() && field.front() == '[') {
        const std::size_t close = field.find(']');
        return close == std::string_view::npos ? field : field.substr(0, close + 1);
    }
    return field.substr(0, field.find(':'));
}

} // namespace

std::optional<std::string_view> normalisedPath(std::string_view target, std::string& buffer)
{
    const std::optional<std::string_view> raw = rawPath(target);
    if (!raw || isNormal(*raw)) {
        return raw;
    }
    buffer.clear();
    if (!decode(*raw, buffer) || !resolveSegments(buffer)) {
        return std::nullopt;
    }
    return buffer;
}

std::string_view normalisedHost(std::string_view field, std::string& buffer)
{
    std::string_view host = withoutPort(field);
    if (!host.empty() && host.back() == '.') {
        host.remove_suffix(1);
    }
    for (const char c : host) {
        if (lower(c) != c) {
            buffer.assign(host);
            for (char& letter : buffer) {
                letter = lower(letter);
            }
            host = buffer;
            break;
        }
    }
    if (host.size() > aliasSuffix.size() && host.ends_with(aliasSuffix)) {
        host.remove_suffix(aliasSuffix.size());
    }
    return host;
}

} // namespace lab::routing
