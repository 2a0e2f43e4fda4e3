#include "support/test_main.hpp"

#include "robustness/played_pods.hpp"

using namespace lab::live;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::PlanBuilder;
using lab::test::planTo;
using lab::test::PlayedPod;
using lab::test::RawAnswer;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using lab::test::together;

namespace {

constexpr int clients = 4;
constexpr int requestsEach = 20;

/// One of two pods is the test's, the other the lab's own.
std::shared_ptr<const lab::plan::FrontDoorPlan> planWithAGoodPod(const PlayedPod& bad)
{
    PlanBuilder builder;
    const lab::EndpointId good = builder.pod("cart-0");
    const lab::UpstreamId cart = builder.upstream("cart", {builder.backend(bad.address()), good});
    builder.route(builder.door("ingress"), "", "/", cart);
    return builder.build();
}

} // namespace

/// Pods that die under load: no client takes half an answer for a whole one.
class DyingPodsTest : public QObject {
    Q_OBJECT

private slots:
    void halfAnAnswerIsNeverTakenForAWholeOne_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<bool>("isReset");
        const QByteArray ok = "HTTP/1.1 200 OK\r\n";
        for (const bool isReset : {false, true}) {
            const QByteArray how = isReset ? ", reset" : ", closed";
            const auto row = [&](const char* name, const QByteArray& sent) {
                QTest::newRow(QByteArray(name + how).constData()) << sent << isReset;
            };
            row("a length", ok + "Content-Length: 1000\r\n\r\n" + QByteArray(999, 'x'));
            row("no byte of a length", ok + "Content-Length: 1000\r\n\r\n");
            row("in a chunk", ok + "Transfer-Encoding: chunked\r\n\r\nff\r\nabc");
            row("between chunks", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            row("in the last chunk", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n");
        }
        QTest::newRow("until close, reset") << ok + "\r\nabc" << true;
    }
    void halfAnAnswerIsNeverTakenForAWholeOne()
    {
        QFETCH(const QByteArray, sent);
        QFETCH(const bool, isReset);
        const PlayedPod pod([&](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send(sent.toStdString());
            if (isReset) {
                connection.reset();
            }
        });
        const LiveWorld world(planTo({pod.address()}));
        std::atomic<int> whole = 0;
        std::atomic<int> begun = 0;
        std::atomic<int> refused = 0;
        together(clients, [&](int) {
            for (int i = 0; i < requestsEach; ++i) {
                RawSocket client = world.client();
                const RawAnswer answer = ask(client, get("/"));
                refused += answer.status == 502; // the reset overtook the head
                begun += answer.status == 200;
                whole += answer.status == 200 && answer.isWhole;
            }
        });
        QCOMPARE(whole.load(), 0);
        QCOMPARE(begun + refused, clients * requestsEach);
        QVERIFY(isReset || refused == 0);
        QVERIFY(world.isLeftAlone());
    }

    void aRequestWithoutAnAnswerYetGoesToTheOtherPod_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("no byte") << QByteArray();
        QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
    }
    void aRequestWithoutAnAnswerYetGoesToTheOtherPod()
    {
        QFETCH(const QByteArray, begin);
        const PlayedPod pod([&](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send(begin.toStdString());
        });
        const LiveWorld world(planWithAGoodPod(pod));
        std::atomic<int> good = 0;
        together(clients, [&](int) {
            RawSocket client = world.client();
            for (int i = 0; i < requestsEach; ++i) {
                good += ask(client, get("/")).status == 200;
            }
        });
        QCOMPARE(good.load(), clients * requestsEach);
        QVERIFY(pod.played() > 0);
    }

    void aPostReachesNoSecondPod()
    {
        const PlayedPod pod(
            [](RawSocket& connection) { connection.receiveUntil("\r\n\r\nhello"); });
        const LiveWorld world(planWithAGoodPod(pod));
        std::atomic<int> good = 0;
        std::atomic<int> bad = 0;
        together(clients, [&](int) {
            for (int i = 0; i < requestsEach; ++i) {
                RawSocket client = world.client();
                const int status =
                    ask(client, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                        .status;
                good += status == 200;
                bad += status == 502;
            }
        });
        QCOMPARE(good + bad, clients * requestsEach);
        QCOMPARE(bad.load(), pod.played()); // who met the dying pod was told so
    }

    void aKeptConnectionThatDiedMeanwhileCostsNoRequest()
    {
        // Each connection answers once, says that it stays, and goes.
        const PlayedPod pod([](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send(lab::test::okAnswer("ok"));
        });
        const LiveWorld world(planTo({pod.address()}));
        std::atomic<int> good = 0;
        together(clients, [&](int) {
            RawSocket client = world.client();
            for (int i = 0; i < requestsEach; ++i) {
                good += ask(client, get("/")).status == 200;
            }
        });
        QCOMPARE(good.load(), clients * requestsEach);
    }
};

LAB_TEST(DyingPodsTest)
#include "tst_dying_pods.moc"
