#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "measurement/measurements.hpp"
#include "plan/route_policy.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lab::simulation {

/// One request on its way.
struct Request {
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    Instant intended;
    Instant began;            ///< Its first try at a pod.
    Instant since;            ///< The leg of its way that it is on: from when,
    Instant until;            ///< till when,
    std::uint64_t number = 0; ///< Among all arrivals of the run.
    std::uint64_t heldClient = 0;
    const plan::RoutePolicy* policy = nullptr;
    std::uint32_t kind = 0; ///< Index of the World's kinds.
    std::uint32_t client = 0;
    std::uint32_t pool = 0; ///< Of its kind.
    std::uint32_t connection = none;
    std::uint32_t earlier = none; ///< Those under way, in order of their coming.
    std::uint32_t later = none;
    std::uint32_t ticket = 0; ///< Of the try that counts: what is heard of others is old.
    DoorId door;              ///< The http door that deals with it.
    RouteId route;
    UpstreamId upstream;
    EndpointId endpoint;
    std::uint8_t awaits = 0; ///< and what happens then: World's.
    std::uint16_t status = 0;
    measurement::Outcome outcome = measurement::Outcome::Answered;
    std::uint8_t tries = 0;   ///< That have failed.
    bool isInLine = false;    ///< Waits for a connection.
    bool isAtDoor = false;    ///< An http door still has to answer.
    bool isGone = false;      ///< Its client has given up.
    bool isRefusal = false;   ///< A limiter's.
    bool isOwnAnswer = false; ///< The door's, not a pod's.
    bool isErrorPage = false;
    bool hasOpened = false;
    bool isIdealAdmitted = true;
};

/// The requests under way, in order of their coming: so the head is the first to lose patience.
/// Slots are used again; a slot's tickets never are. Grows up to inFlightMax.
class RequestTable {
public:
    static constexpr std::size_t inFlightMax = 4'000'000; ///< 128 bytes each.
    static constexpr std::uint32_t none = Request::none;

    [[nodiscard]] Request& operator[](std::uint32_t id) { return requests_[id]; }
    [[nodiscard]] const Request& operator[](std::uint32_t id) const { return requests_[id]; }

    /// A fresh one at the end. \pre !isFull()
    [[nodiscard]] std::uint32_t begin();
    void end(std::uint32_t id);
    /// Its client has given up: nobody's patience is looked at any more.
    void unlink(std::uint32_t id);

    [[nodiscard]] std::uint32_t oldest() const { return oldest_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool isFull() const { return size_ >= inFlightMax; }

    /// Endpoints that failed this request: empty in the plain case.
    [[nodiscard]] std::vector<EndpointId>& failed(std::uint32_t id) { return failed_[id]; }

private:
    std::vector<Request> requests_;
    std::vector<std::vector<EndpointId>> failed_;
    std::vector<std::uint32_t> free_;
    std::uint32_t oldest_ = none;
    std::uint32_t newest_ = none;
    std::size_t size_ = 0;
};

} // namespace lab::simulation
