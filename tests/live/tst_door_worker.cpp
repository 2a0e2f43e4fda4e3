#include "support/test_main.hpp"

#include "live/door_worker.hpp"
#include "live/proxy_protocol.hpp"
#include "support/raw_client.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::test::ask;
using lab::test::get;
using lab::test::okAnswer;
using lab::test::PlanBuilder;
using lab::test::planTo;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;

namespace {

/// A served plan with two workers on the same sockets.
struct World {
    using MakePlan = std::shared_ptr<const lab::plan::FrontDoorPlan> (*)(const std::string& pod);

    explicit World(MakePlan makePlan = [](const std::string& pod) { return planTo({pod}); })
        : served(servedPlan(makePlan(pods.address()), pods.address()))
        , bound(std::move(*DoorSockets({}).bind(*served->plan)))
        , tls(std::move(*TlsServer::create()))
    {
        for (std::size_t i = 0; i < 2; ++i) {
            workers.push_back(std::make_unique<DoorWorker>(clock, *tls, i));
            PlanPart part{served, std::move(*duplicatesOf(bound)), {}};
            for (std::size_t door = 0; door < served->plan->doors.size(); ++door) {
                part.tallies.push_back(std::make_shared<DoorTally>());
            }
            tallies.push_back(part.tallies[0]);
            std::vector<PlanPart> parts;
            parts.push_back(std::move(part));
            PlanSwap swap = workers.back()->prepare(std::move(parts), retirement);
            workers.back()->apply(swap);
            workers.back()->commit();
        }
    }
    ~World()
    {
        for (const auto& worker : workers) {
            worker->worker().stop();
        }
    }

    static std::shared_ptr<ServedPlan>
    servedPlan(std::shared_ptr<const lab::plan::FrontDoorPlan> plan, const std::string& pod)
    {
        auto made = std::make_shared<ServedPlan>();
        ServedPlan& served = *made;
        served.plan = std::move(plan);
        served.options = lab::test::patientOptions();
        for (std::size_t i = 0; i < served.plan->doors.size(); ++i) {
            served.doors.push_back(
                std::make_unique<const lab::frontdoor::FrontDoor>(served.plan, DoorId(i)));
            const bool isController = served.plan->doors[i].role == lab::plan::DoorRole::Controller;
            served.l4Doors.push_back(isController ? nullptr
                                                  : std::make_unique<const lab::frontdoor::L4Door>(
                                                        served.plan, DoorId(i)));
            served.certificates.emplace_back();
            served.controllers.emplace_back();
            served.hopFields.push_back({""});
        }
        AddressNumbers numbers;
        served.endpoints.add(*socketAddress(std::string_view(pod)),
                             numbers.numberOf(served.plan->style, pod));
        return made;
    }

    /// One request, the test playing the pod.
    int statusOf(RawSocket& client)
    {
        client.send(get("/"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        pod.send(okAnswer("ok", "Connection: close\r\n"));
        return receiveAnswer(client).status;
    }

    RawListener pods;
    LiveClock clock;
    std::shared_ptr<ServedPlan> served;
    std::vector<BoundSocket> bound;
    std::unique_ptr<TlsServer> tls;
    Retirement retirement{clock};
    std::vector<std::unique_ptr<DoorWorker>> workers;
    std::vector<std::shared_ptr<DoorTally>> tallies; ///< Of the first door, by worker.
};

} // namespace

/// A cloud door with one controller, whose private listener (for the cloud door) the test uses.
struct ControllerWorld : World {
    ControllerWorld()
        : World(controllerPlan)
    {
        workers[0]->worker().start();
    }

    static std::shared_ptr<const lab::plan::FrontDoorPlan> controllerPlan(const std::string& pod)
    {
        PlanBuilder builder;
        const auto upstream = builder.upstream("cart", {builder.backend(pod)});
        const DoorId cloud = builder.door("ingress", lab::plan::DoorMode::Tcp);
        builder.route(builder.controllerOf(cloud, "controller-0"), "", "/", upstream);
        return builder.build();
    }

