#include "plan/ingress_policy.hpp"

#include "base/suggestion.hpp"
#include "plan/annotation_topics.hpp"

#include <algorithm>
#include <array>

namespace lab::plan {
namespace {

constexpr std::array<std::string_view, 6> snippets{"configuration-snippet",
                                                   "server-snippet",
                                                   "stream-snippet",
                                                   "auth-snippet",
                                                   "auth-proxy-set-headers",
                                                   "modsecurity-snippet"};

/// Everything that the topics read; the order is that of the alphabet.
constexpr std::array<std::string_view, 75> honoured{"affinity",
                                                    "affinity-canary-behavior",
                                                    "affinity-mode",
                                                    "allowlist-source-range",
                                                    "app-root",
                                                    "auth-realm",
                                                    "auth-secret",
                                                    "auth-secret-type",
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
                                                    "upstream-vhost",
                                                    "use-regex",
                                                    "whitelist-source-range",
                                                    "x-forwarded-prefix",
                                                    "auth-snippet",
                                                    "modsecurity-snippet",
                                                    "proxy-buffering"};

void readSnippets(AnnotationReader& reader, IngressPolicy& policy)
{
    for (const std::string_view name : snippets) {
        if (name.ends_with("snippet") && reader.text(name)) {
            policy.refusedBecause =
                reader.refuse(name,
                              "Snippet directives are disabled by the Ingress administrator "
                              "(CVE-2021-25742, CVE-2025-1974)");
        }
    }
}

} // namespace

IngressPolicy
readIngressPolicy(const model::Ingress& ingress, const model::Cluster& cluster, Findings& findings)
{
    IngressPolicy policy;
    AnnotationReader reader(ingress, findings);
    readSnippets(reader, policy);
    readRedirects(reader, policy);
    readLimits(reader, policy);
    readAccess(reader, cluster, policy);
    readCors(reader, policy);
    readProxying(reader, policy);
    readBalancing(reader, policy);
    return policy;
}

std::string nearestAnnotation(std::string_view name)
{
    const std::vector<std::string> names(honoured.begin(), honoured.end());
    return std::string(nearest(name, names));
}

bool isHonoured(std::string_view name)
{
    return std::find(honoured.begin(), honoured.end(), name) != honoured.end();
}

} // namespace lab::plan
