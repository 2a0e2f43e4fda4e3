#pragma once

#include "live/live_engine.hpp"
#include "live/socket_address.hpp"
#include "plan/front_door_plan.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace lab::live {

/// Gives each name a number of its own: the one that it had before, or the lowest that nobody has
/// or had.
class NumberedNames {
public:
    [[nodiscard]] std::size_t numberOf(const std::string& name, const NumberedNames* before);

private:
    [[nodiscard]] bool isTaken(std::size_t number) const
    {
        return number < isTaken_.size() && isTaken_[number];
    }
    std::unordered_map<std::string, std::size_t> numbers_;
    std::vector<bool> isTaken_; ///< By number.
    std::size_t lowest_ = 0;    ///< All below are taken.
};

/// At which real address does a door's port listen?
///
/// The ingress's own door is on the given address at N and N+1. Per-service doors use the same two
/// ports on an address each: 127.0.1.1 to .254, then 127.64.0.1 onwards; or one port after the
/// other from 20001 on the ingress's address. Service ports other than 80 and 443 keep their number
/// (those below 1024: plus 10000). Node ports keep theirs, on the address of every node that
/// listens (127.0.2.1 onwards). Controllers get free ports on 127.0.0.1, public and private.
///
/// A door keeps its address from plan to plan, whichever others come and go; that of one that went
/// can be another's from the plan after that on.
class DoorAddresses {
public:
    /// \param before  of the plans that these follow, or nullptr; lives until settle()
    DoorAddresses(ListenOptions options, const DoorAddresses* before)
        : options_(std::move(options))
        , before_(before)
    {
    }

    /// The doors from here on are of a plan of that style.
    void beginPlan(plan::Style style);
    /// \return with port 0 where any free one will do
    [[nodiscard]] Result<SocketAddress> addressFor(const plan::Door& door, int number);
    /// A node port keeps its number, unless all ports are free ones.
    [[nodiscard]] Result<SocketAddress> addressOn(const plan::PlannedNode& node, int number) const;

    /// The plans are served, and those before are not any more.
    void settle() { before_ = nullptr; }

private:
    [[nodiscard]] std::string hostOf(const plan::Door& door);
    [[nodiscard]] std::uint16_t realPort(int number) const;

    ListenOptions options_;
    const DoorAddresses* before_;
    plan::Style style_ = plan::Style::Ingress;
    std::map<plan::Style, NumberedNames> places_; ///< Per-service doors with an address each.
    NumberedNames ports_;                         ///< Their ports, all on one address.
    std::set<std::string> taken_;                 ///< Of the plan at hand.
};

} // namespace lab::live
