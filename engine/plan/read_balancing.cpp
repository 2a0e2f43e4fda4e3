#include "plan/annotation_topics.hpp"

namespace lab::plan {
namespace {

constexpr std::int64_t numberMax = 1'000'000'000;

void readAffinity(AnnotationReader& reader, IngressPolicy& policy)
{
    const auto affinity = reader.text("affinity");
    if (!affinity) {
        return;
    }
    if (*affinity != "cookie") {
        reader.ignore("affinity", "cookie");
        return;
    }
    SessionAffinity session;
    session.cookie = reader.text("session-cookie-name").value_or(session.cookie);
    session.isPersistent = reader.text("affinity-mode").value_or("balanced") == "persistent";
    session.changesOnFailure = reader.boolean("session-cookie-change-on-failure", false);
    session.maxAgeSeconds = reader.integer("session-cookie-max-age", -numberMax, numberMax);
    session.expiresSeconds = reader.integer("session-cookie-expires", -numberMax, numberMax);
    session.domain = reader.text("session-cookie-domain").value_or("");
    session.sameSite = reader.text("session-cookie-samesite").value_or("");
    if (reader.text("session-cookie-secure")) {
        session.isSecure = reader.boolean("session-cookie-secure", false);
    }
    policy.route.setsSessionCookie = true;
    policy.route.sessionCookiePath = reader.text("session-cookie-path").value_or("");
    policy.affinity = std::move(session);
}

void readCanary(AnnotationReader& reader, IngressPolicy& policy)
{
    policy.isCanary = reader.boolean("canary", false);
    if (!policy.isCanary) {
        return;
    }
    CanaryPolicy& canary = policy.canary;
    canary.ingress = reader.ingress().meta.fullName();
    canary.header = reader.text("canary-by-header").value_or("");
    canary.headerValue = reader.text("canary-by-header-value").value_or("");
    canary.headerPattern = reader.text("canary-by-header-pattern").value_or("");
    canary.cookie = reader.text("canary-by-cookie").value_or("");
    canary.weight = static_cast<int>(reader.integer("canary-weight", 0, numberMax).value_or(0));
    const auto total = reader.integer("canary-weight-total", 1, numberMax).value_or(100);
    canary.weightTotal = static_cast<int>(total > 100 ? total : 100);
    canary.isLegacyAffinity =
        reader.text("affinity-canary-behavior").value_or("sticky") == "legacy";
    if (const auto problem = routing::PathPattern::problemOf(canary.headerPattern)) {
        reader.ignore("canary-by-header-pattern", "a regular expression: " + *problem);
        canary.headerPattern.clear();
    }
}

} // namespace

void readBalancing(AnnotationReader& reader, IngressPolicy& policy)
{
    const std::string balancing = reader.text("load-balance").value_or("round_robin");
    policy.isEwma = balancing == "ewma";
    if (balancing != "ewma" && balancing != "round_robin") {
        policy.refusedBecause = reader.refuse("load-balance", "round_robin or ewma is needed");
    }
    policy.hashBy = reader.text("upstream-hash-by").value_or("");
    if (policy.hashBy.find_first_of(" \t\r\n;\"'") != std::string::npos) {
        policy.refusedBecause =
            reader.refuse("upstream-hash-by", "it holds characters nginx does not take");
    }
    if (reader.boolean("upstream-hash-by-subset", false) && !policy.hashBy.empty()) {
        constexpr int sizeByDefault = 3;
        const auto size = reader.integer("upstream-hash-by-subset-size", 1, numberMax);
        policy.hashSubsetSize = static_cast<int>(size.value_or(sizeByDefault));
    }
    policy.usesServiceAddress = reader.boolean("service-upstream", false);
    readAffinity(reader, policy);
    readCanary(reader, policy);
}

} // namespace lab::plan
