#pragma once

#include "frontdoor/l4_door.hpp"
#include "live/served_plan.hpp"
#include "live/socket_address.hpp"
#include "live/tunnel.hpp"
#include "measurement/door_record.hpp"

#include <cstdint>

namespace lab::live {

/// What is counted and remembered of one connection at a tcp or tls door: the door's tally at once,
/// its record when it is over. As RequestLog does for a request; door and peer must outlive it.
class ConnectionLog {
public:
    using Flag = measurement::DoorRecord::Flag;

    ConnectionLog(DoorContext& door, const SocketAddress& peer);
    ~ConnectionLog();
    ConnectionLog(const ConnectionLog&) = delete;
    ConnectionLog& operator=(const ConnectionLog&) = delete;

    /// The TLS handshake is over, or came to nothing.
    void secured();
    void handshakeFailed();
    /// Where it is to go, or why nowhere.
    void decided(const frontdoor::L4Decision& decision);
    /// The pod or replica is there.
    void connected();
    void ended(const TunnelEnd& end);

private:
    void mark(Flag flag) { flags_ = static_cast<std::uint16_t>(flags_ | flag); }
    [[nodiscard]] measurement::DoorRecord record() const;

    DoorContext& door_;
    const SocketAddress& peer_;
    Instant began_;
    Instant secured_;
    Instant connected_; ///< Zero: never.
    frontdoor::L4Decision decision_;
    bool isDecided_ = false;
    TunnelEnd bytes_;
    std::uint16_t status_ = 0;
    std::uint16_t flags_ = Flag::Connection;
};

} // namespace lab::live
