#pragma once

#include "explain/explanation.hpp"
#include "frontdoor/decision.hpp"
#include "frontdoor/decision_trace.hpp"

namespace lab::explain {

/// Puts what was decided into the explanation: outcome, rule, endpoint and why, phases.
void explainOutcome(const plan::Door& door,
                    const plan::FrontDoorPlan& plan,
                    const frontdoor::Decision& decision,
                    const frontdoor::DecisionTrace& trace,
                    Explanation& explanation);

/// What becomes of a connection at a door that understands no HTTP.
/// \param endpoint  chosen by the door; not valid: the connection is refused
void explainConnection(const plan::Door& door,
                       const plan::FrontDoorPlan& plan,
                       UpstreamId upstream,
                       EndpointId endpoint,
                       Explanation& explanation);

/// The style has no door of that name.
void explainNoDoor(const plan::FrontDoorPlan& plan, Explanation& explanation);
/// The door listens on no such port.
void explainNoPort(const plan::Door& door, Explanation& explanation);

} // namespace lab::explain
