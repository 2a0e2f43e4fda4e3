#include "certificates/key_material.hpp"
#include "conformance/driver.hpp"
#include "conformance/live_client.hpp"
#include "conformance/loaded_scenario.hpp"
#include "conformance/raw_request.hpp"
#include "live/live_engine.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>

namespace lab::conformance {
namespace {

using Clock = LiveClient::Clock;

constexpr Duration exchangeMax = std::chrono::seconds(10);
constexpr Duration graceMax = std::chrono::milliseconds(200);

live::PodFault faultOf(const Fault& fault)
{
    live::PodFault made;
    switch (fault.kind) {
    case Fault::Kind::Refuse:
        made.kind = live::PodFault::Kind::Refuse;
        break;
    case Fault::Kind::Hang:
        made.kind = live::PodFault::Kind::Hang;
        break;
    case Fault::Kind::Status:
        made.kind = live::PodFault::Kind::Status;
        made.status = static_cast<std::uint16_t>(fault.status);
        break;
    case Fault::Kind::Delay:
        made.kind = live::PodFault::Kind::Delay;
        made.delay = fault.delay;
        break;
    }
    return made;
}

/// What a pod wrote about the request that it got; nothing if the door answered itself.
std::optional<boost::json::object> echoOf(const LiveAnswer& answer)
{
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(answer.body, error);
    if (error || !value.is_object() || !value.as_object().contains("pod")) {
        return std::nullopt;
    }
    return value.as_object();
}

std::string textAt(const boost::json::object& echo, std::string_view key)
{
    const boost::json::value* found = echo.if_contains(key);
    return found == nullptr || !found->is_string() ? std::string() : found->as_string().c_str();
}

/// A controller runs also where no Ingress is there for it: it has a certificate, and no route.
void addIdleController(plan::FrontDoorPlan& plan)
{
    if (!plan.doors.empty()) {
        return;
    }
    plan::Door door;
    door.name = "controller-0";
    door.role = plan::DoorRole::Controller;
    door.mode = plan::DoorMode::Http;
    door.ports = {{80, false, {}}, {443, true, {}}};
    door.defaultCertificate = CertificateId(plan.certificates.size());
    plan.doors.push_back(std::move(door));
    plan::PlannedCertificate certificate;
    certificate.name = "default";
    certificate.source = plan::PlannedCertificate::Source::SelfSigned;
    plan.certificates.push_back(std::move(certificate));
}

/// Where the request of one number goes in, and whose door it is.
struct Entrance {
    std::string address; ///< Empty: no such port is open.
    std::string service; ///< "ns/name" of a per-service load balancer.
    int servicePort = 0;
};

class LiveDriver : public Driver {
public:
    LiveDriver(const Suite& suite, const Scenario& scenario, const std::string& profile)
    {
        LoadedScenario loaded = loadScenario(suite, scenario, profile);
        refused_ = std::move(loaded.refused);
        addIdleController(loaded.styles.ingress);
        ingress_ = std::make_shared<const plan::FrontDoorPlan>(std::move(loaded.styles.ingress));
        perService_ =
            std::make_shared<const plan::FrontDoorPlan>(std::move(loaded.styles.perService));
        live::LiveOptions options;
        for (const Fault& fault : scenario.faults) {
            options.podFaults[fault.pod] = faultOf(fault);
        }
        auto engine = live::LiveEngine::start({ingress_, perService_}, options);
        if (!engine) {
            throw std::runtime_error(engine.error().message());
        }
        engine_ = std::move(*engine);
        noteCertificates();
        ready_ = engine_->ready();
        for (const live::BoundDoor& door : ready_.doors) {
            if (door.style == plan::Style::Ingress && door.role == plan::DoorRole::Controller) {
                controllers_.push_back(&door);
            }
        }
    }

    ~LiveDriver() override { engine_->drain(graceMax); }

