#include "support/test_main.hpp"
#include <QDir>
#include <QTemporaryDir>

#include "support/raw_client.hpp"

#include <dirent.h>
#include <sys/resource.h>
#include <thread>

using namespace lab::live;
using lab::CertificateId;
using lab::DoorId;
using lab::EndpointId;
using lab::UpstreamId;
using lab::plan::DoorMode;
using lab::plan::Style;
using lab::test::ask;
using lab::test::eventually;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::planTo;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using namespace std::chrono_literals;

namespace {

using Plan = std::shared_ptr<const lab::plan::FrontDoorPlan>;

Plan ingressPlan()
{
    PlanBuilder builder;
    const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
    const DoorId cloud = builder.door("ingress", DoorMode::Tcp);
    builder.at(cloud).ports.push_back({443, true, {}});
    const DoorId replica = builder.controllerOf(cloud, "controller-0");
    builder.addTlsPort(replica, builder.certificate({"shop.lab"}));
    builder.route(replica, "shop.lab", "/", upstream);
    return builder.build();
}

Plan perServicePlan()
{
    PlanBuilder builder(Style::PerService);
    const UpstreamId upstream = builder.upstream("cart", {builder.pod("cart-0")});
    const DoorId door = builder.door("shop/cart");
    builder.route(door, "", "/", upstream);
    return builder.build();
}

/// Entries of a folder of /proc about this process: its threads, its descriptors.
std::size_t entriesOf(const char* folder)
{
    std::size_t count = 0;
    DIR* const entries = ::opendir(folder);
    while (::readdir(entries) != nullptr) {
        ++count;
    }
    ::closedir(entries);
    return count;
}

std::size_t threadCount()
{
    return entriesOf("/proc/self/task");
}

std::size_t descriptorCount()
{
    return entriesOf("/proc/self/fd");
}

} // namespace

/// Both styles come up whole or not at all, count what they do, and end without losing a request.
class LiveEngineTest : public QObject {
    Q_OBJECT

private slots:
    void servesBothStylesWithTheSamePods()
    {
        auto engine = LiveEngine::start({ingressPlan(), perServicePlan()}, patientOptions());
        QVERIFY(engine.has_value());
        const ReadyState& ready = (*engine)->ready();
        QCOMPARE(ready.pods.size(), std::size_t{1});
        QCOMPARE(ready.pods[0].pod, std::string("shop/cart-0"));
        QCOMPARE(ready.doors.size(), std::size_t{3});
        QCOMPARE(ready.doors[1].role, lab::plan::DoorRole::Controller);
        QCOMPARE(ready.doors[0].ports.size(), std::size_t{2});
        QVERIFY(ready.adminAddress.empty());
        QVERIFY(ready.caPem.starts_with("-----BEGIN CERTIFICATE-----"));
        for (const Style style : {Style::Ingress, Style::PerService}) {
            RawSocket client = lab::test::connectTo(ready.addressOf(style, DoorId(0), false));
            const RawAnswer answer = ask(client, get("/"));
            QCOMPARE(answer.status, 200);
            const QString body = QString::fromStdString(answer.body);
            QVERIFY(body.contains("\"pod\":\"cart-0\""));
        }
        RawSocket direct = lab::test::connectTo(ready.pods[0].address);
        QCOMPARE(ask(direct, get("/")).status, 200);
        QVERIFY(ready.addressOf(Style::PerService, DoorId(0), true).empty());
        QVERIFY(ready.addressOf(Style::PerService, DoorId(7), false).empty());
    }

    void anEndLeavesNothing()
    {
        { // what OpenSSL and the resolver open once
            const LiveWorld warm(ingressPlan());
        }
        const std::size_t threads = threadCount();
        const std::size_t descriptors = descriptorCount();
        std::string address;
        {
            LiveWorld world(ingressPlan());
            address = world.address();
            RawSocket client = world.client();
            QCOMPARE(ask(client, get("/")).status, 200);
            RawSocket idle = world.client();
            RawSocket half = world.client();
            half.send("GET / HT");
        }
        QVERIFY(eventually([&] { return threadCount() == threads; }));
        QCOMPARE(descriptorCount(), descriptors);
        QVERIFY(lab::test::isRefused(address));
    }

