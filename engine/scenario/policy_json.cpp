#include "scenario/policy_json.hpp"

#include "report/json_text.hpp"

#include <boost/json.hpp>

namespace lab::scenario {
namespace {

namespace json = boost::json;
using report::toJsonString;

void put(json::object& object, const char* key, const std::string& text)
{
    if (!text.empty()) {
        object[key] = toJsonString(text);
    }
}

void put(json::object& object, const char* key, std::uint64_t number)
{
    if (number != 0) {
        object[key] = number;
    }
}

void put(json::object& object, const char* key, bool isTrue)
{
    if (isTrue) {
        object[key] = true;
    }
}

void put(json::object& object, const char* key, const std::vector<int>& numbers)
{
    if (!numbers.empty()) {
        object[key] = json::value_from(numbers);
    }
}

constexpr int decimals = 6;

json::value secondsOf(Duration duration)
{
    return report::toJsonNumber(toSeconds(duration), decimals);
}

json::object timeoutsOf(const plan::UpstreamTimeouts& timeouts)
{
    return {{"connectSeconds", secondsOf(timeouts.connect)},
            {"sendSeconds", secondsOf(timeouts.send)},
            {"readSeconds", secondsOf(timeouts.read)}};
}

json::object retryOf(const plan::RetryPolicy& retry)
{
    json::object made{
        {"onError", retry.onError}, {"onTimeout", retry.onTimeout}, {"triesMax", retry.triesMax}};
    put(made, "evenIfNotIdempotent", retry.evenIfNotIdempotent);
    put(made, "onStatuses", retry.onStatuses);
    if (retry.time > Duration::zero()) {
        made["seconds"] = secondsOf(retry.time);
    }
    return made;
}

void putLimits(json::object& made, const plan::RoutePolicy& policy, const plan::Door& door)
{
    json::array zones;
    for (const std::size_t zone : policy.rateZones) {
        zones.push_back(toJsonString(door.rateZones[zone].name));
    }
    if (policy.connectionZone) {
        zones.push_back(toJsonString(door.connectionZones[*policy.connectionZone].name));
    }
    if (!zones.empty()) {
        made["limits"] = std::move(zones);
    }
    put(made, "bodyBytesMax", policy.bodyBytesMax);
    put(made, "bytesPerSecondMax", policy.bytesPerSecondMax);
}

void putAccess(json::object& made, const plan::RoutePolicy& policy)
{
    put(made, "deniedBecause", policy.deniedBecause);
    put(made, "allowedRanges", std::uint64_t{policy.allowedClients.size()});
    put(made, "deniedRanges", std::uint64_t{policy.deniedClients.size()});
    if (policy.basicAuth) {
        made["basicAuth"] = json::object{{"realm", toJsonString(policy.basicAuth->realm)},
                                         {"passwords", "redacted"}};
    }
}

} // namespace

json::object policyJson(const plan::RoutePolicy& policy, const plan::Door& door)
{
    json::object made;
    put(made, "redirectsToHttps", policy.redirectsToHttps);
    put(made, "appRoot", policy.appRoot);
    put(made, "wwwHost", policy.wwwHost);
    if (policy.redirect) {
        made["redirect"] = json::object{{"url", toJsonString(policy.redirect->url)},
                                        {"status", policy.redirect->status}};
    }
    if (policy.rewrite) {
        made["rewriteTarget"] = toJsonString(policy.rewrite->target);
    }
    putAccess(made, policy);
    putLimits(made, policy, door);
    put(made, "cors", policy.cors.has_value());
    put(made, "sessionCookie", policy.setsSessionCookie);
    put(made, "upstreamHost", policy.upstreamHost);
    put(made, "interceptedStatuses", policy.interceptedStatuses);
    made["backendProtocol"] = toJsonString(policy.backendProtocol);
    made["timeouts"] = timeoutsOf(policy.timeouts);
    made["retry"] = retryOf(policy.retry);
    return made;
}

json::object bucketJson(const limiting::BucketPolicy& policy)
{
    return {{"ratePerSecond", report::toJsonNumber(policy.ratePerSecond, decimals)},
            {"burst", report::toJsonNumber(policy.burst, decimals)}};
}

} // namespace lab::scenario
