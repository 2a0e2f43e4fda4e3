#include "plan/annotation_effects.hpp"

#include <algorithm>
#include <array>

namespace lab::plan {
namespace {

/// `name` does nothing without one of `needed`. A name that ends in '*' stands for all that begin
/// so.
struct Need {
    std::string_view name;
    std::array<std::string_view, 3> needed;
};

constexpr std::array needs{
    Need{"affinity-mode", {"affinity"}},
    Need{"auth-realm", {"auth-type"}},
    Need{"auth-secret", {"auth-type"}},
    Need{"auth-secret-type", {"auth-type"}},
    Need{"canary-by-header-pattern", {"canary-by-header"}},
    Need{"canary-by-header-value", {"canary-by-header"}},
    Need{"canary-weight-total", {"canary-weight"}},
    Need{"limit-allowlist", {"limit-rps", "limit-rpm", "limit-connections"}},
    Need{"limit-burst-multiplier", {"limit-rps", "limit-rpm"}},
    Need{"limit-rate-after", {"limit-rate"}},
    Need{"limit-whitelist", {"limit-rps", "limit-rpm", "limit-connections"}},
    Need{"permanent-redirect-code", {"permanent-redirect"}},
    Need{"session-cookie-*", {"affinity"}},
    Need{"temporal-redirect-code", {"temporal-redirect"}},
    Need{"upstream-hash-by-subset", {"upstream-hash-by"}},
    Need{"upstream-hash-by-subset-size", {"upstream-hash-by-subset"}},
    Need{"x-forwarded-prefix", {"rewrite-target"}},
};

/// `name` does nothing where `first` is there.
struct Precedence {
    std::string_view name;
    std::string_view first;
};

constexpr std::array precedences{
    Precedence{"canary-by-header-pattern", "canary-by-header-value"},
    Precedence{"load-balance", "affinity"},
    Precedence{"load-balance", "upstream-hash-by"},
    Precedence{"permanent-redirect", "temporal-redirect"},
    Precedence{"upstream-hash-by", "affinity"},
};

bool stands(std::string_view pattern, std::string_view name)
{
    return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1))
                                  : name == pattern;
}

std::string wordsOf(const Need& need)
{
    std::string words;
    for (const std::string_view word : need.needed) {
        words.append(words.empty() || word.empty() ? "" : " or ").append(word);
    }
    return words;
}

/// Of a canary only these count besides canary and canary-*.
bool countsOnCanary(std::string_view name)
{
    return name.starts_with("canary") || name == "load-balance" ||
           name.starts_with("upstream-hash-by") || name == "affinity-canary-behavior" ||
           name.ends_with("snippet");
}

void reportOne(AnnotationReader& reader, const IngressPolicy& policy, std::string_view name)
{
    if (policy.isCanary && !countsOnCanary(name)) {
        reader.withoutEffect(name,
                             "a canary has what the ingress has that it attaches to",
                             "write it on that ingress");
        return;
    }
    if (!policy.isCanary && name.starts_with("canary-")) {
        reader.withoutEffect(
            name, "it does nothing without canary: \"true\"", "add canary, or remove it");
        return;
    }
    if (!policy.route.cors && name.starts_with("cors-")) {
        reader.withoutEffect(
            name, "it does nothing without enable-cors: \"true\"", "add enable-cors, or remove it");
        return;
    }
    for (const Need& need : needs) {
        const bool hasNeeded =
            std::any_of(need.needed.begin(), need.needed.end(), [&](std::string_view one) {
                return !one.empty() && reader.text(one).has_value();
            });
        if (stands(need.name, name) && !hasNeeded) {
            reader.withoutEffect(name,
                                 "it does nothing without " + wordsOf(need),
                                 "add " + wordsOf(need) + ", or remove it");
        }
    }
    for (const Precedence& precedence : precedences) {
        if (precedence.name == name && reader.has(precedence.first)) {
            reader.withoutEffect(
                name, std::string(precedence.first) + " goes before it", "remove one of the two");
        }
    }
}

} // namespace

void reportWithoutEffect(AnnotationReader& reader, const IngressPolicy& policy)
{
    for (const model::Annotation& annotation : reader.ingress().meta.annotations) {
        const std::string_view key = annotation.key;
        if (key.starts_with(nginxPrefix)) {
            reportOne(reader, policy, key.substr(nginxPrefix.size()));
        }
    }
    const std::string& protocol = policy.route.backendProtocol;
    if (protocol != "HTTP" && protocol != "GRPC") {
        reader.withoutEffect("backend-protocol",
                             protocol == "GRPCS"
                                 ? "pods are spoken to without TLS: this one in HTTP/1.1"
                                 : "the lab's pods speak HTTP/1.1 without TLS, and are asked so",
                             "expect routing and limits to be the same, and no " +
                                 (protocol == "AUTO_HTTP" ? std::string("HTTPS") : protocol) +
                                 " on the way to the pod");
    }
}

} // namespace lab::plan
