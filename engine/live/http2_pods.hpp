#pragma once

#include "base/ids.hpp"
#include "live/http2_connection.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace lab::live {

/// HTTP/2 connections to endpoints (prior knowledge, plain), one worker's: each carries as many
/// requests at a time as its pod allows; another is opened when all of them are full.
///
/// Keyed as UpstreamPool. A connection ends itself when nothing has passed for idleTimeMax, when
/// its pod says so, or when the pool goes.
class Http2Pods {
public:
    static constexpr Duration idleTimeMax = std::chrono::seconds(60);
    static constexpr Duration writeTimeMax =
        std::chrono::seconds(60); ///< A pod that takes nothing.

    Http2Pods(Worker& worker, std::size_t endpointCount)
        : worker_(worker)
        , connections_(endpointCount)
    {
    }
    Http2Pods(Http2Pods&&) = default;
    ~Http2Pods();

    /// A stream of a connection that is there, or nothing.
    [[nodiscard]] std::unique_ptr<Stream> open(EndpointId endpoint);
    /// A stream of a new one. \param socket  connected
    [[nodiscard]] std::unique_ptr<Stream> open(EndpointId endpoint,
                                               std::unique_ptr<SocketStream> socket);

    /// Forgets those that are over.
    void sweep();

private:
    Worker& worker_;
    std::vector<std::vector<std::shared_ptr<Http2Connection>>> connections_; ///< By EndpointId.
};

} // namespace lab::live
