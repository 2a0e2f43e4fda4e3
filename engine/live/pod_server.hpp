#pragma once

#include "live/live_engine.hpp"
#include "live/socket_address.hpp"
#include "live/worker.hpp"

#include <memory>
#include <optional>
#include <set>
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

    explicit PodServer(Worker& worker);
    ~PodServer();
    PodServer(const PodServer&) = delete;
    PodServer& operator=(const PodServer&) = delete;

    // All on the worker's thread, or before it has started.

    /// One pod port with what belongs to it.
    struct Site;
    using Handle = std::shared_ptr<Site>;

    /// Listens for that pod port, or keeps it closed if it refuses.
    [[nodiscard]] Result<Handle> add(const PodPort& pod);
    /// From the next request on it is and does that. \pre it refused and refuses, or neither
    static void change(const Handle& site, const PodPort& pod);
    /// It shuts down: idle connections end, each other one with the exchange under way. New ones
    /// are still taken.
    void retire(const Handle& site);
    /// It dies: listens no more, and its connections are cut. What it took its time over is never
    /// answered.
    void kill(const Handle& site);
    /// It stops listening: its address can be another's from now on.
    void remove(const Handle& site);
    /// What is left of its connections is cut.
    void cut(const Handle& site);

    /// Where it is reached; from any thread.
    [[nodiscard]] static const SocketAddress& addressOf(const Handle& site);

private:
    Worker& worker_;
    std::set<Handle> sites_; ///< That listen.
};

} // namespace lab::live
