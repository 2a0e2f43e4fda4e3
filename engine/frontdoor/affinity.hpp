#pragma once

#include "base/random.hpp"
#include "frontdoor/request_view.hpp"
#include "plan/front_door_plan.hpp"

#include <string>
#include <string_view>

namespace lab::frontdoor {

/// What a client's session cookie says.
struct SessionKey {
    std::string_view key;     ///< Empty: no cookie.
    std::string_view backend; ///< Hash of the upstream that set it; empty for a foreign value.
};

/// Reads the cookie of the upstream's affinity. Any foreign value is a key too.
[[nodiscard]] SessionKey sessionKey(const plan::SessionAffinity& affinity,
                                    const RequestView& request);

/// A fresh key: 32 hexadecimal digits.
[[nodiscard]] std::string freshSessionKey(Random& random);

/// How an upstream is called in cookies: a hash of its name, in hexadecimal digits.
[[nodiscard]] std::string backendHash(const plan::Upstream& upstream);

/// The Set-Cookie line, ending in CRLF. \param path  of the rule, or as annotated
[[nodiscard]] std::string sessionCookie(const plan::SessionAffinity& affinity,
                                        std::string_view key,
                                        std::string_view backend,
                                        std::string_view path,
                                        const RequestView& request);

/// "Thu, 01 Jan 1970 00:00:00 GMT": RFC 9110 5.6.7. \param seconds  Unix time
[[nodiscard]] std::string httpDate(std::int64_t seconds);

} // namespace lab::frontdoor
