#pragma once

#include "base/ids.hpp"
#include "live/stream.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace lab::live {

/// Idle kept-alive connections to endpoints, one worker's: the last one given back goes out first.
///
/// Keyed by endpoint, never by route. A connection that its pod has closed, or that holds bytes
/// nobody asked for, is thrown away instead of being lent.
class UpstreamPool {
public:
    static constexpr std::size_t idlePerEndpointMax = 64;
    static constexpr Duration idleTimeMax = std::chrono::seconds(60);

    explicit UpstreamPool(std::size_t endpointCount)
        : idle_(endpointCount)
    {
    }

    /// A connection that was good a moment ago, or nothing.
    [[nodiscard]] std::unique_ptr<Stream> take(EndpointId endpoint);
    void give(EndpointId endpoint, std::unique_ptr<Stream> stream, Instant now);

    /// Throws away what is closed or was idle for too long.
    void sweep(Instant now);
    void clear();

private:
    struct Idle {
        std::unique_ptr<Stream> stream;
        Instant since;
    };
    std::vector<std::vector<Idle>> idle_; ///< By EndpointId; the newest last.
};

} // namespace lab::live
