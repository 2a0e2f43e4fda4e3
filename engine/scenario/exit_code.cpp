#include "scenario/exit_code.hpp"

#include <array>

namespace lab::scenario {
namespace {

/// The lower, the more it says.
std::size_t rank(ExitCode code)
{
    constexpr std::array order{ExitCode::Fault,
                               ExitCode::Interrupted,
                               ExitCode::Terminated,
                               ExitCode::WrongUse,
                               ExitCode::Environment,
                               ExitCode::BadInput,
                               ExitCode::ExpectationFailed,
                               ExitCode::GateFailed,
                               ExitCode::Inconclusive};
    std::size_t place = 0;
    while (place < order.size() && order[place] != code) {
        ++place;
    }
    return place;
}

ExitCode exitCodeOf(const report::ExpectationResult& result)
{
    using Verdict = report::ExpectationResult::Verdict;
    switch (result.verdict) {
    case Verdict::Passed:
        return ExitCode::Held;
    case Verdict::Failed:
        return result.isGate ? ExitCode::GateFailed : ExitCode::ExpectationFailed;
    case Verdict::Inconclusive:
        return ExitCode::Inconclusive;
    }
    return ExitCode::Fault;
}

} // namespace

ExitCode worse(ExitCode a, ExitCode b)
{
    return rank(b) < rank(a) ? b : a;
}

ExitCode exitCodeOf(const report::Report& report)
{
    ExitCode code = ExitCode::Held;
    for (const report::ExpectationResult& result : report.expectations) {
        code = worse(code, exitCodeOf(result));
    }
    return code;
}

ExitCode exitCodeOf(const Error& error)
{
    switch (error.kind()) {
    case ErrorKind::BadInput:
        return ExitCode::BadInput;
    case ErrorKind::WrongUse:
        return ExitCode::WrongUse;
    case ErrorKind::Environment:
        return ExitCode::Environment;
    }
    return ExitCode::Fault;
}

} // namespace lab::scenario
