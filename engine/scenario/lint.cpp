#include "scenario/lint.hpp"

#include "scenario/plan_input.hpp"

namespace lab::scenario {
namespace {

ExitCode exitCodeOf(const Finding& finding, bool failsOnWarning)
{
    switch (finding.severity) {
    case Severity::Unreadable:
    case Severity::Refused:
        return ExitCode::BadInput;
    case Severity::Error:
        return ExitCode::ExpectationFailed;
    case Severity::Warning:
        return failsOnWarning ? ExitCode::ExpectationFailed : ExitCode::Held;
    case Severity::Note:
        return ExitCode::Held;
    }
    return ExitCode::Fault;
}

} // namespace

Result<LintResult> lint(const LintOptions& options)
{
    Result<PlanInput> input = readPlanInput(options.inputs, {options.assumesClasses});
    if (!input) {
        return input.error();
    }
    LintResult result;
    const bool isReadable = input->isReadable();
    result.findings = std::move(input->findings);
    if (isReadable) {
        append(result.findings, plan::planFrontDoors(input->cluster, input->options).findings);
    }
    for (const Finding& finding : result.findings) {
        result.code = worse(result.code, exitCodeOf(finding, options.failsOnWarning));
    }
    return result;
}

} // namespace lab::scenario
