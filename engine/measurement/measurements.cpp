#include "measurement/measurements.hpp"

#include "base/check.hpp"

namespace lab::measurement {

std::string_view toText(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Answered:
        return "answered";
    case Outcome::NoDoor:
        return "no-door";
    case Outcome::NotConnected:
        return "not-connected";
    case Outcome::TlsFailed:
        return "tls-failed";
    case Outcome::Broken:
        return "broken";
    case Outcome::TimedOut:
        return "timed-out";
    }
    check(false, "every outcome has a text");
    return "";
}

double Measurements::perSecond(std::uint64_t count) const
{
    return measured > Duration::zero() ? static_cast<double>(count) / toSeconds(measured) : 0.0;
}

bool Measurements::isGeneratorSaturated() const
{
    return lateSends * 100 > offered;
}

std::uint64_t Measurements::errorCount() const
{
    std::uint64_t errors = 0;
    for (const auto& [outcome, count] : outcomeCounts) {
        errors += outcome == Outcome::Answered || outcome == Outcome::NoDoor ? 0 : count;
    }
    for (const auto& [status, count] : statusCounts) {
        errors += status >= 500 ? count : 0;
    }
    const auto tooMany = statusCounts.find(429);
    const std::uint64_t refusedBy5xx =
        refused - (tooMany == statusCounts.end() ? 0 : tooMany->second);
    return errors - refusedBy5xx;
}

} // namespace lab::measurement
