#pragma once

#include "base/result.hpp"
#include "plan/front_door_plan.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::scenario {

/// What a benchmark asks a proxy to be, told in environment variables.
///
/// PORT (listen on 127.0.0.1), TLS=1 with CERT and KEY (PEM files), BACKEND_PORTS (comma separated;
/// or BACKEND_PORT), ROUTES_TSV (lines `host TAB prefix TAB host:port`; anything else is 404),
/// LBS_TSV (lines `address TAB port TAB certificate file TAB key file TAB host:port`, all TLS),
/// RATE and BURST (refused with 429), ADMIN_PORT. The same set for every proxy in a comparison.
struct BenchContract {
    std::uint16_t port = 0;
    bool isTls = false;
    std::string certificateFile;
    std::string keyFile;
    std::vector<std::string> backends; ///< "127.0.0.1:3000"
    std::string routesFile;
    std::string loadBalancersFile;
    std::optional<double> ratePerSecond;
    double burst = 1;
    std::optional<std::uint16_t> adminPort;
};

/// A variable's value, or nothing when it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// Reads the contract. WrongUse names the variable that is missing or wrong.
[[nodiscard]] Result<BenchContract> readBenchContract(const Environment& environment);

/// The doors that the contract asks for, and where each of them has to listen.
struct BenchPlan {
    plan::FrontDoorPlan plan;
    std::map<std::string, std::string> addresses; ///< Door name → "127.0.0.1:8080".
};

/// Builds the plan from the contract and the files that it names. All of a file's broken lines are
/// reported at once, each as file:line.
[[nodiscard]] Result<BenchPlan> makeBenchPlan(const BenchContract& contract);

} // namespace lab::scenario