    SendResult send(const CaseRequest& request, const std::string& cookies) override
    {
        SendResult result;
        if (request.via.kind == Via::Kind::Gateway) {
            result.skippedBecause = "gateway-api is not built yet";
            return result;
        }
        result.exchanges.resize(static_cast<std::size_t>(request.repeat));
        std::atomic<int> next = 0;
        const auto work = [&] {
            std::unique_ptr<LiveClient> held;
            for (int i = next++; i < request.repeat; i = next++) {
                result.exchanges[static_cast<std::size_t>(i)] =
                    exchangeOnce(request, cookies, i, held);
            }
        };
        std::vector<std::thread> clients;
        for (int i = 1; i < std::min(request.concurrency, request.repeat); ++i) {
            clients.emplace_back(work);
        }
        work();
        for (std::thread& client : clients) {
            client.join();
        }
        return result;
    }

    void wait(Duration time) override { std::this_thread::sleep_for(time); }
    const std::vector<Admission>& refused() const override { return refused_; }

private:
    void noteCertificates()
    {
        for (const plan::PlannedCertificate& planned : ingress_->certificates) {
            if (!planned.pem) {
                continue;
            }
            const auto pair =
                certificates::parseKeyPair(planned.pem->certificate, planned.pem->key);
            if (pair) {
                certificateNames_[pair->chain.front()] = planned.name;
            }
        }
    }

    Entrance entranceOf(const CaseRequest& request, int number) const
    {
        if (request.via.kind == Via::Kind::LoadBalancer) {
            return loadBalancer(request.via);
        }
        if (request.via.kind == Via::Kind::NodePort) {
            return nodePort(request.via);
        }
        if (request.spreadsReplicas && !controllers_.empty()) {
            const auto replica = static_cast<std::size_t>(number) % controllers_.size();
            return {portOf(*controllers_[replica], request.isTls), {}, 0};
        }
        for (const live::BoundDoor& door : ready_.doors) {
            if (door.style == plan::Style::Ingress && door.role == plan::DoorRole::LoadBalancer) {
                return {portOf(door, request.isTls), {}, 0};
            }
        }
        return {portOf(*controllers_.front(), request.isTls), {}, 0};
    }

    static std::string portOf(const live::BoundDoor& door, bool isTls)
    {
        for (const live::BoundPort& port : door.ports) {
            if (port.isTls == isTls) {
                return port.address;
            }
        }
        return {};
    }

    Entrance loadBalancer(const Via& via) const
    {
        for (const live::BoundDoor& bound : ready_.doors) {
            if (bound.style != plan::Style::PerService ||
                perService_->door(bound.door).service != via.service) {
                continue;
            }
            for (const live::BoundPort& port : bound.ports) {
                if (port.publicPort == via.port) {
                    return {port.address, via.service, via.port};
                }
            }
        }
        return {};
    }

    Entrance nodePort(const Via& via) const
    {
        for (const live::BoundDoor& bound : ready_.doors) {
            const plan::FrontDoorPlan& plan =
                bound.style == plan::Style::PerService ? *perService_ : *ingress_;
            for (const live::BoundPort& port : bound.ports) {
                if (port.node == via.node && !port.node.empty() && port.publicPort == via.port) {
                    const plan::Door& door = plan.door(bound.door);
                    return {port.address,
                            door.replicas.empty() ? door.service : std::string(),
                            servicePortOf(plan, door, via.port)};
                }
            }
        }
        return {};
    }

    static int servicePortOf(const plan::FrontDoorPlan& plan, const plan::Door& door, int nodePort)
    {
        for (const plan::DoorPort& port : door.ports) {
            if (port.number == nodePort && port.upstream.isValid()) {
                return plan.upstream(port.upstream).servicePort;
            }
        }
        return 0;
    }

    static LiveTarget targetOf(const CaseRequest& request, const Entrance& entrance, int number)
    {
        LiveTarget target;
        target.address = entrance.address;
        target.clientIp =
            request.clientIps.empty()
                ? request.clientIp
                : request.clientIps[static_cast<std::size_t>(number) % request.clientIps.size()];
        target.isTls = request.isTls;
        target.sni =
            request.sni.empty() ? request.host.substr(0, request.host.find(':')) : request.sni;
        return target;
    }

