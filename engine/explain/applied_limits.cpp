#include "explain/applied_limits.hpp"

#include "base/decimal.hpp"

namespace lab::explain {
namespace {

using frontdoor::Refusal;

/// Was the request answered before any rate limit was asked?  By what?  Else empty.
std::string_view answeredBefore(Refusal refusal)
{
    switch (refusal) {
    case Refusal::Redirect:
        return "the redirect comes first";
    case Refusal::BodyTooLarge:
        return "the size of the body is judged first";
    case Refusal::Denied:
        return "a broken annotation closes the path first";
    case Refusal::Preflight:
        return "the door answers preflights first";
    case Refusal::NoEndpoint:
        return "a Service without endpoints is found first";
    default:
        return {};
    }
}

std::string amountOf(const limiting::BucketPolicy& bucket)
{
    const bool isSlow = bucket.ratePerSecond < 1;
    return toShortDecimal(isSlow ? bucket.ratePerSecond * 60 : bucket.ratePerSecond, 2) +
           (isSlow ? " requests/min" : " requests/s") + ", burst " +
           toShortDecimal(bucket.burst, 2);
}

std::string bytesText(std::uint64_t bytes)
{
    constexpr std::uint64_t kibi = 1024;
    if (bytes >= kibi * kibi && bytes % (kibi * kibi) == 0) {
        return std::to_string(bytes / (kibi * kibi)) + " MiB";
    }
    return bytes % kibi == 0 ? std::to_string(bytes / kibi) + " KiB" : std::to_string(bytes) + " B";
}

/// Asks in their order; what was refused is known from the decision.
class Limits {
public:
    explicit Limits(const frontdoor::Decision& decision)
        : notAsked_(answeredBefore(decision.refusal))
    {
    }

    [[nodiscard]] std::string stateOf(const std::string& level) const
    {
        if (!notAsked_.empty()) {
            return "not asked: " + std::string(notAsked_);
        }
        return level;
    }

    void add(std::string name, std::string amount, std::string scope, std::string state)
    {
        limits_.push_back({std::move(name), std::move(amount), std::move(scope), std::move(state)});
    }

    [[nodiscard]] std::vector<AppliedLimit> take() { return std::move(limits_); }

private:
    std::string_view notAsked_;
    std::vector<AppliedLimit> limits_;
};

/// "3.5 of 25 tokens left", or that nothing was taken yet.
std::string bucketText(double level, double burst, bool isLive)
{
    if (!isLive) {
        return "full, as at start";
    }
    constexpr int digits = 2;
    return toShortDecimal(level, digits) + " of " + toShortDecimal(burst, digits) +
           " tokens left now";
}

/// The client's own limits, in their order; those behind one that refuses are not asked.
class ClientLimits {
public:
    ClientLimits(const frontdoor::FrontDoor& door,
                 const plan::RoutePolicy& policy,
                 const frontdoor::RequestView& request,
                 Instant now,
                 bool isLive)
        : door_(door)
        , policy_(policy)
        , client_(door.clientOf(request))
        , now_(now)
        , isLive_(isLive)
        , isExempt_(limiting::isInAny(policy.unlimitedClients, client_))
    {
    }

    void addTo(Limits& limits, bool hasRefused)
    {
        for (const std::size_t zone : policy_.rateZones) {
            const plan::RateZone& rate = door_.door().rateZones[zone];
            const double level = door_.clientLevel(zone, client_, now_);
            limits.add(rate.name,
                       amountOf(rate.bucket),
                       "client " + client_,
                       stateOf(limits,
                               hasRefused && level < 1,
                               bucketText(level, rate.bucket.burst, isLive_)));
        }
        if (policy_.connectionZone) {
            const plan::ConnectionZone& zone =
                door_.door().connectionZones[*policy_.connectionZone];
            const int count = door_.underWay(*policy_.connectionZone, client_);
            limits.add(zone.name,
                       std::to_string(zone.perClientMax) + " requests at once",
                       "client " + client_,
                       stateOf(limits,
                               hasRefused && count >= zone.perClientMax,
                               isLive_ ? std::to_string(count) + " under way now"
                                       : "no other is under way, as at start"));
        }
    }

private:
    std::string stateOf(const Limits& limits, bool isRefusing, const std::string& level)
    {
        if (isExempt_) {
            return limits.stateOf("this client is exempt");
        }
        if (hasOneRefused_) {
            return "not asked: the one before refuses it";
        }
        hasOneRefused_ = isRefusing;
        return limits.stateOf((isRefusing ? "refuses it: " : "admits it: ") + level);
    }

    const frontdoor::FrontDoor& door_;
    const plan::RoutePolicy& policy_;
    std::string client_;
    Instant now_;
    bool isLive_;
    bool isExempt_;
    bool hasOneRefused_ = false;
};

} // namespace

std::vector<AppliedLimit> appliedLimits(const frontdoor::FrontDoor& door,
                                        const frontdoor::Decision& decision,
                                        const frontdoor::RequestView& request,
                                        Instant now,
                                        bool isLive)
{
    const plan::RoutePolicy* const policy = decision.policy;
    const bool isClient = decision.refusal == Refusal::ClientLimit;
    Limits limits(decision);
    if (policy != nullptr) {
        if (policy->bodyBytesMax > 0) {
            limits.add("body size",
                       bytesText(policy->bodyBytesMax),
                       "each request",
                       decision.refusal == Refusal::BodyTooLarge ? "refuses it" : "admits it");
        }
        ClientLimits(door, *policy, request, now, isLive).addTo(limits, isClient);
    }
    if (const auto& overall = door.door().limit; overall && decision.route.isValid()) {
        const std::string level =
            bucketText(door.overallLevel(now).value_or(0), overall->burst, isLive);
        const bool isRefusing = decision.refusal == Refusal::OverallLimit;
        limits.add("overall limit",
                   amountOf(*overall),
                   "all clients of this door",
                   isClient
                       ? "not asked: the client's own limit comes first"
                       : limits.stateOf((isRefusing ? "refuses it: " : "admits it: ") + level));
    }
    if (policy != nullptr && policy->bytesPerSecondMax > 0) {
        limits.add("answer rate",
                   bytesText(policy->bytesPerSecondMax) + "/s",
                   "each answer",
                   policy->bytesBeforeRate > 0
                       ? "holds after the first " + bytesText(policy->bytesBeforeRate)
                       : "holds from the first byte");
    }
    return limits.take();
}

} // namespace lab::explain
