#pragma once

#include <cstdint>
#include <string_view>

namespace lab::http {

/// A request target, taken apart. Views into the text that was read.
struct RequestTarget {
    std::string_view target;     ///< As received.
    std::string_view originForm; ///< As RequestHead::originForm.
    std::string_view authority;  ///< Of an absolute target; else empty.
};

/// How far reading the target came. `next` is the space after it; `rule` is set if it is refused.
struct TargetResult {
    enum class State { Complete, Incomplete, Invalid };
    State state = State::Incomplete;
    const char* next = nullptr;
    const char* rule = "";
};

/// Reads the target that starts at `first` and ends before a space. RFC 9112 3.2
///
/// Taken: "/path?query", "http://host/path?query" (https too), and "*" for OPTIONS. The path is
/// held to RFC 3986: escapes must be whole, and "%00" is refused; of the query only bytes that no
/// browser sends are refused.
[[nodiscard]] TargetResult
readTarget(const char* first, const char* last, std::string_view method, RequestTarget& target);

/// Is this one "host" or "host:port", with a name, an IPv4 or a bracketed IP address?
///
/// RFC 9110 7.2, RFC 3986 3.2.2. An empty host is none (9110 4.2.1); a port is empty or at most
/// 65535; no userinfo (4.2.4).
[[nodiscard]] bool isAuthority(std::string_view text);

} // namespace lab::http
