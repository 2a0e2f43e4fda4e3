#pragma once

#include "conformance/exchange.hpp"
#include "conformance/suite.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab::conformance {

/// The verdict on an object when it was loaded; objects that are not listed were accepted.
struct Admission {
    std::string object; ///< "Ingress/default/x"
    bool isByWebhook = false;
    std::string message;
};

/// What a driver can say before it runs a step.
struct SendResult {
    std::vector<Exchange> exchanges;
    std::string skippedBecause; ///< Not empty: this driver cannot do it.
};

/// One scenario, loaded: a cluster with its doors, however they are run.
class Driver {
public:
    virtual ~Driver() = default;

    /// Sends a request `repeat` times. \param cookies  the Cookie field to add, or empty
    [[nodiscard]] virtual SendResult send(const CaseRequest& request,
                                          const std::string& cookies) = 0;
    /// Lets time pass.
    virtual void wait(Duration time) = 0;
    [[nodiscard]] virtual const std::vector<Admission>& refused() const = 0;
};

/// Loads a scenario into the pure core: manifests, plan, FrontDoor::decide, and the head that would
/// go to the pod; no socket, virtual time.
[[nodiscard]] std::unique_ptr<Driver>
loadPure(const Suite& suite, const Scenario& scenario, const std::string& profile);

/// Loads a scenario into the live engine: doors, controllers and pods on loopback sockets, in real
/// time. Throws std::runtime_error when they cannot be started.
[[nodiscard]] std::unique_ptr<Driver>
loadLive(const Suite& suite, const Scenario& scenario, const std::string& profile);

} // namespace lab::conformance
