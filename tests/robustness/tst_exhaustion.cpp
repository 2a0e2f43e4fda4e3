#include "support/test_main.hpp"

#include "limiting/client_limiter.hpp"
#include "live/upstream_pool.hpp"
#include "support/no_descriptors.hpp"
#include "support/raw_client.hpp"

#include <limits>

using namespace lab::live;
using lab::DoorId;
using lab::UpstreamId;
using lab::plan::DoorMode;
using lab::test::ask;
using lab::test::eventually;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::NoDescriptors;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::PlanBuilder;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;

namespace {

/// A socket that has its descriptor, and connects later.
class LateClient {
public:
    LateClient()
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
    }
    RawSocket connect(const std::string& address)
    {
        const auto target = *socketAddress(std::string_view(address));
        if (::connect(fd_.get(), target.get(), target.length) != 0) {
            qFatal("cannot connect");
        }
        return RawSocket(fd_.release());
    }

private:
    UniqueFd fd_;
};

} // namespace

/// What is bounded fills up, and nothing breaks: neither while it is full nor afterwards.
class ExhaustionTest : public QObject {
    Q_OBJECT

private slots:
    void withoutDescriptorsTheDoorsGoOnForThoseWhoAreIn_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<int>("mode");
        QTest::newRow("http, one worker") << 1 << static_cast<int>(DoorMode::Http);
        QTest::newRow("http, three workers") << 3 << static_cast<int>(DoorMode::Http);
        QTest::newRow("tcp") << 1 << static_cast<int>(DoorMode::Tcp);
    }
    void withoutDescriptorsTheDoorsGoOnForThoseWhoAreIn()
    {
        QFETCH(const int, workers);
        QFETCH(const int, mode);
        PlanBuilder builder;
        const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
        const DoorId door = builder.door("ingress", static_cast<DoorMode>(mode));
        builder.at(door).ports[0].upstream = cart;
        builder.route(door, "", "/", cart);
        builder.route(door, "", "/cold", builder.upstream("cold", {builder.pod("cold-0")}));
        LiveOptions options = patientOptions();
        options.workers = workers;
        LiveWorld world(builder.build(), options);
        RawSocket inside = world.client();
        QCOMPARE(ask(inside, get("/")).status, 200); // its pod's connection is kept
        std::vector<LateClient> late(20);
        {
            const NoDescriptors none;
            std::vector<RawSocket> outside;
            for (LateClient& client : late) {
                outside.push_back(client.connect(world.address()));
            }
            for (RawSocket& client : outside) { // one worker may get what the other made room for
                client.send(get("/"));
                QVERIFY(client.end() != RawSocket::State::TooSlow || workers > 1);
                if (workers > 1) {
                    break;
                }
            }
            QCOMPARE(ask(inside, get("/")).status, 200);
            if (mode == static_cast<int>(DoorMode::Http)) {
                QCOMPARE(ask(inside, get("/cold")).status, 502); // no socket to a pod
                QCOMPARE(ask(inside, get("/")).status, 200);
            }
        }
        RawSocket later = world.client();
        QCOMPARE(ask(later, get("/cold")).status, 200);
        inside.close();
        later.close();
        QVERIFY(world.isLeftAlone());
    }

    void noMorePodConnectionsAreKeptThanAllowed()
    {
        constexpr std::size_t allowed = UpstreamPool::idlePerAddressMax;
        constexpr std::size_t atOnce = allowed + 16;
        const RawListener pods;
        LiveWorld world(lab::test::planTo({pods.address()}));
        std::vector<RawSocket> clients;
        std::vector<RawSocket> atPod;
        for (std::size_t i = 0; i < atOnce; ++i) {
            clients.push_back(world.client());
            clients.back().send(get("/"));
            atPod.push_back(pods.accept());
        }
        for (std::size_t i = 0; i < atOnce; ++i) {
            QVERIFY(!atPod[i].receiveUntil("\r\n\r\n").empty());
            atPod[i].send(okAnswer("x"));
        }
        for (RawSocket& client : clients) {
            QCOMPARE(lab::test::receiveAnswer(client).status, 200);
        }
        std::size_t open = atOnce;
        QVERIFY(eventually([&] {
            open = 0;
            for (RawSocket& one : atPod) {
                open += one.isSilent() ? 1U : 0U;
            }
            return open == allowed;
        }));
        for (RawSocket& client : clients) { // and all of them are of use
            client.send(get("/"));
        }
        std::size_t reused = 0;
        for (RawSocket& one : atPod) {
            if (one.receiveUntil("\r\n\r\n").ends_with("\r\n\r\n")) {
                ++reused;
                one.send(okAnswer("y"));
            }
        }
        QCOMPARE(reused, allowed);
        for (std::size_t i = 0; i < atOnce - allowed; ++i) {
            RawSocket one = pods.accept();
            QVERIFY(!one.receiveUntil("\r\n\r\n").empty());
            one.send(okAnswer("z"));
            atPod.push_back(std::move(one));
        }
        for (RawSocket& client : clients) {
            QCOMPARE(lab::test::receiveAnswer(client).status, 200);
        }
    }

    void moreClientsThanALimitRemembersAreLetIn()
    {
        PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.route(door, "", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        auto policy = std::make_shared<lab::plan::RoutePolicy>();
        policy->rateZones = {0};
        builder.at(door).routes[0].policy = policy;
        builder.at(door).rateZones = {{"shop/web limit-rpm", {0.001, 1.0}}};
        builder.at(door).trustsForwarded = true;
        LiveWorld world(builder.build());
        RawSocket proxy = world.client();
        const auto statusFor = [&](std::size_t client) {
            return "X-Forwarded-For: 10." + std::to_string(client >> 16U) + '.' +
                   std::to_string(client >> 8U & 0xffU) + '.' + std::to_string(client & 0xffU) +
                   "\r\n";
        };
        constexpr std::size_t clients = lab::limiting::ClientLimiter::clientsMax + 4'000;
        std::size_t passed = 0;
        for (std::size_t client = 0; client < clients; ++client) {
            passed += ask(proxy, get("/", statusFor(client))).status == 200 ? 1U : 0U;
        }
        QCOMPARE(passed, clients); // each has a bucket, or begins anew with one
        std::size_t remembered = 0;
        for (std::size_t client = clients - 100; client < clients; ++client) {
            remembered += ask(proxy, get("/", statusFor(client))).status == 503 ? 1U : 0U;
        }
        QVERIFY2(remembered > 50, qPrintable(QString::number(remembered)));
    }
};

LAB_TEST(ExhaustionTest)
#include "tst_exhaustion.moc"
