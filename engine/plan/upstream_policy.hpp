#pragma once

#include "base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace lab::plan {

/// A cookie that keeps a client at its endpoint.
struct SessionAffinity {
    std::string cookie = "INGRESSCOOKIE";
    bool isPersistent = false; ///< affinity-mode: a client never moves while its endpoint lives.
    bool changesOnFailure = false;
    std::optional<std::int64_t> maxAgeSeconds;
    std::optional<std::int64_t> expiresSeconds;
    std::string domain;
    std::string sameSite;
    std::optional<bool> isSecure; ///< None: on HTTPS.
};

/// Which part of the traffic of an upstream goes to another one.
struct CanaryPolicy {
    UpstreamId upstream;
    std::string ingress; ///< "ns/name"
    std::string header;
    std::string headerValue;
    std::string headerPattern; ///< A regular expression; used where there is no value.
    std::string cookie;
    int weight = 0;
    int weightTotal = 100;
    bool isLegacyAffinity = false; ///< affinity-canary-behavior: legacy
};

} // namespace lab::plan
