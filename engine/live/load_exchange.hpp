#pragma once

#include "http/message.hpp"
#include "live/load_origin.hpp"
#include "live/load_request.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"
#include "measurement/measurements.hpp"

#include <cstdint>
#include <memory>

namespace lab::live {

/// What came back for one request.
struct LoadAnswer {
    measurement::Outcome outcome = measurement::Outcome::Broken;
    std::uint16_t status = 0;
    std::uint64_t bytes = 0; ///< As received, heads and framing included.
    bool isReusable = false; ///< The connection can carry another request.
};

/// A connection, or why there is none.
struct LoadOpening {
    std::shared_ptr<LoadConnection> connection; ///< Null: see `outcome`.
    measurement::Outcome outcome = measurement::Outcome::NotConnected;
    int machineError = 0; ///< An errno that is this machine's fault: no descriptor or port left.
};

/// Connects a client to an origin, TLS included.
/// \param client    binds to 127.0.3.(1 + client) where the origin is on an IPv4 loopback address
/// \param deadline  also stays on the connection
[[nodiscard]] Task<LoadOpening> openConnection(
    Worker& worker, const LoadTls& tls, LoadOrigin& origin, std::uint32_t client, Instant deadline);

/// Sends one request and reads its answer to the end, by the deadline of the connection's stream.
///
/// Never repeats a request: one that a closing door loses is Broken. Interim answers (1xx) are
/// passed over.
/// \param scratch  for the answer's head; not used while this waits, so exchanges may share it
[[nodiscard]] Task<LoadAnswer> exchange(Worker& worker,
                                        std::shared_ptr<LoadConnection> connection,
                                        const LoadRequest& request,
                                        const LoadRequestId& id,
                                        http::ResponseHead& scratch);

} // namespace lab::live