    /// \param held  the connection that is kept alive, where the case wants one
    Exchange exchangeOnce(const CaseRequest& request,
                          const std::string& cookies,
                          int number,
                          std::unique_ptr<LiveClient>& held) const
    {
        Exchange exchange;
        exchange.isConnected = false;
        const Entrance entrance = entranceOf(request, number);
        if (entrance.address.empty()) {
            return exchange;
        }
        const LiveTarget target = targetOf(request, entrance, number);
        const Clock::time_point begin = Clock::now();
        if (!request.keepAlive) {
            held.reset();
        }
        if (!held) {
            held = LiveClient::connect(target, begin + exchangeMax);
        }
        if (!held) {
            return exchange;
        }
        if (request.isTls) {
            const auto name = certificateNames_.find(held->presentedDer());
            exchange.certificate = name == certificateNames_.end() ? "default" : name->second;
        }
        const std::string head = rawHead(request, numbered(request.path, number), cookies);
        const auto answer =
            held->exchange(head, request.bodyBytes, request.isChunked, begin + exchangeMax);
        exchange.elapsed = Clock::now() - begin;
        if (!answer) {
            held.reset();
            return exchange;
        }
        exchange.isConnected = true;
        exchange.status = answer->status;
        exchange.headers = answer->headers;
        exchange.body = answer->body;
        if (const auto echo = echoOf(*answer)) {
            fillFromPod(*echo, target, entrance, exchange);
        }
        if (!answer->isKeptAlive) {
            held.reset();
        }
        return exchange;
    }

    void fillFromPod(const boost::json::object& echo,
                     const LiveTarget& target,
                     const Entrance& entrance,
                     Exchange& exchange) const
    {
        exchange.pod = textAt(echo, "namespace") + '/' + textAt(echo, "pod");
        exchange.service = entrance.service.empty() ? textAt(echo, "service") : entrance.service;
        const boost::json::value* port = echo.if_contains("port");
        exchange.targetPort =
            port != nullptr && port->is_int64() ? static_cast<int>(port->as_int64()) : 0;
        exchange.servicePort =
            entrance.servicePort != 0 ? entrance.servicePort : servicePortOf(exchange);
        exchange.sawClient = textAt(echo, "peer") == target.clientIp;
        exchange.seen.method = textAt(echo, "method");
        exchange.seen.target = textAt(echo, "path");
        exchange.seen.host = textAt(echo, "host");
        const boost::json::value* headers = echo.if_contains("headers");
        if (headers == nullptr || !headers->is_object()) {
            return;
        }
        for (const auto& [name, values] : headers->as_object()) {
            for (const boost::json::value& value : values.as_array()) {
                exchange.seen.headers.emplace_back(std::string(name.data(), name.size()),
                                                   value.as_string().c_str());
            }
        }
    }

    /// The pod cannot know it: the port of that Service that leads to the pod's port.
    int servicePortOf(const Exchange& exchange) const
    {
        const std::string pod = exchange.pod + ':' + std::to_string(exchange.targetPort);
        for (const plan::Upstream& upstream : ingress_->upstreams) {
            for (const EndpointId id : upstream.endpoints) {
                if (upstream.fullService() == exchange.service &&
                    ingress_->endpoint(id).name == pod) {
                    return upstream.servicePort;
                }
            }
        }
        return 0;
    }

    std::vector<Admission> refused_;
    std::shared_ptr<const plan::FrontDoorPlan> ingress_;
    std::shared_ptr<const plan::FrontDoorPlan> perService_;
    std::unique_ptr<live::LiveEngine> engine_;
    live::ReadyState ready_;
    std::vector<const live::BoundDoor*> controllers_;     ///< Of ready_.
    std::map<std::string, std::string> certificateNames_; ///< Leaf DER → "ns/name".
};

} // namespace

std::unique_ptr<Driver>
loadLive(const Suite& suite, const Scenario& scenario, const std::string& profile)
{
    return std::make_unique<LiveDriver>(suite, scenario, profile);
}

} // namespace lab::conformance
