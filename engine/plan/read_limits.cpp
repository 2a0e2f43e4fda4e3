#include "plan/annotation_topics.hpp"

namespace lab::plan {
namespace {

constexpr std::int64_t rateMax = 1'000'000'000;

/// A limit's number; anything but a whole number refuses the Ingress, 0 is no limit.
std::optional<std::int64_t>
readRate(AnnotationReader& reader, IngressPolicy& policy, const char* name)
{
    const auto value = reader.text(name);
    if (!value) {
        return std::nullopt;
    }
    const auto parsed = parseInteger(*value);
    if (!parsed || *parsed < 0 || *parsed > rateMax) {
        policy.refusedBecause = reader.refuse(name, "a whole number is needed");
        return std::nullopt;
    }
    return *parsed == 0 ? std::nullopt : parsed;
}

} // namespace

void readLimits(AnnotationReader& reader, IngressPolicy& policy)
{
    policy.perSecond = readRate(reader, policy, "limit-rps");
    policy.perMinute = readRate(reader, policy, "limit-rpm");
    policy.connectionsMax = readRate(reader, policy, "limit-connections");
    policy.burstMultiplier =
        reader.integer("limit-burst-multiplier", 0, 1'000'000).value_or(policy.burstMultiplier);
    if (policy.burstMultiplier == 0 && (policy.perSecond || policy.perMinute)) {
        reader.ignore("limit-burst-multiplier", "1 or more: nginx refuses to load a burst of 0");
        policy.burstMultiplier = 5;
    }
    for (const char* name : {"limit-whitelist", "limit-allowlist"}) {
        const auto value = reader.text(name);
        if (!value) {
            continue;
        }
        if (auto ranges = parseRanges(*value)) {
            policy.route.unlimitedClients = std::move(*ranges);
        } else {
            policy.refusedBecause = reader.refuse(name, "addresses or CIDR ranges are needed");
        }
    }
    constexpr std::uint64_t kibibyte = 1024;
    const auto rate = reader.integer("limit-rate", 0, rateMax);
    const auto after = reader.integer("limit-rate-after", 0, rateMax);
    policy.route.bytesPerSecondMax = static_cast<std::uint64_t>(rate.value_or(0)) * kibibyte;
    policy.route.bytesBeforeRate = static_cast<std::uint64_t>(after.value_or(0)) * kibibyte;
}

} // namespace lab::plan
