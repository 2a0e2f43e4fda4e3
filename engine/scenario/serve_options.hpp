#pragma once

#include "measurement/flight_recorder.hpp"
#include "scenario/access_log.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// What `serve` is asked for (decision 25).
struct ServeOptions {
    std::vector<std::string> inputs;        ///< As openInput() takes them.
    std::optional<std::uint16_t> port;      ///< N; 0: any free ones. None: 8080, 8443 and 9901.
    std::optional<std::uint16_t> adminPort; ///< Instead of N + 2 or 9901.
    std::string listenAddress = "127.0.0.1";
    bool usesAddressPerService = true; ///< No: per-service doors get ports of one address.
    int workers = 1;                   ///< 1–64
    std::string keepCertificatesIn;    ///< A folder for certificates and keys; empty: memory only.
    bool assumesClasses = true;        ///< No: `--no-assumed-class`
    bool usesLogicalPorts = false;     ///< Redirects name 80 and 443, not the real ports.
    bool explainsInHeaders = false;    ///< To clients on loopback that send `x-lab-explain: 1`.
    bool isStrict = false;             ///< Refused objects are an error.
    std::string accessLog; ///< A file for a line a request; "-": standard output; empty: none.
    AccessLogFormat accessLogFormat = AccessLogFormat::NginxCombined;
    /// What each worker remembers, for /requests: 64 bytes each.
    std::size_t records = measurement::RecorderOptions::recordsDefault;
    std::string adminToken; ///< Who has it may write to the admin interface; empty: nobody.
};

/// Highest N: N + 1 and N + 2 are used too.
inline constexpr std::uint16_t servePortMax = 65533;

} // namespace lab::scenario
