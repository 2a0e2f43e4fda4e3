#pragma once

#include "explain/explanation.hpp"
#include "explain/host_index.hpp"
#include "frontdoor/front_door.hpp"

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace lab::explain {

/// Which rule takes this request, and why not the others?  One style's answers.
///
/// Every answer is read from the decision, and its trace, of FrontDoor::decide: the code that
/// serves traffic. The question is rehearsed: no limit takes a token for it, so no served client
/// pays for it. The doors asked are the running ones, with their limits as they stand, or else own
/// ones with full buckets. Rules are indexed once, at the first question to a door. One thread.
class Explainer {
public:
    /// The doors that serve, and their time. Both empty: nothing runs.
    struct Running {
        /// nullptr: not that one.
        std::function<std::shared_ptr<const frontdoor::FrontDoor>(DoorId)> door;
        std::function<Instant()> now;
    };

    /// \param checksPassword  of own doors; without it every password is wrong
    explicit Explainer(std::shared_ptr<const plan::FrontDoorPlan> plan,
                       frontdoor::PasswordCheck checksPassword = {},
                       Running running = {});

    [[nodiscard]] Explanation explain(const Question& question);

private:
    /// A door to ask, and its rules.
    struct Asked {
        std::shared_ptr<const frontdoor::FrontDoor> door;
        bool isRunning = false; ///< No: it is an own one.
        std::unique_ptr<HostIndex> index;
    };

    [[nodiscard]] std::optional<DoorId> doorFor(std::string_view host) const;
    const Asked& openDoor(DoorId id);
    void explainHttp(DoorId id, Explanation& explanation);
    void explainBytes(DoorId id, Explanation& explanation);

    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    frontdoor::PasswordCheck checksPassword_;
    Running running_;
    frontdoor::WorkerState worker_;
    std::vector<Asked> doors_;                                 ///< By DoorId; made when asked.
    std::unordered_map<std::string_view, DoorId> doorsByHost_; ///< Per-service style.
};

} // namespace lab::explain
