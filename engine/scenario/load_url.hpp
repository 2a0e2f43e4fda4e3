#pragma once

#include "base/result.hpp"
#include "report/load_report.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace lab::scenario {

/// What `load` was asked for, as words where they have a unit.
struct LoadUrlOptions {
    static constexpr std::uint32_t clientsMax = 250;
    static constexpr std::size_t connectionsMax = 20'000;

    std::string url;              ///< http or https, with an address or a name of localhost.
    std::string rate = "100/s";   ///< Up to 1,000,000/s
    std::string duration = "10s"; ///< 100 ms to 1 h
    std::string method = "GET";
    std::string host;            ///< Host field and server name; empty: the URL's.
    std::uint64_t bodyBytes = 0; ///< At most 16 MiB.
    bool isPoisson = false;
    std::uint32_t clients = 1; ///< Addresses 127.0.3.1 onwards, where the server is on loopback.
    std::size_t connections = 256; ///< At once, at most.
    std::string timeout = "10s";   ///< Per request, from its intended time.
    std::string caFile;            ///< Trusted; empty: any certificate is taken.
    std::uint64_t seed = 1;
    bool allowsRemote = false; ///< Servers that are not on this machine.
    const std::atomic<bool>* stop = nullptr;
    /// What there is so far, ten times a second; how far it is, from 0 to 1.
    std::function<void(double share, const measurement::Measurements& soFar)> watch;
};

/// Sends requests to one URL at their times, whatever becomes of the ones before, and says how long
/// they took: live::runLoad(), with all of its time in one piece and nothing left out. Blocks.
/// \return WrongUse for a bad URL, rate or duration, or a remote server that is not allowed;
///         Environment where the CA file cannot be read; as runLoad() besides
[[nodiscard]] Result<report::LoadReport> loadUrl(const LoadUrlOptions& options);

} // namespace lab::scenario
