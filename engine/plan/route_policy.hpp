#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "limiting/address_range.hpp"
#include "limiting/token_bucket.hpp"
#include "routing/path_pattern.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lab::plan {

/// An answer that sends the client elsewhere, whatever it asked for.
struct FixedRedirect {
    std::string url;
    std::uint16_t status = 302;
};

/// What the path becomes before it is sent on: the whole path, where the pattern is found in it.
struct PathRewrite {
    routing::PathPattern pattern;
    std::string target; ///< With $1…$9.
};

/// Names and password hashes that are let in.
struct BasicAuth {
    std::string realm;
    std::map<std::string, std::string> hashes; ///< By user name; never printed.
};

/// Which other sites' scripts may use the answers.
struct CorsPolicy {
    std::vector<std::string> origins; ///< "*", or origins with at most one wildcard label.
    std::string methods;
    std::string headers;
    std::string exposedHeaders;
    bool allowsCredentials = true;
    std::int64_t maxAgeSeconds = 1'728'000;
};

/// When another endpoint is tried, and how often.
struct RetryPolicy {
    bool onError = true; ///< Refused, reset, or an answer that cannot be read.
    bool onTimeout = true;
    bool evenIfNotIdempotent = false; ///< POST, LOCK and PATCH too, once something was sent.
    std::vector<int> onStatuses;      ///< Of the pod's answers.
    int triesMax = 3;                 ///< The first one counts; 0: as many as there are endpoints.
    Duration time{};                  ///< For all tries; zero: no limit.
};

/// How long the door waits for the pod. ingress-nginx's defaults.
struct UpstreamTimeouts {
    Duration connect = std::chrono::seconds(5);
    Duration send = std::chrono::seconds(60);
    Duration read = std::chrono::seconds(60);
};

/// What happens to the requests of a route besides being sent on: the annotations of its Ingress as
/// values, in the order in which they act. Everything is off by default.
///
/// Source of the order and the defaults: ingress-nginx v1.15 (semantics: engine/README.md).
struct RoutePolicy {
    std::string appRoot;            ///< Where exactly "/" is sent (302); empty: nowhere.
    std::uint64_t bodyBytesMax = 0; ///< 413 beyond it; 0: no limit here.
    std::string deniedBecause;      ///< Not empty: 503 to everything; why, for people.
    std::optional<CorsPolicy> cors;
    std::optional<FixedRedirect> redirect;
    std::string wwwHost; ///< Not empty: everything is sent to that host (308).
    std::optional<PathRewrite> rewrite;
    bool redirectsToHttps = false; ///< 308 for plain HTTP.
    bool keepsTrailingSlash = false;

    std::vector<std::size_t> rateZones;        ///< Door::rateZones: all of them must admit.
    std::optional<std::size_t> connectionZone; ///< Door::connectionZones
    std::vector<limiting::AddressRange> unlimitedClients;

    std::vector<limiting::AddressRange> deniedClients;
    std::vector<limiting::AddressRange> allowedClients; ///< Empty: all.
    std::optional<BasicAuth> basicAuth;
    bool isEitherEnough = false; ///< satisfy: any: the address or the password.

    bool setsSessionCookie = false; ///< Where the upstream has one.
    std::string sessionCookiePath;
    UpstreamTimeouts timeouts;
    RetryPolicy retry;
    std::string backendProtocol = "HTTP";
    std::string upstreamHost;    ///< Host towards the pod; empty: as received.
    std::string forwardedPrefix; ///< X-Forwarded-Prefix where a rewrite took place.
    bool buffersRequest = true;
    std::uint64_t bytesPerSecondMax = 0; ///< Of one answer; 0: no limit.
    std::uint64_t bytesBeforeRate = 0;
    std::vector<int> interceptedStatuses; ///< Pod answers that are replaced by an error page.
    UpstreamId defaultBackend;            ///< Who makes it; invalid: the controller's own 404.

    [[nodiscard]] bool speaksHttp2() const { return backendProtocol == "GRPC"; }
};

/// One limit of requests a client, with the Ingress it belongs to.
struct RateZone {
    std::string name; ///< "default/shop limit-rps"
    limiting::BucketPolicy bucket;
};

/// One limit of requests under way a client.
struct ConnectionZone {
    std::string name;
    int perClientMax = 1;
};

} // namespace lab::plan
