#pragma once

#include "live/listener.hpp"
#include "live/live_engine.hpp"
#include "live/unique_fd.hpp"
#include "live/worker.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lab::live {

/// What one pod port is and does.
struct PodPort {
    std::string nameSpace;
    std::string pod;
    int containerPort = 0;
    Duration latency{};                           ///< Time it takes over each request.
    std::optional<PodFault> fault = std::nullopt; ///< What is wrong with it.
};

/// The field a door adds on its own hop to a lab pod: "SERVICE;INGRESS", each "ns/name" or empty.
/// The pod takes the last one out of the fields that it reports.
inline constexpr std::string_view hopField = "X-Lab-Hop";

/// The stand-in pods: live HTTP servers that answer with what they received.
///
/// JSON as the Gateway API conformance echo server's: path (raw target), host, method, proto,
/// headers, namespace, ingress, service, pod; and port and peer. They speak HTTP/2 as well (prior
/// knowledge), and then take any gRPC call: its messages come back one by one, with status 0 and
/// the pod in X-Lab-Pod. One worker for all of them.
class PodServer {
public:
    static constexpr std::uint64_t requestBodyBytesMax = 256U << 20U;    ///< Read and thrown away.
    static constexpr Duration hangMax = std::chrono::minutes(10);        ///< Of a pod that hangs.
    static constexpr Duration messageIdleMax = std::chrono::minutes(10); ///< Of a gRPC call.

    explicit PodServer(Worker& worker)
        : worker_(worker)
    {
    }

    /// Listens for that pod port, or keeps it closed if it refuses. \pre the worker has not started
    /// \return the address it is reached at
    [[nodiscard]] Result<SocketAddress> add(const PodPort& pod);

private:
    Worker& worker_;
    std::vector<std::unique_ptr<PodPort>> pods_;
    std::vector<std::unique_ptr<Listener>> listeners_;
    std::vector<UniqueFd> closedPorts_; ///< Bound, so that nobody else takes them.
};

} // namespace lab::live