    [[nodiscard]] RawSocket toPrivateListener() const
    {
        for (const BoundSocket& socket : bound) {
            if (socket.isProxied) {
                return lab::test::connectTo(socket.address.text(), "127.0.3.2");
            }
        }
        return RawSocket();
    }
    /// The request as it reaches the pod.
    std::string forwarded()
    {
        RawSocket pod = pods.accept();
        return pod.receiveUntil("\r\n\r\n");
    }
};

std::string proxyHeader(const std::string& source)
{
    std::string header;
    appendProxyHeader(header,
                      {*socketAddress(std::string_view(source)), *socketAddress("127.0.0.1", 80)});
    return header;
}

const std::string localHeader("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", 16);

/// Workers share a plan's sockets; each counts for itself.
class DoorWorkerTest : public QObject {
    Q_OBJECT

private slots:
    void eachConnectionIsServedByOneWorker()
    {
        World world;
        world.workers[0]->worker().start();
        world.workers[1]->worker().start();
        std::vector<RawSocket> clients;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(lab::test::connectTo(world.bound[0].address.text()));
            QCOMPARE(world.statusOf(clients.back()), 200);
        }
        const DoorTally& first = *world.tallies[0];
        const DoorTally& second = *world.tallies[1];
        QCOMPARE(first.connectionsAccepted.value() + second.connectionsAccepted.value(),
                 std::uint64_t{20});
        QCOMPARE(first.requests.value() + second.requests.value(), std::uint64_t{20});
    }

    void theOtherGoesOnWhenOneHasStopped()
    {
        World world;
        world.workers[0]->worker().start();
        world.workers[1]->worker().start();
        world.workers[0]->worker().stop();
        for (int i = 0; i < 5; ++i) {
            RawSocket client = lab::test::connectTo(world.bound[0].address.text());
            QCOMPARE(world.statusOf(client), 200);
        }
        QCOMPARE(world.tallies[1]->requests.value(), std::uint64_t{5});
    }

    void aPrivateListenerBelievesItsHeader_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("client");
        QTest::newRow("v4") << QByteArray::fromStdString(proxyHeader("127.0.3.9:4711"))
                            << "127.0.3.9";
        QTest::newRow("not loopback")
            << QByteArray::fromStdString(proxyHeader("203.0.113.5:1")) << "203.0.113.5";
        QTest::newRow("the sender itself") << QByteArray::fromStdString(localHeader) << "127.0.3.2";
    }
    void aPrivateListenerBelievesItsHeader()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const QString, client);
        for (const bool isBytewise : {false, true}) {
            ControllerWorld world;
            RawSocket cloud = world.toPrivateListener();
            const std::string bytes = header.toStdString() + get("/");
            for (std::size_t i = 0; i < bytes.size(); i += isBytewise ? 1 : bytes.size()) {
                cloud.send(std::string_view(bytes).substr(i, isBytewise ? 1 : bytes.size()));
            }
            const QString head = QString::fromStdString(world.forwarded());
            QVERIFY2(head.contains("X-Forwarded-For: " + client + "\r\n"), qPrintable(head));
        }
    }

    void onlyClientsOnLoopbackAreToldWhy()
    {
        for (const bool isLocal : {true, false}) {
            ControllerWorld world;
            world.served->options.explainFields = [](const auto&...) {
                return "x-lab-why: because\r\n";
            };
            RawSocket cloud = world.toPrivateListener();
            cloud.send(proxyHeader(isLocal ? "127.0.3.9:1" : "203.0.113.5:1") +
                       get("/", "x-lab-explain: 1\r\n"));
            RawSocket pod = world.pods.accept();
            const std::string head = pod.receiveUntil("\r\n\r\n");
            QVERIFY(head.find("x-lab-explain") == std::string::npos);
            pod.send(okAnswer("ok", "Connection: close\r\n"));
            QCOMPARE(receiveAnswer(cloud).has("x-lab-why"), isLocal);
        }
    }

    void aPrivateListenerClosesOnAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a request") << QByteArray::fromStdString(get("/"));
        QTest::newRow("version 1") << QByteArray("PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n");
        QTest::newRow("too long") << QByteArray::fromStdString(localHeader.substr(0, 14)) +
                                         "\xff\xff";
    }
    void aPrivateListenerClosesOnAnythingElse()
    {
        QFETCH(const QByteArray, bytes);
        ControllerWorld world;
        RawSocket cloud = world.toPrivateListener();
        cloud.send(bytes.toStdString());
        QCOMPARE(cloud.receiveAll(), std::string());
        QVERIFY(cloud.state() != RawSocket::State::TooSlow);
        QVERIFY(world.pods.isSilent());
    }

    void aWorkerThatNeverStartedLeavesNothing()
    {
        const World world; // ends at once, with its listeners
        QVERIFY(!world.bound.empty());
    }
};

LAB_TEST(DoorWorkerTest)
#include "tst_door_worker.moc"
