#include "live/live_engine.hpp"

#include "certificates/password_hash.hpp"
#include "live/admin_server.hpp"
#include "live/certificate_store.hpp"
#include "live/descriptor_limit.hpp"
#include "live/door_binding.hpp"
#include "live/door_worker.hpp"
#include "live/pod_server.hpp"

#include <algorithm>
#include <map>
#include <thread>
#include <utility>

namespace lab::live {
namespace {

std::vector<std::string> hopFieldsOf(const plan::FrontDoorPlan& plan, const plan::Door& door)
{
    std::vector<std::string> fields;
    for (const plan::Route& route : door.routes) {
        const std::string service =
            route.upstream.isValid() ? plan.upstream(route.upstream).fullService() : std::string();
        fields.push_back(std::string(hopField) + ": " + service + ';' + route.ingress + "\r\n");
    }
    return fields;
}

} // namespace

struct LiveEngine::State {
    explicit State(LiveOptions liveOptions)
        : options(std::move(liveOptions))
        , podWorker(clock, "pods")
        , pods(podWorker)
    {
    }

    /// The threads end before anything that they use.
    ~State() { stopAll(); }

    Result<bool> prepare(std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans);
    Result<bool> listenForAdmin(AdminHandler handler);
    void startAll();
    void stopAll();

