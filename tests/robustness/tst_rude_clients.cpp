#include "support/test_main.hpp"

#include "live/buffer_pool.hpp"
#include "robustness/played_pods.hpp"

#include <algorithm>

using namespace lab::live;
using lab::test::ask;
using lab::test::eventually;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::onePodPlan;
using lab::test::patientOptions;
using lab::test::planTo;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using lab::test::servesOn;
using lab::test::together;
using namespace std::chrono_literals;

namespace {

const std::string chunkedPost = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "5\r\nhello\r\n3;x=\"y\"\r\nabc\r\n0\r\nA: b\r\n\r\n";

} // namespace

/// Clients that stop, leave and reset wherever they please: the door holds nothing for them.
class RudeClientsTest : public QObject {
    Q_OBJECT

private slots:
    void whoHasOnlyFinishedSendingGetsTheAnswer_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("bytes");
        QTest::newRow("GET") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << 2;
        QTest::newRow("GET, large answer")
            << QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n") << 5'000'000;
        QTest::newRow("HTTP/1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << 100'000;
        QTest::newRow("POST") << QByteArray::fromStdString(chunkedPost) << 100'000;
    }
    void whoHasOnlyFinishedSendingGetsTheAnswer()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, bytes);
        const RawListener pods;
        const LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(request.toStdString());
        client.finishSending();
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        const std::string body(static_cast<std::size_t>(bytes), 'x');
        std::thread sender([&] { pod.send(lab::test::okAnswer(body)); });
        const RawAnswer answer = receiveAnswer(client);
        sender.join();
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body == body);
        QCOMPARE(client.end(), RawSocket::State::Ended);
        QVERIFY(world.isLeftAlone());
    }

    void aSlowReaderCostsNoMoreThanItsBuffers()
    {
        constexpr std::size_t bytes = 64 << 20U;
        const std::uint64_t before = BufferPool::made();
        const RawListener pods;
        const LiveWorld world(planTo({pods.address()}));
        RawSocket client = world.client();
        client.send(get("/"));
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        std::thread sender([&] {
            pod.send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n");
            const std::string piece(1 << 20U, 'x');
            for (std::size_t sent = 0; sent < bytes; sent += piece.size()) {
                pod.send(piece);
            }
        });
        QVERIFY(client.receiveUntil("\r\n\r\n").starts_with("HTTP/1.1 200"));
        std::size_t received = 0;
        while (received < bytes) { // piece by piece, so the door waits for it again and again
            const std::string piece =
                client.receive(std::min<std::size_t>(10'000, bytes - received));
            if (piece.empty()) {
                break;
            }
            received += piece.size();
        }
        sender.join();
        QCOMPARE(received, bytes);
        QVERIFY(BufferPool::made() - before <= 2); // the request's and the answer's
    }

    void aSlowPodCostsAnUploadNoMoreThanItsBuffers()
    {
        constexpr std::size_t bytes = 64 << 20U;
        const std::uint64_t before = BufferPool::made();
        LiveOptions options = patientOptions();
        options.requestBodyBytesMax = bytes;
        const RawListener pods;
        const LiveWorld world(planTo({pods.address()}), options);
        RawSocket client = world.client();
        std::thread sender([&] {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) +
                        "\r\n\r\n");
            const std::string piece(1 << 20U, 'x');
            for (std::size_t sent = 0; sent < bytes; sent += piece.size()) {
                client.send(piece);
            }
        });
        RawSocket pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
        std::size_t received = 0;
        while (received < bytes) {
            const std::string piece = pod.receive(std::min<std::size_t>(10'000, bytes - received));
            if (piece.empty()) {
                break;
            }
            received += piece.size();
        }
        sender.join();
        QCOMPARE(received, bytes);
        pod.send(lab::test::okAnswer("ok"));
        QCOMPARE(receiveAnswer(client).status, 200);
        QVERIFY(BufferPool::made() - before <= 2);
    }

    void whoNeverFinishesAHeadIsTold408AndLetGo()
    {
        LiveOptions options = patientOptions();
        options.timeouts.head = 60ms;
        const LiveWorld world(onePodPlan(), options);
        std::vector<RawSocket> slow(50);
        for (RawSocket& client : slow) {
            client = world.client();
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Half: ");
        }
        for (RawSocket& client : slow) {
            QCOMPARE(receiveAnswer(client).status, 408);
            QCOMPARE(client.end(), RawSocket::State::Ended);
        }
        QVERIFY(world.isLeftAlone());
        QVERIFY(servesOn(world));
    }

    void whoLeavesInMidUploadTakesThePodsConnectionAlong_data()
    {
        QTest::addColumn<bool>("isReset");
        QTest::newRow("closed") << false;
        QTest::newRow("reset") << true;
    }
    void whoLeavesInMidUploadTakesThePodsConnectionAlong()
    {
        QFETCH(const bool, isReset);
        const RawListener pods;
        const LiveWorld world(planTo({pods.address()}));
        for (int i = 0; i < 30; ++i) {
            RawSocket client = world.client();
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhello");
            RawSocket pod = pods.accept();
            pod.receiveUntil("hello");
            isReset ? client.reset() : client.close();
            pod.receiveAll(); // the door gives it up: no pod waits for the rest
            QVERIFY(pod.state() == RawSocket::State::Ended || pod.state() == RawSocket::State::Cut);
        }
        QVERIFY(world.isLeftAlone());
    }

    void aResetAnywhereInARequestHurtsNobody()
    {
        const LiveWorld world(onePodPlan());
        for (std::size_t cut = 0; cut <= chunkedPost.size(); ++cut) {
            RawSocket client = world.client();
            client.send(std::string_view(chunkedPost).substr(0, cut));
            client.reset();
        }
        QVERIFY(world.isLeftAlone());
        QVERIFY(servesOn(world));
    }

    void aResetAnywhereInAnAnswerHurtsNobody()
    {
        const lab::test::PlayedPod pod([](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send(
                lab::test::okAnswer(std::string(1'000'000, 'x'), "Connection: close\r\n"));
        });
        const LiveWorld world(planTo({pod.address()}));
        together(4, [&](int) {
            for (std::size_t bytes = 1; bytes < 500'000; bytes *= 3) {
                RawSocket client = world.client();
                client.send(get("/"));
                client.receive(bytes);
                client.reset();
            }
        });
        QVERIFY(world.isLeftAlone());
        RawSocket client = world.client();
        QCOMPARE(ask(client, get("/")).body.size(), std::size_t{1'000'000});
    }

    void aStormOfConnectionsLeavesNothingBehind()
    {
        const LiveWorld world(onePodPlan());
        std::atomic<int> good = 0;
        together(4, [&](int) {
            for (int i = 0; i < 250; ++i) {
                RawSocket client = world.client();
                if (i % 5 == 0) {
                    good += ask(client, get("/")).status == 200;
                } else if (i % 5 == 1) {
                    client.reset();
                }
            }
        });
        QCOMPARE(good.load(), 200);
        QVERIFY(world.isLeftAlone());
        QVERIFY(servesOn(world));
    }
};

LAB_TEST(RudeClientsTest)
#include "tst_rude_clients.moc"
