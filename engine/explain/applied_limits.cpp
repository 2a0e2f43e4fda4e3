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
        , hasRefused_(decision.refusal == Refusal::ClientLimit)
    {
    }

    [[nodiscard]] std::string stateOf(bool isRefusing, const std::string& admits) const
    {
        if (!notAsked_.empty()) {
            return "not asked: " + std::string(notAsked_);
        }
        return isRefusing ? "refuses it" : admits;
    }

    void add(std::string name, std::string amount, std::string scope, std::string state)
    {
        limits_.push_back({std::move(name), std::move(amount), std::move(scope), std::move(state)});
    }

    [[nodiscard]] bool hasRefused() const { return hasRefused_; }
    [[nodiscard]] std::vector<AppliedLimit> take() { return std::move(limits_); }

private:
    std::string_view notAsked_;
    bool hasRefused_;
    std::vector<AppliedLimit> limits_;
};

void addClientLimits(const frontdoor::FrontDoor& door,
                     const plan::RoutePolicy& policy,
                     const frontdoor::RequestView& request,
                     Limits& limits)
{
    const std::string client(door.clientOf(request));
    const bool isExempt = limiting::isInAny(policy.unlimitedClients, client);
    const std::string scope = "client " + client;
    const std::string full = isExempt ? "this client is exempt" : "admits it: the bucket is full";
    for (const std::size_t zone : policy.rateZones) {
        const plan::RateZone& rate = door.door().rateZones[zone];
        limits.add(
            rate.name, amountOf(rate.bucket), scope, limits.stateOf(limits.hasRefused(), full));
    }
    if (policy.connectionZone) {
        const plan::ConnectionZone& zone = door.door().connectionZones[*policy.connectionZone];
        limits.add(zone.name,
                   std::to_string(zone.perClientMax) + " requests at once",
                   scope,
                   limits.stateOf(limits.hasRefused(),
                                  isExempt ? "this client is exempt"
                                           : "admits it: no other is under way"));
    }
}

} // namespace

std::vector<AppliedLimit> appliedLimits(const frontdoor::FrontDoor& door,
                                        const plan::RoutePolicy* policy,
                                        const frontdoor::Decision& decision,
                                        const frontdoor::RequestView& request)
{
    Limits limits(decision);
    if (policy != nullptr) {
        if (policy->bodyBytesMax > 0) {
            limits.add("body size",
                       bytesText(policy->bodyBytesMax),
                       "each request",
                       decision.refusal == Refusal::BodyTooLarge ? "refuses it" : "admits it");
        }
        addClientLimits(door, *policy, request, limits);
    }
    if (door.door().limit && decision.route.isValid()) {
        const bool isClient = decision.refusal == Refusal::ClientLimit;
        limits.add("overall limit",
                   amountOf(*door.door().limit),
                   "all clients of this door",
                   isClient ? "not asked: the client's own limit comes first"
                            : limits.stateOf(decision.refusal == Refusal::OverallLimit,
                                             "admits it: the bucket is full"));
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
