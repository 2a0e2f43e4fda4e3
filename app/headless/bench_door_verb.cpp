#include "headless/failure.hpp"
#include "headless/signal_queue.hpp"
#include "headless/verb.hpp"
#include "scenario/bench_door.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace lab::headless {
namespace {

using scenario::ExitCode;

std::optional<std::string> environmentVariable(std::string_view name)
{
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

ExitCode holdUp(const Console& console)
{
    constexpr std::chrono::seconds grace(1);
    const SignalQueue signals; // before the engine's threads, which inherit it
    const auto contract = scenario::readBenchContract(environmentVariable);
    if (!contract) {
        return reportFailure(console, contract.error());
    }
    const auto door = scenario::BenchDoor::start(*contract);
    if (!door) {
        return reportFailure(console, door.error());
    }
    std::optional<int> number = signals.next();
    while (number == SIGHUP || number == SIGUSR1) {
        const Result<void> reloaded = number == SIGHUP ? (*door)->reload() : Result<void>();
        if (!reloaded) {
            static_cast<void>(reportFailure(console, reloaded.error()));
        }
        number = signals.next();
    }
    (*door)->drain(grace);
    return ExitCode::Held;
}

} // namespace

void addBenchDoorVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "bench-door", "One door as environment variables ask for it, for comparing proxies");
    verb.footer(
        "  PORT=8080 BACKEND_PORT=3000 ingresslab bench-door\n\n"
        "Reads PORT, TLS, CERT, KEY, BACKEND_PORT(S), ROUTES_TSV, LBS_TSV, RATE, BURST and\n"
        "ADMIN_PORT; serves until SIGTERM, on one thread. SIGHUP reads its files again.");
    verb.callback([&console, &result] { result.code = holdUp(console); });
}

} // namespace lab::headless
