#include "live/live_engine.hpp"

#include "live/descriptor_limit.hpp"
#include "live/engine_state.hpp"

#include <thread>
#include <utility>

namespace lab::live {

LiveEngine::LiveEngine(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

LiveEngine::~LiveEngine() = default;

Result<std::unique_ptr<LiveEngine>>
LiveEngine::start(std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans,
                  const LiveOptions& options,
                  AdminHandler admin)
{
    const std::size_t descriptors =
        descriptorsNeeded(plans, static_cast<std::size_t>(options.workers));
    if (const auto allowed = allowDescriptors(descriptors); !allowed) {
        return allowed.error();
    }
    auto state = std::make_unique<State>(options);
    if (const auto begun = state->begin(plans); !begun) {
        return begun.error();
    }
    if (const auto listening = state->listenForAdmin(std::move(admin)); !listening) {
        return listening.error();
    }
    state->startAll();
    return std::unique_ptr<LiveEngine>(new LiveEngine(std::move(state)));
}

Result<void>
LiveEngine::replace(const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans,
                    const LiveOptions& options)
{
    return state_->replace(plans, &options);
}

Result<void>
LiveEngine::replace(const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans)
{
    return state_->replace(plans, nullptr);
}

ReadyState LiveEngine::ready() const
{
    const std::lock_guard lock(state_->reading);
    return state_->ready;
}

std::shared_ptr<const frontdoor::FrontDoor> LiveEngine::frontDoor(const plan::FrontDoorPlan& plan,
                                                                  DoorId door) const
{
    const std::lock_guard lock(state_->reading);
    for (const auto& served : state_->current->served) {
        if (served->plan.get() == &plan && door.index() < served->doors.size()) {
            return {served, served->doors[door.index()].get()};
        }
    }
    return nullptr;
}

std::vector<std::shared_ptr<const plan::FrontDoorPlan>> LiveEngine::plans() const
{
    const std::lock_guard lock(state_->reading);
    std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans;
    for (const auto& served : state_->current->served) {
        plans.push_back(served->plan);
    }
    return plans;
}

Instant LiveEngine::now() const
{
    return state_->clock.now();
}

std::vector<const measurement::FlightRecorder*> LiveEngine::recorders() const
{
    std::vector<const measurement::FlightRecorder*> all;
    for (const auto& worker : state_->workers) {
        all.push_back(&worker->recorder());
    }
    return all;
}

std::shared_ptr<const plan::FrontDoorPlan>
LiveEngine::planOf(const measurement::DoorRecord& record) const
{
    const std::lock_guard lock(state_->reading);
    return state_->numbers.planOf(record);
}

std::vector<DoorCounters> LiveEngine::counters() const
{
    const std::lock_guard lock(state_->reading);
    std::vector<DoorCounters> all;
    for (const auto& served : state_->current->served) {
        for (const plan::Door& door : served->plan->doors) {
            all.push_back(state_->tallies.sum(served->plan->style, door.name));
        }
    }
    return all;
}

bool LiveEngine::drain(Duration grace)
{
    constexpr Duration look = std::chrono::milliseconds(5);
    constexpr Duration doorsFirst = std::chrono::milliseconds(50);
    {
        const std::lock_guard lock(state_->replacing);
        state_->hasEnded = true;
    }
    const Instant begin = state_->clock.now();
    for (const auto& worker : state_->workers) {
        worker->worker().postAndWait([&] { worker->worker().drain(); });
    }
    bool arePodsDraining = false;
    std::size_t alive = 0;
    do {
        alive = 0;
        for (const auto& worker : state_->workers) {
            alive += worker->worker().sessionCount();
        }
        const Duration waited = state_->clock.now() - begin;
        if (!arePodsDraining && (alive == 0 || waited > doorsFirst)) {
            // Connections through tcp doors end when their pod ends them.
            arePodsDraining = true;
            state_->pods.worker().postAndWait([&] { state_->pods.worker().drain(); });
        }
        if (alive == 0 || waited > grace) {
            break;
        }
        std::this_thread::sleep_for(look);
    } while (true);
    state_->stopAll();
    return alive == 0;
}

} // namespace lab::live
