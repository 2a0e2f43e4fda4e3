#pragma once

#include "live/address_numbers.hpp"
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

    explicit Http2Pods(Worker& worker)
        : worker_(worker)
    {
    }
    ~Http2Pods();
    Http2Pods(const Http2Pods&) = delete;
    Http2Pods& operator=(const Http2Pods&) = delete;

    /// As UpstreamPool: a connection to another address ends with its last request.
    void openOnly(const std::vector<bool>& isOpen);

    /// A stream of a connection that is there, or nothing.
    [[nodiscard]] std::unique_ptr<Stream> open(AddressId address);
    /// A stream of a new one. \param socket  connected
    [[nodiscard]] std::unique_ptr<Stream> open(AddressId address,
                                               std::unique_ptr<SocketStream> socket);

    /// Forgets those that are over.
    void sweep();

private:
    using Connections = std::vector<std::shared_ptr<Http2Connection>>;
    static void finish(Connections& connections);

    Worker& worker_;
    std::vector<Connections> connections_; ///< By AddressId.
    std::vector<bool> isOpen_;             ///< By AddressId, as long as the other.
};

} // namespace lab::live