    LiveClock clock;
    LiveOptions options;
    ReadyState ready;
    std::unique_ptr<TlsServer> tls;
    CertificateStore store;
    Worker podWorker;
    PodServer pods;
    std::map<std::string, SocketAddress> podAddresses; ///< By "ns/name:port".
    std::unique_ptr<Worker> adminWorker;
    std::unique_ptr<AdminServer> admin;
    std::vector<std::shared_ptr<const ServedPlan>> served;
    std::vector<std::vector<BoundSocket>> sockets; ///< By plan.
    std::vector<std::unique_ptr<DoorWorker>> workers;

private:
    Result<bool> startPods(ServedPlan& plan);
    Result<SocketAddress> addressOfPod(const ServedPlan& plan, const plan::Endpoint& endpoint);
    Result<bool> loadCertificates(ServedPlan& plan);
    void noteAddresses(ServedPlan& plan, const std::vector<BoundSocket>& bound) const;
    void reportReady(const ServedPlan& plan, const std::vector<BoundSocket>& bound);
    [[nodiscard]] Duration latencyOf(const plan::FrontDoorPlan& plan, EndpointId endpoint) const;
};

Duration LiveEngine::State::latencyOf(const plan::FrontDoorPlan& plan, EndpointId endpoint) const
{
    for (const plan::Upstream& upstream : plan.upstreams) {
        const auto& members = upstream.endpoints;
        const auto found = options.podLatency.find(upstream.fullService());
        if (found != options.podLatency.end() &&
            std::find(members.begin(), members.end(), endpoint) != members.end()) {
            return found->second;
        }
    }
    return {};
}

Result<SocketAddress> LiveEngine::State::addressOfPod(const ServedPlan& plan,
                                                      const plan::Endpoint& endpoint)
{
    if (!endpoint.address.empty()) {
        return socketAddress(endpoint.address);
    }
    const plan::PlannedPod& pod = plan.plan->pods[endpoint.pod.index()];
    const std::string name = pod.nameSpace + '/' + pod.name;
    const std::string key = name + ':' + std::to_string(endpoint.targetPort);
    if (const auto known = podAddresses.find(key); known != podAddresses.end()) {
        return known->second;
    }
    const auto index = static_cast<std::size_t>(&endpoint - plan.plan->endpoints.data());
    PodPort wanted{
        pod.nameSpace, pod.name, endpoint.targetPort, latencyOf(*plan.plan, EndpointId(index)), {}};
    if (const auto fault = options.podFaults.find(name); fault != options.podFaults.end()) {
        wanted.fault = fault->second;
    }
    const auto address = pods.add(wanted);
    if (address) {
        podAddresses.emplace(key, *address);
        ready.pods.push_back({name, endpoint.targetPort, address->text()});
    }
    return address;
}

Result<bool> LiveEngine::State::startPods(ServedPlan& plan)
{
    for (const plan::Endpoint& endpoint : plan.plan->endpoints) {
        if (const auto address = addressOfPod(plan, endpoint); address) {
            plan.endpoints.add(*address);
        } else {
            return address.error();
        }
    }
    return true;
}

Result<bool> LiveEngine::State::loadCertificates(ServedPlan& plan)
{
    const auto loaded = store.load(*plan.plan);
    if (!loaded) {
        return loaded.error();
    }
    for (const plan::Door& door : plan.plan->doors) {
        DoorCertificates& certificates = plan.certificates.emplace_back();
        for (const plan::NamedCertificate& named : door.certificates) {
            certificates.add(named.host, (*loaded)[named.certificate.index()]);
        }
        if (door.defaultCertificate.isValid()) {
            certificates.setDefault((*loaded)[door.defaultCertificate.index()]);
        }
    }
    return true;
}

void LiveEngine::State::noteAddresses(ServedPlan& plan, const std::vector<BoundSocket>& bound) const
{
    plan.controllers.resize(plan.plan->doors.size());
    std::map<std::pair<DoorId, bool>, std::uint16_t> httpPorts;
    for (const BoundSocket& socket : bound) {
        if (!socket.port.isTls) {
            httpPorts.emplace(std::pair(socket.door, socket.isProxied), socket.address.port());
        }
    }
    for (const BoundSocket& socket : bound) {
        const auto http = httpPorts.find({socket.door, socket.isProxied});
        if (socket.port.isTls && http != httpPorts.end()) {
            plan.siblingPorts.emplace(http->second, socket.address.port());
        }
    }
    for (const BoundSocket& socket : bound) {
        if (socket.isProxied) {
            ControllerAddresses& addresses = plan.controllers[socket.door.index()];
            (socket.port.isTls ? addresses.https : addresses.http) = socket.address;
        }
    }
}

void LiveEngine::State::reportReady(const ServedPlan& plan, const std::vector<BoundSocket>& bound)
{
    const std::size_t first = ready.doors.size();
    for (std::size_t i = 0; i < plan.plan->doors.size(); ++i) {
        const plan::Door& door = plan.plan->doors[i];
        ready.doors.push_back({plan.plan->style, DoorId(i), door.name, door.role, {}});
    }
    for (const BoundSocket& socket : bound) {
        if (!socket.isProxied) {
            ready.doors[first + socket.door.index()].ports.push_back(
                {socket.port.number,
                 socket.port.isTls,
                 socket.address.text(),
                 socket.node.isValid() ? plan.plan->node(socket.node).name : ""});
        }
    }
}

Result<bool>
LiveEngine::State::prepare(std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans)
{
    if (auto server = TlsServer::create(); server) {
        tls = std::move(*server);
    } else {
        return server.error();
    }
    for (auto& plan : plans) {
        const auto next = std::make_shared<ServedPlan>();
        next->plan = std::move(plan);
        next->options = options;
        next->number = static_cast<std::uint8_t>(served.size());
        const auto tables = std::make_shared<const frontdoor::UpstreamTables>(*next->plan);
        for (std::size_t i = 0; i < next->plan->doors.size(); ++i) {
            next->doors.push_back(std::make_unique<const frontdoor::FrontDoor>(
                next->plan, DoorId(i), certificates::matches, tables));
            next->l4Doors.push_back(std::make_unique<frontdoor::L4Door>(next->plan, DoorId(i)));
            next->hopFields.push_back(hopFieldsOf(*next->plan, next->plan->doors[i]));
        }
        for (const plan::PlannedNode& node : next->plan->nodes) {
            next->nodeAddresses.push_back(*socketAddress(node.address, 0));
        }
        auto bound = bindDoors(*next->plan, options.listen);
        if (!bound) {
            return bound.error();
        }
        if (const auto started = startPods(*next); !started) {
            return started.error();
        }
        if (const auto loaded = loadCertificates(*next); !loaded) {
            return loaded.error();
        }
        noteAddresses(*next, *bound);
        reportReady(*next, *bound);
        sockets.push_back(std::move(*bound));
        served.push_back(next);
    }
    ready.caPem = store.authorityPem();
    if (!options.keepCertificatesIn.empty()) {
        if (const auto kept = store.keepIn(options.keepCertificatesIn); !kept) {
            return kept.error();
        }
    }
    return true;
}

Result<bool> LiveEngine::State::listenForAdmin(AdminHandler handler)
{
    if (!options.adminPort || !handler) {
        return true;
    }
    adminWorker = std::make_unique<Worker>(clock, "admin");
    admin = std::make_unique<AdminServer>(*adminWorker, std::move(handler));
    const auto wanted = socketAddress("127.0.0.1", *options.adminPort);
    const auto bound = admin->listen(*wanted);
    if (!bound) {
        return bound.error();
    }
    ready.adminAddress = bound->text();
    return true;
}

void LiveEngine::State::startAll()
{
    const auto count = static_cast<std::size_t>(options.workers);
    for (std::size_t i = 0; i < count; ++i) {
        workers.push_back(std::make_unique<DoorWorker>(clock, *tls, i, options.recorder));
        for (std::size_t plan = 0; plan < served.size(); ++plan) {
            const bool isLast = i + 1 == count;
            workers.back()->serve(served[plan],
                                  isLast ? std::move(sockets[plan]) : duplicatesOf(sockets[plan]));
        }
    }
    sockets.clear();
    podWorker.start();
    for (const auto& worker : workers) {
        worker->worker().start();
    }
    if (adminWorker) {
        adminWorker->start();
    }
}

void LiveEngine::State::stopAll()
{
    for (const auto& worker : workers) {
        worker->worker().stop();
    }
    podWorker.stop();
    if (adminWorker) {
        adminWorker->stop();
    }
}

LiveEngine::LiveEngine(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

LiveEngine::~LiveEngine() = default;

Result<std::unique_ptr<LiveEngine>>
LiveEngine::start(std::vector<std::shared_ptr<const plan::FrontDoorPlan>> plans,
                  const LiveOptions& options,
                  AdminHandler admin)
{
    const std::size_t descriptors =
        descriptorsNeeded(plans, static_cast<std::size_t>(options.workers));
    if (const auto allowed = allowDescriptors(descriptors); !allowed) {
        return allowed.error();
    }
    auto state = std::make_unique<State>(options);
    if (const auto prepared = state->prepare(std::move(plans)); !prepared) {
        return prepared.error();
    }
    if (const auto listening = state->listenForAdmin(std::move(admin)); !listening) {
        return listening.error();
    }
    state->startAll();
    return std::unique_ptr<LiveEngine>(new LiveEngine(std::move(state)));
}

const ReadyState& LiveEngine::ready() const
{
    return state_->ready;
}

const frontdoor::FrontDoor* LiveEngine::frontDoor(plan::Style style, DoorId door) const
{
    for (const auto& served : state_->served) {
        if (served->plan->style == style && door.index() < served->doors.size()) {
            return served->doors[door.index()].get();
        }
    }
    return nullptr;
}

Instant LiveEngine::now() const
{
    return state_->clock.now();
}

std::vector<const measurement::FlightRecorder*> LiveEngine::recorders() const
{
    std::vector<const measurement::FlightRecorder*> all;
    for (const auto& worker : state_->workers) {
        all.push_back(&worker->recorder());
    }
    return all;
}

std::shared_ptr<const plan::FrontDoorPlan> LiveEngine::planOfRecords(std::uint32_t number) const
{
    return number < state_->served.size() ? state_->served[number]->plan : nullptr;
}

std::vector<DoorCounters> LiveEngine::counters() const
{
    std::vector<DoorCounters> all;
    for (std::size_t plan = 0; plan < state_->served.size(); ++plan) {
        const plan::FrontDoorPlan& planned = *state_->served[plan]->plan;
        for (std::size_t door = 0; door < planned.doors.size(); ++door) {
            DoorCounters sum;
            sum.style = planned.style;
            sum.name = planned.doors[door].name;
            for (const auto& worker : state_->workers) {
                worker->tally(plan, DoorId(door)).addTo(sum);
            }
            all.push_back(std::move(sum));
        }
    }
    return all;
}

bool LiveEngine::drain(Duration grace)
{
    constexpr Duration look = std::chrono::milliseconds(5);
    constexpr Duration doorsFirst = std::chrono::milliseconds(50);
    const Instant begin = state_->clock.now();
    for (const auto& worker : state_->workers) {
        worker->worker().postAndWait([&] { worker->worker().drain(); });
    }
    bool arePodsDraining = false;
    std::size_t alive = 0;
    do {
        alive = 0;
        for (const auto& worker : state_->workers) {
            alive += worker->worker().sessionCount();
        }
        const Duration waited = state_->clock.now() - begin;
        if (!arePodsDraining && (alive == 0 || waited > doorsFirst)) {
            // Connections through tcp doors end when their pod ends them.
            arePodsDraining = true;
            state_->podWorker.postAndWait([&] { state_->podWorker.drain(); });
        }
        if (alive == 0 || waited > grace) {
            break;
        }
        std::this_thread::sleep_for(look);
    } while (true);
    state_->stopAll();
    return alive == 0;
}

} // namespace lab::live
