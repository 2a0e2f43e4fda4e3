#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "measurement/measurements.hpp"

#include <cstdint>

namespace lab::simulation {

/// Which way did one request take?  What a picture of a run is drawn from.
///
/// Made when the request's client has its answer, or has given up; ids are the style's own plan's.
struct Trail {
    measurement::RequestRecord record; ///< `entry` counts through all mixes: the first source's,
                                       ///< then the second's, and so on.
    Instant began;                     ///< Its first try at a pod; of an http door only.
    std::uint64_t number = 0; ///< Among all arrivals: the same request has it in both styles.
    std::uint32_t client = 0;
    DoorId entry;                ///< Where it came in; not valid: this style has no door for it.
    DoorId door;                 ///< The http door that dealt with it; not valid: none did.
    RouteId route;               ///< Of `door`.
    EndpointId endpoint;         ///< The last one that was tried; not valid: none.
    std::uint8_t tries = 0;      ///< That had failed before.
    bool isOwnAnswer = false;    ///< The door's, not a pod's.
    bool hasOpened = false;      ///< A connection, for it.
    bool isIdealAdmitted = true; ///< One exact bucket over all arrivals would have let it pass.
};

} // namespace lab::simulation