    void aFailureLeavesNothing_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("a port that is taken") << "port";
        QTest::newRow("a taken admin port") << "admin";
        QTest::newRow("a backend that is no address") << "backend";
        QTest::newRow("a certificate that is none") << "certificate";
        QTest::newRow("a folder that cannot be written") << "folder";
        QTest::newRow("more doors than descriptors") << "doors";
    }
    void aFailureLeavesNothing()
    {
        QFETCH(const QString, what);
        const RawListener holder;
        const std::uint16_t port = localAddressOf(holder.fd()).port();
        LiveOptions options = patientOptions();
        PlanBuilder builder;
        const DoorId cloud = builder.door("ingress", DoorMode::Tcp);
        const DoorId replica = builder.controllerOf(cloud, "controller-0");
        const CertificateId certificate = builder.certificate({"shop.lab"});
        builder.addTlsPort(replica, certificate);
        const EndpointId endpoint =
            what == "backend" ? builder.backend("shop.lab:80") : builder.pod("cart-0");
        builder.route(replica, "", "/", builder.upstream("cart", {endpoint}));
        AdminHandler admin;
        if (what == "port") {
            options.listen.httpPort = port;
        } else if (what == "admin") {
            options.adminPort = port;
            admin = [](const auto&) { return AdminAnswer(); };
        } else if (what == "certificate") {
            auto& wanted = builder.raw().certificates[certificate.index()];
            wanted.source = lab::plan::PlannedCertificate::Source::Secret;
        } else if (what == "folder") {
            options.keepCertificatesIn = "/proc/nowhere";
        } else if (what == "doors") {
            rlimit limit{};
            ::getrlimit(RLIMIT_NOFILE, &limit);
            if (limit.rlim_max > 2'000'000) {
                QSKIP("there are more descriptors than a test may ask for");
            }
            builder.at(cloud).ports.resize(limit.rlim_max);
        }
        const std::size_t threads = threadCount();
        const std::size_t descriptors = descriptorCount();
        const auto engine = LiveEngine::start({perServicePlan(), builder.build()}, options, admin);
        QVERIFY(!engine.has_value());
        QVERIFY(!engine.error().message().empty());
        QVERIFY(what != "doors" || engine.error().message().find("ulimit -n") != std::string::npos);
        QCOMPARE(threadCount(), threads);
        QCOMPARE(descriptorCount(), descriptors);
    }

    void countsWhatItsDoorsDo()
    {
        LiveWorld world(ingressPlan());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).status, 200);
        QCOMPARE(ask(client, get("/", "", "pay.lab")).status, 404);
        const DoorCounters controller = world.counters(1);
        QCOMPARE(controller.name, std::string("controller-0"));
        QCOMPARE(controller.style, Style::Ingress);
        QCOMPARE(controller.connectionsAccepted, std::uint64_t{1});
        QCOMPARE(controller.connectionsOpen, std::uint64_t{1});
        QCOMPARE(controller.requests, std::uint64_t{2});
        QCOMPARE(controller.responsesByClass[2], std::uint64_t{1});
        QCOMPARE(controller.responsesByClass[4], std::uint64_t{1});
        QCOMPARE(controller.unrouted, std::uint64_t{1});
        QCOMPARE(world.counters(0).requests, std::uint64_t{0}); // a tcp door knows of none
        client.close();
        QVERIFY(world.isLeftAlone(0) && world.isLeftAlone(1));
        const std::size_t sent = get("/").size() + get("/", "", "pay.lab").size();
        QCOMPARE(world.counters(0).bytesIn, std::uint64_t{sent});
        QCOMPARE(world.counters(1).bytesIn, std::uint64_t{sent});
        QVERIFY(world.counters(0).bytesOut > sent);
        QCOMPARE(world.counters(1).bytesOut, world.counters(0).bytesOut);
    }

    void countersMayBeReadWhileItWorks()
    {
        LiveOptions options = patientOptions();
        options.workers = 3;
        LiveWorld world(ingressPlan(), options);
        std::vector<std::thread> clients;
        constexpr int each = 40;
        for (int i = 0; i < 3; ++i) {
            clients.emplace_back([&] {
                for (int k = 0; k < each; ++k) {
                    RawSocket client = world.client();
                    ask(client, get("/"));
                }
            });
        }
        std::uint64_t last = 0;
        QVERIFY(eventually([&] {
            const DoorCounters now = world.counters(1);
            const bool isSane = now.requests >= last && now.connectionsOpen <= 3 * each;
            last = now.requests;
            return !isSane || now.requests == 3 * each;
        }));
        QCOMPARE(last, std::uint64_t{3 * each});
        for (std::thread& client : clients) {
            client.join();
        }
    }

    void aDrainFinishesWhatIsUnderWay()
    {
        const RawListener pods;
        LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(get("/slow"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        bool wasClean = false;
        std::thread draining([&] { wasClean = world.engine->drain(20s); });
        QVERIFY(eventually([&] { return lab::test::isRefused(world.address()); }));
        pod.send(okAnswer("done"));
        const RawAnswer answer = receiveAnswer(client);
        draining.join();
        QCOMPARE(answer.body, std::string("done"));
        QVERIFY(answer.has("Connection: close"));
        QVERIFY(wasClean);
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void aDrainReachesThroughBothDoors()
    {
        LiveOptions options = patientOptions();
        options.podLatency["shop/cart"] = 100ms;
        LiveWorld world(ingressPlan(), options);
        RawSocket idle = world.client();
        idle.send(get("/"));
        QCOMPARE(receiveAnswer(idle).status, 200);
        RawSocket busy = world.client();
        busy.send(get("/"));
        QVERIFY(eventually([&] { return world.counters(1).requests == 2; }));
        QVERIFY(world.engine->drain(20s));
        QCOMPARE(receiveAnswer(busy).status, 200);
        QCOMPARE(idle.end(), RawSocket::State::Ended);
    }

    void whatOutlastsTheGraceIsCut()
    {
        const RawListener pods;
        LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(get("/never"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        QVERIFY(!world.engine->drain(30ms));
        QVERIFY(!receiveAnswer(client).isWhole);
        QVERIFY(client.state() != RawSocket::State::TooSlow);
        QVERIFY(world.engine->drain(30ms)); // again: nothing is left
    }

    void issuedCertificatesAreKeptWhereAsked()
    {
        const QTemporaryDir folder;
        LiveOptions options = patientOptions();
        options.keepCertificatesIn = folder.path().toStdString() + "/kept";
        const LiveWorld world(ingressPlan(), options);
        QCOMPARE(QDir(folder.path() + "/kept").entryList(QDir::Files),
                 (QStringList{"ca.pem", "lab_shop.lab.key", "lab_shop.lab.pem"}));
    }

    void theAdminInterfaceIsThereWhenAskedFor()
    {
        LiveOptions options = patientOptions();
        options.adminPort = 0;
        const auto engine =
            LiveEngine::start({ingressPlan()}, options, [](const AdminRequest& request) {
                return AdminAnswer{
                    200, "text/plain", std::string(request.method) + std::string(request.target)};
            });
        QVERIFY(engine.has_value());
        RawSocket client = lab::test::connectTo((*engine)->ready().adminAddress);
        QCOMPARE(ask(client, get("/healthz", "", "localhost")).body, std::string("GET/healthz"));
    }

    void podsTakeTheTimeTheyAreTold()
    {
        LiveOptions options = patientOptions();
        options.podLatency["shop/cart"] = 30ms;
        LiveWorld world(perServicePlan(), options);
        RawSocket client = world.client();
        const LiveClock clock;
        QCOMPARE(ask(client, get("/")).status, 200);
        QVERIFY(clock.now().sinceStart() >= 30ms);
    }
};

LAB_TEST(LiveEngineTest)
#include "tst_live_engine.moc"
