#pragma once

#include "base/result.hpp"
#include "live/live_engine.hpp"
#include "scenario/bench_plan.hpp"

#include <memory>

namespace lab::scenario {

/// The engine as one proxy among others in a benchmark: the doors of a BenchContract, held up with
/// routing, metrics, limits and timeouts on, by one thread.
class BenchDoor {
public:
    [[nodiscard]] static Result<std::unique_ptr<BenchDoor>> start(const BenchContract& contract);

    /// Reads the contract's files again and serves what they say now, or goes on as before.
    [[nodiscard]] Result<void> reload();

    /// \return false if something was cut
    bool drain(Duration grace) { return engine_->drain(grace); }

private:
    BenchDoor(BenchContract contract, std::unique_ptr<live::LiveEngine> engine)
        : contract_(std::move(contract))
        , engine_(std::move(engine))
    {
    }

    BenchContract contract_;
    std::unique_ptr<live::LiveEngine> engine_;
};

} // namespace lab::scenario
