#include "scenario/bench_door.hpp"

#include <utility>

namespace lab::scenario {

Result<std::unique_ptr<BenchDoor>> BenchDoor::start(const BenchContract& contract)
{
    Result<BenchPlan> made = makeBenchPlan(contract);
    if (!made) {
        return made.error();
    }
    live::LiveOptions options;
    options.listen.exactAddresses = std::move(made->addresses);
    auto engine = live::LiveEngine::start(
        {std::make_shared<const plan::FrontDoorPlan>(std::move(made->plan))}, options);
    if (!engine) {
        return engine.error();
    }
    return std::unique_ptr<BenchDoor>(new BenchDoor(contract, std::move(*engine)));
}

Result<void> BenchDoor::reload()
{
    Result<BenchPlan> made = makeBenchPlan(contract_);
    if (!made) {
        return made.error();
    }
    live::LiveOptions options;
    options.listen.exactAddresses = std::move(made->addresses);
    return engine_->replace({std::make_shared<const plan::FrontDoorPlan>(std::move(made->plan))},
                            options);
}

} // namespace lab::scenario
