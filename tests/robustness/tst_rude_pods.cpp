#include "support/test_main.hpp"

#include "live/exchange.hpp"
#include "robustness/played_pods.hpp"

using namespace lab::live;
using lab::test::ask;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::planTo;
using lab::test::PlayedPod;
using lab::test::RawAnswer;
using lab::test::RawSocket;
using lab::test::receiveAnswer;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\n";
const QByteArray proper = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

QByteArray interims(int count)
{
    return QByteArray("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").repeated(count);
}

/// The final answer, after as many 1xx as there are.
RawAnswer finalAnswer(RawSocket& client, int& seen)
{
    RawAnswer answer = receiveAnswer(client);
    for (seen = 0; answer.status / 100 == 1; ++seen) {
        answer = receiveAnswer(client);
    }
    return answer;
}

} // namespace

/// Pods that answer whatever they please: the client gets a proper answer or a broken connection,
/// and the door serves on.
class RudePodsTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsNoAnswerIs502_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("another protocol") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
        QTest::newRow("noise") << QByteArray(10'000, '\xfe');
        QTest::newRow("zeros") << QByteArray(10'000, '\0');
        QTest::newRow("HTTP/0.9") << QByteArray("<html>hello</html>");
        QTest::newRow("HTTP/2") << QByteArray("HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("no status") << QByteArray("HTTP/1.1 OK\r\n\r\n");
        QTest::newRow("half a head") << ok + "Content-Le";
        QTest::newRow("two lengths") << ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc";
        QTest::newRow("a line that does not end") << ok + "X: " + QByteArray(200'000, 'x');
        QTest::newRow("fields without end") << ok + QByteArray("X: y\r\n").repeated(50'000);
        QTest::newRow("a switch that nobody offered")
            << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n"
                          "Connection: upgrade\r\n\r\n");
        QTest::newRow("only interim answers") << interims(3);
        QTest::newRow("a flood of interim answers") << interims(Exchange::interimsMax + 1) + proper;
    }
    void whatIsNoAnswerIs502()
    {
        QFETCH(const QByteArray, said);
        bool isGood = false;
        const PlayedPod pod([&](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send((isGood ? proper : said).toStdString());
            connection.finishSending();
            connection.receiveAll();
        });
        const LiveWorld world(planTo({pod.address()}));
        RawSocket client = world.client();
        client.send(get("/"));
        int seen = 0;
        QCOMPARE(finalAnswer(client, seen).status, 502);
        QVERIFY(seen <= Exchange::interimsMax);
        isGood = true;
        QCOMPARE(ask(client, get("/")).body, std::string("ok")); // on the same connection
    }

    void asManyInterimAnswersAsAllowedPass()
    {
        const PlayedPod pod([](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send((interims(Exchange::interimsMax) + proper).toStdString());
        });
        const LiveWorld world(planTo({pod.address()}));
        RawSocket client = world.client();
        client.send(get("/"));
        int seen = 0;
        QCOMPARE(finalAnswer(client, seen).status, 200);
        QCOMPARE(seen, Exchange::interimsMax);
    }

    void aBrokenBodyCutsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("said");
        const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";
        QTest::newRow("no number") << chunked + "xyz\r\n";
        QTest::newRow("a number too large") << chunked + "fffffffffffffffff\r\n";
        QTest::newRow("digits without end") << chunked + QByteArray(10'000, '0');
        QTest::newRow("an extension without end") << chunked + "1;a=" + QByteArray(50'000, 'x');
        QTest::newRow("trailers without end")
            << chunked + "0\r\n" + QByteArray("X: y\r\n").repeated(20'000);
    }
    void aBrokenBodyCutsTheConnection()
    {
        QFETCH(const QByteArray, said);
        const PlayedPod pod([&](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send(said.toStdString());
            connection.receiveAll();
        });
        const LiveWorld world(planTo({pod.address()}));
        RawSocket client = world.client();
        const RawAnswer answer = ask(client, get("/"));
        QCOMPARE(answer.status, 200); // it had begun well
        QVERIFY(!answer.isWhole);
        QVERIFY(client.state() != RawSocket::State::TooSlow);
        QVERIFY(world.isLeftAlone());
    }

    void whatFollowsAnAnswerIsNobodys_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("more than the length") << proper + "evil";
        QTest::newRow("a second answer") << proper + proper;
        QTest::newRow("bytes behind a 204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\nevil");
    }
    void whatFollowsAnAnswerIsNobodys()
    {
        QFETCH(const QByteArray, said);
        const PlayedPod pod([&](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send(said.toStdString());
            connection.receiveAll();
        });
        const LiveWorld world(planTo({pod.address()}));
        RawSocket client = world.client();
        for (int i = 0; i < 5; ++i) {
            const RawAnswer answer = ask(client, get("/"));
            QVERIFY(answer.isWhole);
            QVERIFY(answer.body == "ok" || answer.status == 204);
        }
        QVERIFY(client.isSilent());
        QVERIFY(lab::test::eventually([&] { return pod.played() == 5; })); // none was kept
    }

    void whoAnswersBeforeTheBodyIsHeard()
    {
        const PlayedPod pod([](RawSocket& connection) {
            connection.receiveUntil("\r\n\r\n");
            connection.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
            connection.finishSending(); // and never reads the body
        });
        const LiveWorld world(planTo({pod.address()}));
        for (int i = 0; i < 20; ++i) {
            RawSocket client = world.client();
            std::thread sender([&] {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n");
                client.send(std::string(8'000'000, 'x'));
            });
            RawSocket silent = world.client(); // another one is served meanwhile
            QCOMPARE(ask(silent, get("/")).status, 401);
            sender.join();
            const RawAnswer answer = receiveAnswer(client);
            QCOMPARE(answer.status, 401);
            QCOMPARE(answer.body, std::string("no"));
        }
        QVERIFY(world.isLeftAlone());
    }
};

LAB_TEST(RudePodsTest)
#include "tst_rude_pods.moc"
