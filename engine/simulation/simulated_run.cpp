#include "simulation/simulated_run.hpp"

#include "simulation/world.hpp"

#include <algorithm>

namespace lab::simulation {

SimulatedRun::SimulatedRun(SimulationSpec spec)
    : world_(std::make_unique<World>(std::move(spec)))
{
}

SimulatedRun::~SimulatedRun() = default;
SimulatedRun::SimulatedRun(SimulatedRun&&) noexcept = default;
SimulatedRun& SimulatedRun::operator=(SimulatedRun&&) noexcept = default;

bool SimulatedRun::step()
{
    return world_->step();
}

bool SimulatedRun::stepBack()
{
    const std::uint64_t events = world_->eventCount();
    if (events == 0) {
        return false;
    }
    replay(events - 1);
    return true;
}

void SimulatedRun::replay(std::uint64_t events)
{
    world_ = std::make_unique<World>(world_->spec());
    while (world_->eventCount() < events && world_->step()) {
    }
}

void SimulatedRun::seek(Instant at)
{
    if (at < world_->now()) {
        replay(0);
    }
    runUntil(at);
}

void SimulatedRun::runUntil(Instant until)
{
    while (true) {
        const std::optional<Instant> next = world_->nextAt();
        if (!next || *next > until) {
            return;
        }
        world_->step();
    }
}

void SimulatedRun::run()
{
    while (world_->step()) {
    }
}

RunView SimulatedRun::view(std::size_t requestsMax) const
{
    return world_->view(requestsMax);
}

Instant SimulatedRun::now() const
{
    return world_->now();
}

std::optional<Instant> SimulatedRun::nextAt() const
{
    return world_->nextAt();
}

bool SimulatedRun::isOver() const
{
    return !world_->nextAt().has_value();
}

std::uint64_t SimulatedRun::eventCount() const
{
    return world_->eventCount();
}

std::size_t SimulatedRun::underWay() const
{
    return world_->underWay();
}

bool SimulatedRun::hasOverflown() const
{
    return world_->hasOverflown();
}

measurement::Measurements SimulatedRun::measurements() const
{
    return isOver() ? world_->collector().result() : world_->collector().result(world_->now());
}

void SimulatedRun::keepTrails()
{
    world_->keepTrails();
}

std::vector<Trail> SimulatedRun::takeTrails()
{
    return world_->takeTrails();
}

} // namespace lab::simulation
