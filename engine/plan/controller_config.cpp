#include "plan/controller_config.hpp"

#include "base/suggestion.hpp"
#include "plan/annotation_values.hpp"

#include <algorithm>
#include <array>

namespace lab::plan {
namespace {

enum class Value { Flag, Number, Status, Ranges, Text };

struct Key {
    std::string_view name;
    Value value;
    bool isAnnotationDefault; ///< For Ingresses without the annotation of that name.
};

constexpr std::array keys{
    Key{"app-root", Value::Text, true},
    Key{"compute-full-forwarded-for", Value::Flag, false},
    Key{"custom-http-errors", Value::Text, true},
    Key{"denylist-source-range", Value::Ranges, true},
    Key{"force-ssl-redirect", Value::Flag, true},
    Key{"forwarded-for-header", Value::Text, false},
    Key{"hsts", Value::Flag, false},
    Key{"hsts-include-subdomains", Value::Flag, false},
    Key{"hsts-max-age", Value::Number, false},
    Key{"hsts-preload", Value::Flag, false},
    Key{"http-redirect-code", Value::Status, false},
    Key{"limit-conn-status-code", Value::Status, false},
    Key{"limit-rate", Value::Number, true},
    Key{"limit-rate-after", Value::Number, true},
    Key{"limit-req-status-code", Value::Status, false},
    Key{"load-balance", Value::Text, true},
    Key{"no-auth-locations", Value::Text, false},
    Key{"no-tls-redirect-locations", Value::Text, false},
    Key{"preserve-trailing-slash", Value::Flag, true},
    Key{"proxy-body-size", Value::Text, true},
    Key{"proxy-connect-timeout", Value::Number, true},
    Key{"proxy-next-upstream", Value::Text, true},
    Key{"proxy-next-upstream-timeout", Value::Number, true},
    Key{"proxy-next-upstream-tries", Value::Number, true},
    Key{"proxy-read-timeout", Value::Number, true},
    Key{"proxy-real-ip-cidr", Value::Ranges, false},
    Key{"proxy-request-buffering", Value::Text, true},
    Key{"proxy-send-timeout", Value::Number, true},
    Key{"retry-non-idempotent", Value::Flag, false},
    Key{"service-upstream", Value::Flag, true},
    Key{"ssl-redirect", Value::Flag, true},
    Key{"strict-validate-path-type", Value::Flag, false},
    Key{"upstream-hash-by", Value::Text, true},
    Key{"upstream-hash-by-subset", Value::Flag, true},
    Key{"upstream-hash-by-subset-size", Value::Number, true},
    Key{"upstream-keepalive-connections", Value::Number, false},
    Key{"use-forwarded-headers", Value::Flag, false},
    Key{"whitelist-source-range", Value::Ranges, true},
};

const Key* find(std::string_view name)
{
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

std::string valueOf(const ControllerSettings& settings, std::string_view key)
{
    const auto found = settings.configMap.find(std::string(key));
    return found == settings.configMap.end() ? std::string() : found->second;
}

std::uint16_t statusOf(const ControllerSettings& settings,
                       std::string_view key,
                       std::int64_t min,
                       std::int64_t max,
                       std::uint16_t byDefault)
{
    const auto parsed = parseInteger(valueOf(settings, key));
    return parsed && *parsed >= min && *parsed <= max ? static_cast<std::uint16_t>(*parsed)
                                                      : byDefault;
}

std::string strictTransport(const ControllerSettings& settings)
{
    if (!configuredFlag(settings, "hsts", true)) {
        return {};
    }
    constexpr std::int64_t year = 31'536'000;
    std::string text =
        "max-age=" + std::to_string(configuredNumber(settings, "hsts-max-age", year));
    text += configuredFlag(settings, "hsts-include-subdomains", true) ? "; includeSubDomains" : "";
    text += configuredFlag(settings, "hsts-preload", false) ? "; preload" : "";
    return text;
}

/// What should stand there instead of the value, or empty where it is right.
std::string wantedInstead(const Key& key, const std::string& value)
{
    switch (key.value) {
    case Value::Flag:
        return parseBool(value) ? "" : "\"true\" or \"false\"";
    case Value::Number:
        return parseInteger(value) ? "" : "a whole number";
    case Value::Status: {
        const auto status = parseInteger(value);
        const bool isRedirect = key.name == "http-redirect-code";
        const bool isRight = status && (isRedirect ? *status >= 301 && *status <= 308
                                                   : *status >= 400 && *status <= 599);
        return isRight ? "" : isRedirect ? "301, 302, 307 or 308" : "a status from 400 to 599";
    }
    case Value::Ranges:
        return parseRanges(value) ? "" : "addresses or CIDR ranges between commas";
    case Value::Text:
        break;
    }
    return {};
}

} // namespace

bool configuredFlag(const ControllerSettings& settings, std::string_view key, bool byDefault)
{
    return parseBool(valueOf(settings, key)).value_or(byDefault);
}

std::int64_t
configuredNumber(const ControllerSettings& settings, std::string_view key, std::int64_t byDefault)
{
    return parseInteger(valueOf(settings, key)).value_or(byDefault);
}

void applyConfigMap(const ControllerSettings& settings, Door& door)
{
    door.trustsForwarded = configuredFlag(settings, "use-forwarded-headers", false);
    door.keepsForwardedFor = configuredFlag(settings, "compute-full-forwarded-for", false);
    door.rateLimitStatus = statusOf(settings, "limit-req-status-code", 400, 599, 503);
    door.connectionLimitStatus = statusOf(settings, "limit-conn-status-code", 400, 599, 503);
    door.httpsRedirectStatus = statusOf(settings, "http-redirect-code", 301, 308, 308);
    door.strictTransport = strictTransport(settings);
    if (auto ranges = parseRanges(valueOf(settings, "proxy-real-ip-cidr"))) {
        door.trustedProxies = std::move(*ranges);
    }
    if (const std::string header = valueOf(settings, "forwarded-for-header"); !header.empty()) {
        door.forwardedForHeader = header;
    }
}

std::optional<std::string> configuredDefault(const ControllerSettings& settings,
                                             std::string_view annotation)
{
    const Key* key = find(annotation);
    if (key == nullptr || !key->isAnnotationDefault) {
        return std::nullopt;
    }
    const std::string value = valueOf(settings, annotation);
    const bool isUsable = !value.empty() && wantedInstead(*key, value).empty();
    return isUsable ? std::optional(value) : std::nullopt;
}

std::vector<std::string>
configuredList(const ControllerSettings& settings, std::string_view key, std::string_view byDefault)
{
    const auto found = settings.configMap.find(std::string(key));
    return splitList(found == settings.configMap.end() ? byDefault
                                                       : std::string_view(found->second));
}

Place placeOfKey(const ControllerSettings& settings, std::string_view key)
{
    const auto found = settings.configPlaces.find(std::string(key));
    return found == settings.configPlaces.end() ? Place{} : found->second;
}

bool isConfigHonoured(std::string_view key)
{
    return find(key) != nullptr;
}

void reportConfigMap(const ControllerSettings& settings, Findings& findings)
{
    std::vector<std::string> names;
    for (const Key& key : keys) {
        names.emplace_back(key.name);
    }
    for (const auto& [name, value] : settings.configMap) {
        const Key* key = find(name);
        if (key == nullptr) {
            const std::string near(nearest(name, names));
            findings.push_back({Severity::Warning,
                                "config-key-not-honoured",
                                placeOfKey(settings, name),
                                "key " + name + " of the controller's ConfigMap is not honoured",
                                near.empty() ? "expect what the controller does without it"
                                             : "did you mean \"" + near + "\"?"});
            continue;
        }
        if (const std::string wanted = wantedInstead(*key, value); !wanted.empty()) {
            constexpr std::size_t shownMax = 80;
            findings.push_back({Severity::Warning,
                                "config-value-ignored",
                                placeOfKey(settings, name),
                                "key " + name + " of the controller's ConfigMap has the value \"" +
                                    value.substr(0, shownMax) + "\": its default holds",
                                "write " + wanted});
        }
    }
}

} // namespace lab::plan
