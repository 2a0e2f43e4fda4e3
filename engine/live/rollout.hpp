#pragma once

#include "live/address_numbers.hpp"
#include "live/certificate_store.hpp"
#include "live/door_binding.hpp"
#include "live/lab_pods.hpp"
#include "live/plan_numbers.hpp"
#include "live/retirement.hpp"
#include "live/served_plan.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace lab::live {

using Plans = std::vector<std::shared_ptr<const plan::FrontDoorPlan>>;

/// What plans are made servable with; lives as long as the engine. The controlling thread's.
struct RolloutParts {
    LabPods& pods;
    CertificateStore& certificates;
    AddressNumbers& addresses;
    PlanNumbers& numbers;
    Retirement& retirement;
};

/// A set of plans on its way to being served: pods, sockets, certificates and deciders, made aside.
///
/// Everything that can fail happens in prepare(); what it has started ends with it unless its
/// members are taken over.
struct Rollout {
    /// \param before  what is served now, or nullptr: its sockets, pods, limits go on
    [[nodiscard]] static Result<Rollout> prepare(const Plans& plans,
                                                 const LiveOptions& options,
                                                 const RolloutParts& parts,
                                                 const Rollout* before);

    std::vector<std::shared_ptr<const ServedPlan>> served;
    std::vector<std::vector<BoundSocket>> sockets; ///< By plan.
    DoorSockets book;
    LabPods::Next pods;
    std::vector<BoundDoor> doors; ///< For people.
    std::uint64_t generation = 0;

private:
    Rollout(const LiveOptions& options, LabPods& labPods, const Rollout* before);

    [[nodiscard]] Result<void> add(const std::shared_ptr<const plan::FrontDoorPlan>& plan,
                                   const LiveOptions& options,
                                   const RolloutParts& parts,
                                   const Rollout* before);
    [[nodiscard]] Result<SocketAddress> addressOf(const plan::FrontDoorPlan& plan,
                                                  const plan::Endpoint& endpoint,
                                                  Duration latency,
                                                  const LiveOptions& options);
    [[nodiscard]] Result<void>
    addEndpoints(ServedPlan& plan, const LiveOptions& options, AddressNumbers& numbers);
    void report(const plan::FrontDoorPlan& plan, const std::vector<BoundSocket>& bound);
};

} // namespace lab::live
