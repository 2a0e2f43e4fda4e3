#include "support/test_main.hpp"

#include "support/raw_client.hpp"

#include <thread>

using namespace lab::live;
using lab::test::get;
using lab::test::LiveWorld;
using lab::test::okAnswer;
using lab::test::patientOptions;
using lab::test::planTo;
using lab::test::RawAnswer;
using lab::test::RawListener;
using lab::test::RawSocket;
using lab::test::receiveAnswer;
using namespace std::chrono_literals;

namespace {

/// One http door with one backend that the test plays, and a request that has reached it.
struct World {
    explicit World(const std::string& request, const LiveOptions& options = patientOptions())
        : live(planTo({pods.address()}), options)
        , client(live.client())
    {
        client.send(request);
        pod = pods.accept();
        pod.receiveUntil("\r\n\r\n");
    }

    /// Does the door send the next request over the same connection to the pod?
    bool isPodKept()
    {
        RawSocket another = live.client();
        another.send(get("/again"));
        // Either a new connection is waiting, or the request is at the pod.
        pollfd entries[] = {{pods.fd(), POLLIN, 0}, {pod.fd(), POLLIN, 0}};
        if (pod.state() != RawSocket::State::Open) {
            return false;
        }
        ::poll(entries, 2, 20'000);
        return entries[0].revents == 0 && pod.receiveUntil("\r\n\r\n").starts_with("GET /again");
    }

    RawListener pods;
    LiveWorld live;
    RawSocket client;
    RawSocket pod;
};

const std::string chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const std::string oldGet = "GET / HTTP/1.0\r\nHost: shop.lab\r\n\r\n";
const std::string oldGetThatGoesOn =
    "GET / HTTP/1.0\r\nHost: shop.lab\r\nConnection: keep-alive\r\n\r\n";

} // namespace

/// A pod's answer reaches its client whole, or visibly cut, in a framing that the client knows.
class ExchangeAnswerTest : public QObject {
    Q_OBJECT

private slots:
    void everyFramingReachesEveryClient_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("podEnds");
        QTest::addColumn<QByteArray>("framing");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<bool>("isPodKept");
        const QByteArray now = QByteArray::fromStdString(get("/"));
        const QByteArray old = QByteArray::fromStdString(oldGet);
        const QByteArray oldGoesOn = QByteArray::fromStdString(oldGetThatGoesOn);
        const QByteArray length = QByteArray::fromStdString(okAnswer("hello world"));
        const QByteArray chunks = QByteArray::fromStdString(chunkedHead) +
                                  "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nSum: 1\r\n\r\n";
        const QByteArray untilClose = "HTTP/1.1 200 OK\r\n\r\nhello world";
        const QByteArray asLength = "Content-Length: 11";
        const QByteArray asChunks = "Transfer-Encoding: chunked";
        QTest::newRow("length") << now << length << false << asLength << true << true;
        QTest::newRow("chunked") << now << chunks << false << asChunks << true << true;
        QTest::newRow("until close") << now << untilClose << true << asChunks << true << false;
        QTest::newRow("length to 1.0") << old << length << false << asLength << false << true;
        QTest::newRow("chunked to 1.0") << old << chunks << false << QByteArray() << false << true;
        QTest::newRow("until close to 1.0")
            << old << untilClose << true << QByteArray() << false << false;
        QTest::newRow("length to 1.0 that goes on")
            << oldGoesOn << length << false << asLength << true << true;
        QTest::newRow("chunked to 1.0 that would go on")
            << oldGoesOn << chunks << false << QByteArray() << false << true;
    }
    void everyFramingReachesEveryClient()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, podEnds);
        QFETCH(const QByteArray, framing);
        QFETCH(const bool, goesOn);
        World world(request.toStdString());
        world.pod.send(answer.toStdString());
        if (podEnds) {
            world.pod.finishSending();
        }
        const RawAnswer received = receiveAnswer(world.client);
        QCOMPARE(received.status, 200);
        QVERIFY(received.isWhole);
        QCOMPARE(received.body, std::string("hello world"));
        QCOMPARE(received.has("Content-Length"), framing.startsWith("Content-Length"));
        QCOMPARE(received.has("Transfer-Encoding"), framing.startsWith("Transfer-Encoding"));
        QCOMPARE(received.has("Connection: close"), !goesOn);
        if (goesOn && request.contains("HTTP/1.0")) {
            QVERIFY(received.has("Connection: keep-alive"));
        }
        if (!goesOn) {
            QCOMPARE(world.client.end(), RawSocket::State::Ended);
        }
        QTEST(world.isPodKept(), "isPodKept");
    }

    void answersWithoutABody_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("length");
        QTest::newRow("HEAD") << QByteArray("HEAD")
                              << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
                              << QByteArray("5000");
        QTest::newRow("HEAD, chunked")
            << QByteArray("HEAD") << QByteArray::fromStdString(chunkedHead) << QByteArray();
        QTest::newRow("204") << QByteArray("GET") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n")
                             << QByteArray();
        QTest::newRow("304") << QByteArray("GET")
                             << QByteArray("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")
                             << QByteArray("9");
        QTest::newRow("200, length 0")
            << QByteArray("GET") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            << QByteArray("0");
    }
    void answersWithoutABody()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, answer);
        World world(method.toStdString() + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        world.pod.send(answer.toStdString());
        const RawAnswer received = receiveAnswer(world.client, method == "HEAD");
        QVERIFY(received.isWhole && received.body.empty());
        QTEST(QByteArray::fromStdString(received.field("Content-Length")), "length");
        world.client.send(get("/2"));
        QVERIFY(world.pod.receiveUntil("\r\n\r\n").starts_with("GET /2")); // both are in step
        world.pod.send(okAnswer("two"));
        QCOMPARE(receiveAnswer(world.client).body, std::string("two"));
    }

    void interimAnswersComeFirst()
    {
        World world(get("/"));
        world.pod.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
        const RawAnswer hints = receiveAnswer(world.client);
        QCOMPARE(hints.status, 103);
        QCOMPARE(hints.field("Link"), std::string("</a.css>"));
        world.pod.send("HTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n" + okAnswer("fine"));
        QCOMPARE(receiveAnswer(world.client).field("Link"), std::string("</b.css>"));
        QCOMPARE(receiveAnswer(world.client).body, std::string("fine"));
    }

    void anHttp10ClientSeesNoInterimAnswer()
    {
        World world(oldGet);
        world.pod.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + okAnswer("fine"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void anAnswerThatBreaksOffIsSeenAsCut_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("isReset");
        const QByteArray now = QByteArray::fromStdString(get("/"));
        const QByteArray old = QByteArray::fromStdString(oldGet);
        const QByteArray closing = QByteArray::fromStdString(get("/", "Connection: close\r\n"));
        const QByteArray length = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";
        const QByteArray chunks = QByteArray::fromStdString(chunkedHead) + "5\r\nhel";
        const QByteArray broken = QByteArray::fromStdString(chunkedHead) + "2\r\nhi\r\nzzz\r\n";
        QTest::newRow("length") << now << length << false;
        QTest::newRow("chunked") << now << chunks << false;
        QTest::newRow("broken chunks") << now << broken << false;
        QTest::newRow("chunked to 1.0: only a reset can tell") << old << chunks << true;
        QTest::newRow("broken chunks to 1.0") << old << broken << true;
        QTest::newRow("length, closing") << closing << length << true;
    }
    void anAnswerThatBreaksOffIsSeenAsCut()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, isReset);
        World world(request.toStdString());
        world.pod.send(answer.toStdString());
        world.pod.close();
        const RawAnswer received = receiveAnswer(world.client);
        QVERIFY(!received.isWhole);
        QVERIFY(world.client.state() != RawSocket::State::TooSlow);
        if (isReset) {
            QCOMPARE(world.client.end(), RawSocket::State::Cut);
        }
        QVERIFY(world.live.isLeftAlone());
    }

    void largeAnswersArriveWhole_data()
    {
        QTest::addColumn<bool>("isChunked");
        QTest::newRow("length") << false;
        QTest::newRow("chunked") << true;
    }
    void largeAnswersArriveWhole()
    {
        QFETCH(const bool, isChunked);
        World world(get("/"));
        std::string body(5'000'000, '\0');
        for (std::size_t i = 0; i < body.size(); ++i) {
            body[i] = static_cast<char>('a' + i * 31 % 26);
        }
        std::string sent = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n" + body;
        if (isChunked) {
            sent = chunkedHead;
            for (std::size_t i = 0; i < body.size(); i += 100'000) {
                sent += "186A0\r\n" + body.substr(i, 100'000) + "\r\n"; // 100,000
            }
            sent += "0\r\n\r\n";
        }
        std::thread writer([&] { world.pod.send(sent); });
        const RawAnswer received = receiveAnswer(world.client);
        writer.join();
        QVERIFY(received.isWhole);
        QVERIFY(received.body == body);
        QVERIFY(world.live.counters().bytesOut >= body.size());
    }

    void aClientThatDoesNotReadHoldsThePodBack()
    {
        LiveOptions options = patientOptions();
        options.timeouts.write = 300ms;
        World world(get("/"), options);
        const std::string piece(64 * 1024, 'x');
        world.pod.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        std::size_t sent = 0;
        while (world.pod.send(piece)) { // until the door gives the client up
            sent += piece.size();
            QVERIFY2(sent < 500'000'000, "the door takes everything");
        }
        QVERIFY(world.live.isLeftAlone());
    }

    void anEarlyAnswerEndsTheUpload()
    {
        World world("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nbegin");
        world.pod.send(okAnswer("enough"));
        const RawAnswer answer = receiveAnswer(world.client);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("enough"));
        QCOMPARE(world.client.end(), RawSocket::State::Ended); // the rest is not wanted
        world.pod.receiveAll();
        QVERIFY(world.pod.state() != RawSocket::State::TooSlow); // nor can the pod be used again
        world.client.close();
        QVERIFY(world.live.isLeftAlone());
    }

    void theBodyGoesUpWhileTheAnswerComesDown()
    {
        World world("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        QCOMPARE(world.pod.receiveUntil("a\r\n"), std::string("1\r\na\r\n"));
        world.pod.send(chunkedHead);
        for (int i = 0; i < 10; ++i) {
            world.pod.send("2\r\nhi\r\n");
            if (i == 0) {
                QVERIFY(world.client.receiveUntil("\r\n\r\n").starts_with("HTTP/1.1 200"));
            }
            QCOMPARE(world.client.receiveUntil("hi\r\n"), std::string("2\r\nhi\r\n"));
            world.client.send("1\r\nb\r\n");
            QCOMPARE(world.pod.receiveUntil("b\r\n"), std::string("1\r\nb\r\n"));
        }
        world.client.send("0\r\n\r\n");
        QCOMPARE(world.pod.receiveUntil("0\r\n\r\n"), std::string("0\r\n\r\n"));
        world.pod.send("0\r\n\r\n");
        QCOMPARE(world.client.receiveUntil("0\r\n\r\n"), std::string("0\r\n\r\n"));
        world.client.send(get("/next")); // both connections are in step
        QVERIFY(world.pod.receiveUntil("\r\n\r\n").starts_with("GET /next"));
    }
};

LAB_TEST(ExchangeAnswerTest)
#include "tst_exchange_answer.moc"
