#pragma once

#include "conformance/exchange.hpp"
#include "conformance/suite.hpp"
#include "frontdoor/l4_door.hpp"

#include <map>
#include <memory>
#include <vector>

namespace lab::conformance {

/// Load balancers and node ports without sockets: L4Door::decide for every new connection, in
/// virtual time. Shares nothing with the HTTP side.
class PureL4 {
public:
    PureL4(std::shared_ptr<const plan::FrontDoorPlan> plan, std::vector<Fault> faults);

    /// Sends a request `repeat` times; what no door takes is refused.
    [[nodiscard]] std::vector<Exchange> send(const CaseRequest& request, Instant now);

private:
    /// A door, its port, and the node that was asked.
    struct Entrance {
        DoorId door;
        std::size_t port = 0;
        NodeId node;
    };

    [[nodiscard]] Entrance entranceOf(const Via& via) const;
    [[nodiscard]] frontdoor::L4Door& doorAt(DoorId id);
    [[nodiscard]] Exchange health(const Entrance& entrance);
    void fill(const CaseRequest& request,
              const Entrance& entrance,
              const frontdoor::L4Decision& decision,
              Exchange& exchange) const;

    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    std::vector<Fault> faults_;
    std::map<DoorId, std::unique_ptr<frontdoor::L4Door>> doors_; ///< They remember clients.
    Random random_{7};
};

} // namespace lab::conformance
