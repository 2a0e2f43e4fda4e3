#include "scenario/scenario_runner.hpp"

#include "scenario/run_preparation.hpp"
#include "scenario/traffic_run.hpp"

namespace lab::scenario {

Result<report::Report> runScenario(const std::string& named, const RunOptions& options)
{
    Result<PreparedRun> run = prepareRun(named, options);
    if (!run) {
        return run.error();
    }
    Result<TrafficResult> traffic = run->isVirtual(options)
                                        ? sendVirtually(run->input, run->plans, options)
                                        : sendLive(run->input, run->plans, options);
    if (!traffic) {
        return traffic.error();
    }
    return makeReport(*run, std::move(*traffic), options);
}

} // namespace lab::scenario
