#include "plan/annotation_names.hpp"

#include "base/suggestion.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace lab::plan {
namespace {

/// Everything that the topics read, in the order of the alphabet.
constexpr std::array<std::string_view, 76> honoured{
    "affinity",
    "affinity-canary-behavior",
    "affinity-mode",
    "allowlist-source-range",
    "app-root",
    "auth-realm",
    "auth-secret",
    "auth-secret-type",
    "auth-snippet",
    "auth-type",
    "backend-protocol",
    "canary",
    "canary-by-cookie",
    "canary-by-header",
    "canary-by-header-pattern",
    "canary-by-header-value",
    "canary-weight",
    "canary-weight-total",
    "configuration-snippet",
    "cors-allow-credentials",
    "cors-allow-headers",
    "cors-allow-methods",
    "cors-allow-origin",
    "cors-expose-headers",
    "cors-max-age",
    "custom-http-errors",
    "default-backend",
    "denylist-source-range",
    "enable-cors",
    "force-ssl-redirect",
    "from-to-www-redirect",
    "limit-allowlist",
    "limit-burst-multiplier",
    "limit-connections",
    "limit-rate",
    "limit-rate-after",
    "limit-rpm",
    "limit-rps",
    "limit-whitelist",
    "load-balance",
    "modsecurity-snippet",
    "permanent-redirect",
    "permanent-redirect-code",
    "preserve-trailing-slash",
    "proxy-body-size",
    "proxy-connect-timeout",
    "proxy-next-upstream",
    "proxy-next-upstream-timeout",
    "proxy-next-upstream-tries",
    "proxy-read-timeout",
    "proxy-request-buffering",
    "proxy-send-timeout",
    "rewrite-target",
    "satisfy",
    "server-alias",
    "server-snippet",
    "service-upstream",
    "session-cookie-change-on-failure",
    "session-cookie-domain",
    "session-cookie-expires",
    "session-cookie-max-age",
    "session-cookie-name",
    "session-cookie-path",
    "session-cookie-samesite",
    "session-cookie-secure",
    "ssl-redirect",
    "stream-snippet",
    "temporal-redirect",
    "temporal-redirect-code",
    "upstream-hash-by",
    "upstream-hash-by-subset",
    "upstream-hash-by-subset-size",
    "upstream-vhost",
    "use-regex",
    "whitelist-source-range",
    "x-forwarded-prefix",
};

/// What the real controller knows and the lab does not do. Names that end in '*' stand for all that
/// begin so; the first that fits counts.
struct Unhonoured {
    std::string_view name;
    std::string_view instead;
};

constexpr std::array unhonoured{
    Unhonoured{"auth-tls-*", "client certificates are neither asked for nor checked"},
    Unhonoured{"auth-*", "requests are let in without asking an authentication service"},
    Unhonoured{"enable-global-auth", "no authentication service is asked"},
    Unhonoured{"client-body-buffer-size", "request bodies up to 64 KiB are buffered"},
    Unhonoured{"connection-proxy-header", "Connection is set as HTTP/1.1 needs it"},
    Unhonoured{"custom-headers", "the pods' answers get no further fields"},
    Unhonoured{"disable-proxy-intercept-errors", "custom-http-errors replaces the pods' answers"},
    Unhonoured{"enable-access-log", "nothing is logged; see /metrics and explain"},
    Unhonoured{"enable-influxdb", "nothing is sent anywhere; see /metrics"},
    Unhonoured{"enable-modsecurity", "requests are let in without inspection"},
    Unhonoured{"enable-opentelemetry", "no spans are made"},
    Unhonoured{"enable-opentracing", "no spans are made"},
    Unhonoured{"enable-owasp-core-rules", "requests are let in without inspection"},
    Unhonoured{"enable-rewrite-log", "nothing is logged; explain tells each rewrite"},
    Unhonoured{"global-rate-limit*", "every replica counts by itself; use limit-rps"},
    Unhonoured{"http2-push-preload", "nothing is pushed"},
    Unhonoured{"influxdb-*", "nothing is sent anywhere; see /metrics"},
    Unhonoured{"mirror-*", "no copy of the request is sent"},
    Unhonoured{"modsecurity-transaction-id", "requests are let in without inspection"},
    Unhonoured{"opentelemetry-*", "no spans are made"},
    Unhonoured{"opentracing-*", "no spans are made"},
    Unhonoured{"proxy-buffer*", "answers are passed on as they come"},
    Unhonoured{"proxy-busy-buffers-size", "answers are passed on as they come"},
    Unhonoured{"proxy-cookie-*", "the pods' cookies pass as they are"},
    Unhonoured{"proxy-http-version", "HTTP/1.1 is spoken with the pods"},
    Unhonoured{"proxy-max-temp-file-size", "nothing is written to files"},
    Unhonoured{"proxy-redirect-*", "the pods' Location fields pass as they are"},
    Unhonoured{"proxy-ssl-*", "the pods are reached by plain HTTP"},
    Unhonoured{"relative-redirects", "Location is absolute"},
    Unhonoured{"secure-verify-ca-secret", "the pods are reached by plain HTTP"},
    Unhonoured{"session-cookie-conditional-samesite-none",
               "SameSite does not depend on the client"},
    Unhonoured{"session-cookie-partitioned", "the cookie is not partitioned"},
    Unhonoured{"ssl-ciphers", "OpenSSL's default ciphers hold"},
    Unhonoured{"ssl-passthrough",
               "TLS ends at the controller, as without --enable-ssl-passthrough"},
    Unhonoured{"ssl-prefer-server-ciphers", "OpenSSL's default ciphers hold"},
    Unhonoured{"use-port-in-redirects", "Location has no port"},
};

bool stands(std::string_view pattern, std::string_view name)
{
    return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1))
                                  : name == pattern;
}

} // namespace

bool isHonoured(std::string_view name)
{
    return std::find(honoured.begin(), honoured.end(), name) != honoured.end();
}

std::string nearestAnnotation(std::string_view name)
{
    const std::vector<std::string> names(honoured.begin(), honoured.end());
    return std::string(nearest(name, names));
}

std::string_view insteadOf(std::string_view name)
{
    const auto found = std::find_if(unhonoured.begin(),
                                    unhonoured.end(),
                                    [&](const Unhonoured& one) { return stands(one.name, name); });
    return found == unhonoured.end() ? std::string_view() : found->instead;
}

} // namespace lab::plan
