#include "plan/annotation_topics.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace lab::plan {
namespace {

constexpr std::uint64_t bodyBytesByDefault = 1024 * 1024;
constexpr std::int64_t secondsMax = 1'000'000;

void readTimeout(AnnotationReader& reader, const char* name, Duration& timeout)
{
    if (const auto seconds = reader.integer(name, 1, secondsMax)) {
        timeout = std::chrono::seconds(*seconds);
    }
}

void readRetry(AnnotationReader& reader, RetryPolicy& retry)
{
    if (const auto words = reader.text("proxy-next-upstream")) {
        retry.onError = false;
        retry.onTimeout = false;
        std::istringstream text(*words);
        for (std::string word; text >> word;) {
            if (word == "error" || word == "invalid_header") {
                retry.onError = true;
            } else if (word == "timeout") {
                retry.onTimeout = true;
            } else if (word == "non_idempotent") {
                retry.evenIfNotIdempotent = true;
            } else if (word.starts_with("http_")) {
                const auto status = parseInteger(word.substr(5));
                retry.onStatuses.push_back(static_cast<int>(status.value_or(0)));
            } else if (word == "off") {
                retry = RetryPolicy{false, false, false, {}, 1, {}};
            } else {
                reader.ignore("proxy-next-upstream", "nginx's words: error timeout http_503 …");
                retry = RetryPolicy{};
                break;
            }
        }
    }
    retry.triesMax = static_cast<int>(
        reader.integer("proxy-next-upstream-tries", 0, 1000).value_or(retry.triesMax));
    readTimeout(reader, "proxy-next-upstream-timeout", retry.time);
}

void readErrors(AnnotationReader& reader, IngressPolicy& policy)
{
    for (const std::string& text : splitList(reader.text("custom-http-errors").value_or(""))) {
        const auto status = parseInteger(text);
        if (!status || *status < 400 || *status > 599) {
            policy.refusedBecause =
                reader.refuse("custom-http-errors", "statuses from 400 to 599 are needed");
            return;
        }
        policy.route.interceptedStatuses.push_back(static_cast<int>(*status));
    }
}

void readProtocol(AnnotationReader& reader, IngressPolicy& policy)
{
    static constexpr std::array<std::string_view, 6> protocols{
        "HTTP", "HTTPS", "AUTO_HTTP", "GRPC", "GRPCS", "FCGI"};
    auto value = reader.text("backend-protocol");
    if (!value) {
        return;
    }
    std::transform(value->begin(), value->end(), value->begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    if (std::find(protocols.begin(), protocols.end(), *value) == protocols.end()) {
        reader.ignore("backend-protocol", "HTTP, HTTPS, AUTO_HTTP, GRPC, GRPCS or FCGI");
        return;
    }
    policy.route.backendProtocol = *value;
}

} // namespace

void readProxying(AnnotationReader& reader, IngressPolicy& policy)
{
    policy.route.bodyBytesMax = reader.size("proxy-body-size").value_or(bodyBytesByDefault);
    readTimeout(reader, "proxy-connect-timeout", policy.route.timeouts.connect);
    readTimeout(reader, "proxy-send-timeout", policy.route.timeouts.send);
    readTimeout(reader, "proxy-read-timeout", policy.route.timeouts.read);
    readRetry(reader, policy.route.retry);
    if (configuredFlag(reader.settings(), "retry-non-idempotent", false)) {
        policy.route.retry.evenIfNotIdempotent = true;
    }
    readErrors(reader, policy);
    readProtocol(reader, policy);
    policy.route.buffersRequest = reader.text("proxy-request-buffering").value_or("on") != "off";
    policy.defaultBackend = reader.text("default-backend").value_or("");
    for (const auto& [name, value] :
         {std::pair("upstream-vhost", &policy.route.upstreamHost),
          std::pair("x-forwarded-prefix", &policy.route.forwardedPrefix)}) {
        *value = reader.text(name).value_or("");
        if (value->find_first_of(" \t\r\n;{}\"'") != std::string::npos) {
            policy.refusedBecause = reader.refuse(name, "it holds characters nginx does not take");
        }
    }
}

} // namespace lab::plan
