#pragma once

#include "base/instant.hpp"
#include "base/result.hpp"
#include "live/live_engine.hpp"
#include "scenario/reload.hpp"
#include "scenario/serve_options.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace lab::scenario {

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

    /// What listens where, and what each door did since the start. From any thread.
    [[nodiscard]] live::ReadyState ready() const;
    [[nodiscard]] std::vector<live::DoorCounters> counters() const;

    /// Reads the same input again and serves that; or goes on as before where it cannot be served.
    ReloadOutcome reload();

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
