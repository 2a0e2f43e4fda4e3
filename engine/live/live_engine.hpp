#pragma once

#include "base/result.hpp"
#include "measurement/flight_recorder.hpp"
#include "plan/front_door_plan.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::frontdoor {
struct Decision;
struct DecisionTrace;
class FrontDoor;
struct RequestView;
} // namespace lab::frontdoor

namespace lab::live {

/// How long the doors wait for whom. Every wait has a maximum.
struct Timeouts {
    Duration head =
        std::chrono::seconds(3); ///< From a connection's or exchange's start to its whole head.
    Duration bodyIdle = std::chrono::seconds(3); ///< Between two pieces of a request body.
    Duration connect = std::chrono::seconds(2);  ///< To a pod.
    Duration answer = std::chrono::seconds(5); ///< From the last request byte to the answer's head.
    Duration keepAliveIdle = std::chrono::seconds(60); ///< An idle client connection.
    Duration write = std::chrono::seconds(60);         ///< A client or pod that takes nothing.
    Duration tunnelIdle = std::chrono::minutes(10);    ///< Nothing moves through an L4 door.
};

/// Where the doors of one style listen.
struct ListenOptions {
    std::string address = "127.0.0.1";      ///< Of the ingress, and of per-service ports.
    std::optional<std::uint16_t> httpPort;  ///< N. None: any free port (`--port 0`), for https too.
    std::optional<std::uint16_t> httpsPort; ///< None: N + 1. Per-service doors use the same two.
    bool usesAddressPerDoor =
        true; ///< Per-service doors on 127.0.1.1, .2, …; else on ports from 20001.
    std::map<std::string, std::string>
        exactAddresses; ///< Door name → "127.0.0.1:8080" for its only port, instead of all that.
};

/// How a lab pod misbehaves.
struct PodFault {
    enum class Kind {
        Refuse, ///< Its ports are closed: no connection comes about.
        Hang,   ///< Takes connections and requests, and never answers.
        Status, ///< Answers with `status`.
        Delay,  ///< Answers `delay` late.
        Kill,   ///< As Refuse, and it dies: its connections are cut, what it had in hand is lost.
    };
    Kind kind = Kind::Refuse;
    std::uint16_t status = 503;
    Duration delay{};
};

/// What a door says of its decision in the answer: field lines, each ending in CRLF. Called on the
/// doors' workers. \param failedTries  endpoints that gave no proper answer before
using ExplainFields = std::function<std::string(const frontdoor::FrontDoor& door,
                                                const frontdoor::RequestView& request,
                                                const frontdoor::Decision& decision,
                                                const frontdoor::DecisionTrace& trace,
                                                std::size_t failedTries)>;

struct LiveOptions {
    ListenOptions listen;
    Timeouts timeouts;
    int workers = 1;                                      ///< Threads that serve the doors, 1–64.
    std::uint64_t requestBodyBytesMax = 16 * 1024 * 1024; ///< 413 beyond it.
    std::uint64_t seed = 1;
    bool usesLogicalPorts = true; ///< A redirect names 80 and 443 whatever the real ports are.
    std::map<std::string, Duration>
        podLatency; ///< "ns/service" → time its pods take; default none.
    std::map<std::string, PodFault> podFaults; ///< "ns/pod" → what is wrong with it.
    std::string
        keepCertificatesIn; ///< Folder for issued certificates and keys (0600); empty: none.
    /// Asked when a client on loopback sends `x-lab-explain: 1`; the field then goes to no pod.
    /// None: the field is one like any other.
    ExplainFields explainFields;
    measurement::RecorderOptions recorder;  ///< What each worker remembers of its requests.
    std::optional<std::uint16_t> adminPort; ///< None: no admin listener; 0: any free one.
    std::string adminToken; ///< Who has it may write to the admin interface; empty: nobody.
    /// After a reload: how long connections to a door or pod that is gone may still take; then they
    /// are cut.
    Duration reloadGrace = std::chrono::seconds(60);
};

/// A door port as bound.
struct BoundPort {
    int publicPort = 80;
    bool isTls = false;
    std::string address; ///< "127.0.0.1:8080"
    std::string node;    ///< Node ports: the name of the machine; else empty.
};

struct BoundDoor {
    plan::Style style = plan::Style::Ingress;
    DoorId door;
    std::string name;
    plan::DoorRole role = plan::DoorRole::LoadBalancer;
    std::vector<BoundPort> ports;
};

struct BoundPod {
    std::string pod; ///< "shop/cart-0"
    int containerPort = 0;
    std::string address;
};

/// What listens where, once everything is bound.
struct ReadyState {
    std::vector<BoundDoor> doors;
    std::vector<BoundPod> pods;
    std::string adminAddress; ///< Empty without an admin listener.
    std::string caPem;        ///< The lab CA's certificate; empty if it issued none.

