#pragma once

#include "base/instant.hpp"
#include "base/result.hpp"
#include "scenario/access_log.hpp"

#include <cstdint>
#include <memory>
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
};

/// Highest N: N + 1 and N + 2 are used too.
inline constexpr std::uint16_t servePortMax = 65533;

/// A live engine that is held up for any client until it is told to end.
class Serving {
public:
    /// Reads, plans, binds everything or nothing.
    [[nodiscard]] static Result<std::unique_ptr<Serving>> start(const ServeOptions& options);

    ~Serving();
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

    /// The line for standard output, without newline. Format: design, `serve`.
    [[nodiscard]] const std::string& readyLine() const;
    /// Everything noticed in the input that did not keep it from starting.
    [[nodiscard]] const Findings& findings() const;

    /// Readiness turns first, then no new connections; what runs may finish within `grace`.
    /// \return false if something was cut
    bool drain(Duration grace);

    /// The access log goes on in a new file: the old one has been moved away. Nothing without one.
    [[nodiscard]] Result<bool> reopenAccessLog();
    /// Requests that are missing in the access log, up to now.
    [[nodiscard]] std::uint64_t accessLogLost() const;

    /// Removes what destructors would: for a process that has to end at once.
    void abandon() noexcept;

private:
    struct State;
    explicit Serving(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace lab::scenario
