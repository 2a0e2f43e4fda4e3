#pragma once

#include "explain/explanation.hpp"
#include "frontdoor/front_door.hpp"

#include <memory>
#include <vector>

namespace lab::explain {

/// Which rule takes this request, and why not the others?  One style's answers.
///
/// Every answer is read from the decision, and its trace, of FrontDoor::decide: the code that
/// serves traffic. The doors asked are its own, with limits that are full at each question, so no
/// served client pays for it. One thread.
class Explainer {
public:
    /// \param checksPassword  without it every password is wrong
    explicit Explainer(std::shared_ptr<const plan::FrontDoorPlan> plan,
                       frontdoor::PasswordCheck checksPassword = {});

    [[nodiscard]] Explanation explain(const Question& question);

private:
    [[nodiscard]] std::optional<DoorId> doorFor(std::string_view host) const;
    const frontdoor::FrontDoor& openDoor(DoorId id);
    void explainHttp(DoorId id, Explanation& explanation);
    void explainBytes(DoorId id, Explanation& explanation);

    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    frontdoor::PasswordCheck checksPassword_;
    frontdoor::WorkerState worker_;
    std::vector<std::unique_ptr<frontdoor::FrontDoor>> doors_; ///< By DoorId; made when asked.
    Instant now_; ///< An hour on at each question: every bucket is full again.
};

} // namespace lab::explain
