#pragma once

#include "live/door_binding.hpp"
#include "live/door_tally.hpp"
#include "live/listener.hpp"
#include "live/served_plan.hpp"

#include <memory>
#include <vector>

namespace lab::live {

/// A plan that a worker is to serve, with its part of the sockets.
struct PlanPart {
    std::shared_ptr<const ServedPlan> served;
    std::vector<BoundSocket> sockets;
    std::vector<std::shared_ptr<DoorTally>> tallies; ///< This worker's, by DoorId.
};

/// One socket that a worker listens on: who answers there, and who accepts.
/// Its members are the worker thread's.
struct DoorSeat {
    std::shared_ptr<DoorSite> site;
    std::unique_ptr<Listener> listener;
};

/// All that changes on one worker when it turns to other plans.
///
/// Made on the controlling thread, done by DoorWorker::apply() in one turn of the worker's loop;
/// then it holds what is no longer needed there, for the controlling thread to free.
struct PlanSwap {
    /// A door port of the new plans.
    struct Placed {
        std::shared_ptr<DoorSeat> seat;
        std::shared_ptr<DoorSite> site;       ///< Of a new socket, or of a door of another kind.
        std::shared_ptr<DoorContext> context; ///< Without `site`: for the one that is there.
        UniqueFd fd;                          ///< Of a new socket.
    };
    std::vector<Placed> placed;
    std::vector<std::shared_ptr<DoorSeat>> unseated; ///< No plan has anything there any more.
    std::vector<bool> openAddresses;                 ///< By AddressId.

    /// After it is done: sites of doors that are gone. Their connections end with the exchange
    /// under way; the long ones are cut later.
    std::vector<std::shared_ptr<DoorSite>> gone;
    /// Likewise: addresses that no plan has any more.
    std::vector<AddressId> closedAddresses;
};

} // namespace lab::live
