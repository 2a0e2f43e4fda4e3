#pragma once

#include "base/instant.hpp"
#include "simulation/footprint.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lab::simulation {

/// Which connection takes this request?  The clients' connections to one scheme, host and port: a
/// browser's pool.
///
/// Connections belong to a client, since doors tell clients apart by address; the one used last is
/// used first. All clients together hold connectionsMax; whoever finds none waits in line. An idle
/// one is closed where another client needs its place, or when it was idle for too long.
class ClientPool {
public:
    using ConnectionId = std::uint32_t;
    static constexpr ConnectionId none = ~ConnectionId{0};

    /// A request's turn: a connection of its client, standing or still to be opened.
    struct Turn {
        ConnectionId connection = none;
        bool isNew = false;
    };

    ClientPool(std::size_t connectionsMax, Duration idleMax);

    /// Nothing: every place is taken by somebody who is not idle. Every turn ends with giveBack()
    /// or close().
    [[nodiscard]] std::optional<Turn> take(std::uint32_t client, Instant now);
    void giveBack(ConnectionId connection, Instant now);
    void close(ConnectionId connection);

    /// What the opened connection leads to: the caller's.
    [[nodiscard]] std::uint64_t target(ConnectionId connection) const
    {
        return connections_[connection].target;
    }
    void setTarget(ConnectionId connection, std::uint64_t target)
    {
        connections_[connection].target = target;
    }

    /// Fetches ahead what take() for that client will touch; the second call what the first
    /// fetched.
    void fetchTop(std::uint32_t client) const
    {
        if (client < tops_.size()) {
            Footprint::fetchLine(&tops_[client]);
        }
    }
    void fetchConnection(std::uint32_t client) const
    {
        if (client < tops_.size() && tops_[client] != none) {
            Footprint::fetchLine(&connections_[tops_[client]]);
        }
    }

    /// What giveBack() of it will touch.
    void fetchReturn(ConnectionId connection, std::uint32_t client) const
    {
        Footprint::fetchLine(&connections_[connection]);
        Footprint::fetchLine(&tops_[client]);
        Footprint::fetchLine(rests_.data() + rests_.size());
    }

    /// The requests in line, first come first served: the caller's numbers.
    void wait(std::uint32_t request) { line_.push_back(request); }
    [[nodiscard]] bool hasLine() const { return lineFirst_ < line_.size(); }
    [[nodiscard]] std::uint32_t headOfLine() const { return line_[lineFirst_]; }
    void leaveLine();

    [[nodiscard]] std::size_t openCount() const { return open_; }

private:
    struct Connection {
        std::uint64_t target = 0;
        std::uint32_t client = 0;
        ConnectionId below = none; ///< In its client's stack; of free ones: the next.
        bool isIdle = false;
        Instant idleSince;
    };
    /// A connection that became idle then; it may have been used since.
    struct Rest {
        ConnectionId connection = none;
        Instant since;
    };

    [[nodiscard]] ConnectionId open(std::uint32_t client);
    [[nodiscard]] bool closesOldestIdle();
    [[nodiscard]] bool isResting(const Rest& rest) const;
    void forgetOldRests();

    std::size_t connectionsMax_;
    Duration idleMax_;
    std::size_t open_ = 0;
    std::vector<Connection> connections_;
    std::vector<ConnectionId> tops_; ///< By client: the idle connection that was used last.
    ConnectionId free_ = none;
    std::vector<Rest> rests_; ///< In order of time; those that are over too, until swept out.
    std::size_t restFirst_ = 0;
    std::vector<std::uint32_t> line_;
    std::size_t lineFirst_ = 0;
};

} // namespace lab::simulation