    /// The bound address of that door's port, or empty.
    [[nodiscard]] std::string addressOf(plan::Style style, DoorId door, bool isTls) const;
};

/// What one door did since the start. Sums over its workers; monotonous.
struct DoorCounters {
    /// Upper bounds of the buckets of `durations`: 50 µs to 10 s.
    static constexpr std::array<Duration, 17> durationBounds{std::chrono::microseconds(50),
                                                             std::chrono::microseconds(100),
                                                             std::chrono::microseconds(250),
                                                             std::chrono::microseconds(500),
                                                             std::chrono::milliseconds(1),
                                                             std::chrono::microseconds(2500),
                                                             std::chrono::milliseconds(5),
                                                             std::chrono::milliseconds(10),
                                                             std::chrono::milliseconds(25),
                                                             std::chrono::milliseconds(50),
                                                             std::chrono::milliseconds(100),
                                                             std::chrono::milliseconds(250),
                                                             std::chrono::milliseconds(500),
                                                             std::chrono::seconds(1),
                                                             std::chrono::milliseconds(2500),
                                                             std::chrono::seconds(5),
                                                             std::chrono::seconds(10)};

    plan::Style style = plan::Style::Ingress;
    std::string name;
    std::uint64_t connectionsAccepted = 0;
    std::uint64_t connectionsOpen = 0;
    std::uint64_t requests = 0;
    std::uint64_t responsesByClass[6] = {}; ///< Index status / 100; 0 unused.
    std::uint64_t refusedByLimit = 0;
    std::uint64_t unrouted = 0;
    std::uint64_t upstreamErrors = 0; ///< 502 and 504
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    /// Requests by how long they took, http doors only; the last: longer than all bounds.
    std::array<std::uint64_t, durationBounds.size() + 1> durations{};
    Duration durationSum{};
};

struct AdminAnswer {
    int status = 200;
    std::string contentType = "text/plain; charset=utf-8";
    std::string body;
    std::string fields = {}; ///< More field lines, each with its CRLF.
};

/// What is asked of the admin interface. GET and HEAD come without a body; other methods only from
/// those who have the token.
struct AdminRequest {
    static constexpr std::size_t bodyBytesMax = std::size_t{64} << 20U; ///< 413 beyond it.

    std::string_view method;
    std::string_view target; ///< Path and query.
    std::string_view body;
};

/// Answers one admin request; called on the admin thread, must not block for long.
using AdminHandler = std::function<AdminAnswer(const AdminRequest& request)>;

/// Both styles' doors, the controllers behind them and the pods, live on loopback sockets.
///
/// start() returns when every listener is bound or nothing is: a failure leaves no socket and no
/// thread behind. Threads: the doors' workers, one for the pods, one for the admin interface.
/// Counters may be read from any thread at any time.
class LiveEngine {
public:
    [[nodiscard]] static Result<std::unique_ptr<LiveEngine>>
    start(std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans,
          const LiveOptions& options,
          AdminHandler admin = {});

    ~LiveEngine(); ///< As drain() with no grace.
    LiveEngine(const LiveEngine&) = delete;
    LiveEngine& operator=(const LiveEngine&) = delete;

    /// Serves other plans from now on; or, if they cannot be served as a whole, the same as before:
    /// then nothing of what serves has been touched.
    ///
    /// When it returns, no request whose head comes later is served by the old plans. Sockets,
    /// pods, kept connections, certificates, limits, whose turn it is and counters go on where the
    /// new plans have the same. A door that is gone closes its idle connections and ends the others
    /// with the exchange under way; pods that are gone likewise. Long connections go on by the old
    /// plan; where their door or pod is gone they are cut after LiveOptions::reloadGrace. So are
    /// tunnels by the oldest plans where those that are in use have become too many (128 reloads).
    ///
    /// From any thread but the workers' and the pods'; one reload waits for another.
    /// \param options  changes timeouts, the body's size, seed, latencies and faults of pods, and
    ///   exact addresses; all else stays as at the start
    [[nodiscard]] Result<void>
    replace(const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans,
            const LiveOptions& options);
    [[nodiscard]] Result<void>
    replace(const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans);

    /// As it is now: a reload changes it.
    [[nodiscard]] ReadyState ready() const;
    /// Of the doors that are served now.
    [[nodiscard]] std::vector<DoorCounters> counters() const;

    /// The decider that serves as that door of that plan, or nullptr if it does not: for asking it,
    /// from any thread, what it would do (RequestView::isRehearsed).
    [[nodiscard]] std::shared_ptr<const frontdoor::FrontDoor>
    frontDoor(const plan::FrontDoorPlan& plan, DoorId door) const;
    /// Those that are served now.
    [[nodiscard]] std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans() const;
    /// What the workers remember of their requests, one each: readable from any thread, for as long
    /// as the engine lives.
    [[nodiscard]] std::vector<const measurement::FlightRecorder*> recorders() const;
    /// The plan that a record's ids belong to, or nullptr if it is not known any more.
    [[nodiscard]] std::shared_ptr<const plan::FrontDoorPlan>
    planOf(const measurement::DoorRecord& record) const;

    /// The engine's time, which its doors' limits go by.
    [[nodiscard]] Instant now() const;

    /// Stops accepting, finishes exchanges under way, closes idle connections, then ends all
    /// threads. What still runs after `grace` is cut. \return false if something was cut
    bool drain(Duration grace);

private:
    struct State;
    explicit LiveEngine(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace lab::live
