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

const std::string post = "POST /x HTTP/1.1\r\nHost: a\r\n";

/// One http door with one backend that the test plays.
struct World {
    explicit World(const LiveOptions& options = patientOptions(),
                   lab::plan::Profile profile = lab::plan::Profile::Spec)
        : live(planTo({pods.address()}, profile), options)
        , client(live.client())
    {
    }

    /// The pod's side of the exchange, its request head read.
    RawSocket acceptRequest()
    {
        RawSocket pod = pods.accept();
        head = pod.receiveUntil("\r\n\r\n");
        return pod;
    }

    RawListener pods;
    LiveWorld live;
    RawSocket client;
    std::string head;
};

LiveOptions upTo(std::uint64_t bytes)
{
    LiveOptions options = patientOptions();
    options.requestBodyBytesMax = bytes;
    return options;
}

} // namespace

/// A request body reaches the pod whole, while it is still coming, or the client is told why not.
class RequestUploadTest : public QObject {
    Q_OBJECT

private slots:
    void piecesGoOnAsTheyCome()
    {
        World world;
        world.client.send(post + "Content-Length: 10\r\n\r\n");
        RawSocket pod = world.acceptRequest(); // before any byte of the body
        QVERIFY(world.head.find("Content-Length: 10\r\n") != std::string::npos);
        for (const char* piece : {"01", "234", "5", "6789"}) {
            world.client.send(piece);
            QCOMPARE(pod.receive(std::strlen(piece)), std::string(piece));
        }
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void chunksAreMadeAnew()
    {
        World world;
        world.client.send(post + "Transfer-Encoding: chunked\r\nX-Sum-Follows: 1\r\n\r\n");
        RawSocket pod = world.acceptRequest();
        QVERIFY(world.head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
        world.client.send("5;extension=\"dropped\"\r\nhello\r\n");
        QCOMPARE(pod.receiveUntil("hello\r\n"), std::string("5\r\nhello\r\n"));
        world.client.send("000A\r\n0123"); // a chunk in two pieces becomes two
        QCOMPARE(pod.receiveUntil("0123\r\n"), std::string("4\r\n0123\r\n"));
        world.client.send("456789\r\n0\r\n\r\n");
        QCOMPARE(pod.receiveUntil("0\r\n\r\n"), std::string("6\r\n456789\r\n0\r\n\r\n"));
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void largeBodiesArriveWhole_data()
    {
        QTest::addColumn<bool>("isChunked");
        QTest::newRow("length") << false;
        QTest::newRow("chunked") << true;
    }
    void largeBodiesArriveWhole()
    {
        QFETCH(const bool, isChunked);
        World world;
        std::string body(3'000'000, '\0');
        for (std::size_t i = 0; i < body.size(); ++i) {
            body[i] = static_cast<char>('a' + i * 31 % 26);
        }
        std::string request = post + "Content-Length: 3000000\r\n\r\n" + body;
        if (isChunked) {
            request = post + "Transfer-Encoding: chunked\r\n\r\n";
            for (std::size_t i = 0; i < body.size(); i += 100'000) {
                request += "186a0\r\n" + body.substr(i, 100'000) + "\r\n"; // 100,000
            }
            request += "0\r\n\r\n";
        }
        std::thread writer([&] { world.client.send(request); });
        RawSocket pod = world.acceptRequest();
        std::string received;
        if (isChunked) {
            QVERIFY(lab::test::receiveChunks(pod, received));
        } else {
            received = pod.receive(body.size());
        }
        writer.join();
        QVERIFY(received == body);
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
        world.client.send(get("/next"));
        QVERIFY(pod.receiveUntil("\r\n\r\n").starts_with("GET /next"));
        QVERIFY(
            lab::test::eventually([&] { return world.live.counters().bytesIn >= body.size(); }));
    }

    void aSlowBodyIs408()
    {
        LiveOptions options = patientOptions();
        options.timeouts.bodyIdle = 40ms;
        World world(options);
        world.client.send(post + "Content-Length: 10\r\n\r\nabc");
        RawSocket pod = world.acceptRequest();
        const RawAnswer answer = receiveAnswer(world.client);
        QCOMPARE(answer.status, 408);
        QVERIFY(answer.has("Connection: close"));
        QCOMPARE(world.client.end(), RawSocket::State::Ended);
        pod.receiveAll();
        QVERIFY(pod.state() != RawSocket::State::TooSlow); // given up, too
        QCOMPARE(world.live.counters().responsesByClass[4], std::uint64_t{1});
    }

    void aBodyThatDoesNotFollowThePodsContinueIs408()
    {
        LiveOptions options = patientOptions();
        options.timeouts.bodyIdle = 40ms; // counts from the 100 on
        World world(options);
        world.client.send(post + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        RawSocket pod = world.acceptRequest();
        pod.send("HTTP/1.1 100 Continue\r\n\r\n");
        QCOMPARE(receiveAnswer(world.client).status, 100);
        QCOMPARE(receiveAnswer(world.client).status, 408);
        QCOMPARE(world.client.end(), RawSocket::State::Ended);
    }

    void aClientWaitsForThePodsContinueAsLongAsThePodMayTake()
    {
        LiveOptions options = patientOptions();
        options.timeouts.bodyIdle = 20ms;
        World world(options);
        world.client.send(post + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        RawSocket pod = world.acceptRequest();
        RawSocket later = world.live.client(); // whose body is late by then
        later.send(post + "Content-Length: 10\r\n\r\nabc");
        const RawSocket other = world.pods.accept();
        QCOMPARE(receiveAnswer(later).status, 408);
        pod.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(receiveAnswer(world.client).status, 417);
    }

    void tooLargeIs413_data()
    {
        QTest::addColumn<QByteArray>("fieldsAndBody");
        QTest::addColumn<bool>("reachesThePod");
        QTest::newRow("announced") << QByteArray("Content-Length: 1001\r\n\r\n") << false;
        QTest::newRow("announced, and some of it is here")
            << "Content-Length: 1001\r\n\r\n" + QByteArray(1000, 'x') << false;
        QTest::newRow("chunked: counted while it streams")
            << "Transfer-Encoding: chunked\r\n\r\n3E8\r\n" + QByteArray(1000, 'x') +
                   "\r\n1\r\nx\r\n"
            << true;
        QTest::newRow("one large chunk")
            << "Transfer-Encoding: chunked\r\n\r\nFFFFFF\r\n" + QByteArray(5000, 'x') << true;
    }
    void tooLargeIs413()
    {
        QFETCH(const QByteArray, fieldsAndBody);
        QFETCH(const bool, reachesThePod);
        World world(upTo(1000));
        world.client.send(post + fieldsAndBody.toStdString());
        RawSocket pod;
        if (reachesThePod) {
            pod = world.acceptRequest();
        }
        const RawAnswer answer = receiveAnswer(world.client);
        QCOMPARE(answer.status, 413);
        QVERIFY(answer.has("Connection: close"));
        QCOMPARE(world.client.end(), RawSocket::State::Ended);
        QVERIFY(world.pods.isSilent());
        if (reachesThePod) {
            QVERIFY(pod.receiveAll().find("0\r\n\r\n") == std::string::npos); // cut, not ended
            QVERIFY(pod.state() != RawSocket::State::TooSlow);
        }
    }

    void aLargeBodyThatIsHereIsSkipped()
    {
        World world(upTo(1000));
        world.client.send(post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x'));
        QCOMPARE(receiveAnswer(world.client).status, 413);
        world.client.send(get("/next"));
        RawSocket pod = world.acceptRequest();
        QVERIFY(world.head.starts_with("GET /next"));
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void asMuchAsTheLimitPasses_data()
    {
        QTest::addColumn<QByteArray>("fieldsAndBody");
        QTest::newRow("length") << "Content-Length: 1000\r\n\r\n" + QByteArray(1000, 'x');
        QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n\r\n3E8\r\n" +
                                        QByteArray(1000, 'x') + "\r\n0\r\n\r\n";
    }
    void asMuchAsTheLimitPasses()
    {
        QFETCH(const QByteArray, fieldsAndBody);
        World world(upTo(1000));
        world.client.send(post + fieldsAndBody.toStdString());
        RawSocket pod = world.acceptRequest();
        pod.receive(1000);
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void brokenChunksAre400()
    {
        World world;
        world.client.send(post + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nnonsense\r\n");
        RawSocket pod = world.acceptRequest();
        const RawAnswer answer = receiveAnswer(world.client);
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.has("Connection: close"));
        QVERIFY(pod.receiveAll().find("nonsense") == std::string::npos);
    }

    void thePodTellsAClientThatWaitsToContinue()
    {
        World world;
        world.client.send(post + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        RawSocket pod = world.acceptRequest();
        QVERIFY(world.head.find("Expect: 100-continue\r\n") != std::string::npos);
        pod.send("HTTP/1.1 100 Continue\r\n\r\n");
        QCOMPARE(receiveAnswer(world.client).status, 100);
        world.client.send("hello");
        QCOMPARE(pod.receive(5), std::string("hello"));
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void inProfileIngressNginxTheDoorDoes()
    {
        World world(patientOptions(), lab::plan::Profile::IngressNginx);
        world.client.send(post + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(receiveAnswer(world.client).status, 100); // before any pod is asked
        world.client.send("hello");
        RawSocket pod = world.acceptRequest();
        QVERIFY(world.head.find("Expect") == std::string::npos);
        QCOMPARE(pod.receive(5), std::string("hello"));
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void refusesInsteadOfContinuing_data()
    {
        QTest::addColumn<bool>("hasPod");
        QTest::addColumn<int>("status");
        QTest::newRow("too large") << true << 413;
        QTest::newRow("no pod there") << false << 502;
    }
    void refusesInsteadOfContinuing()
    {
        QFETCH(const bool, hasPod);
        std::string address;
        const RawListener pods;
        {
            const RawListener closed;
            address = hasPod ? pods.address() : closed.address();
        }
        LiveWorld live(planTo({address}), upTo(1000));
        RawSocket client = live.client();
        client.send(post + "Content-Length: " + (hasPod ? "5000" : "5") +
                    "\r\nExpect: 100-continue\r\n\r\n");
        QTEST(receiveAnswer(client).status, "status"); // and no 100 before it
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void aBodyThatIsHereNeedsNoContinue()
    {
        World world;
        world.client.send(post + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");
        RawSocket pod = world.acceptRequest();
        QCOMPARE(pod.receive(5), std::string("hello"));
        pod.send(okAnswer("ok"));
        QCOMPARE(receiveAnswer(world.client).status, 200);
    }

    void aPodThatTakesNoMoreMayStillAnswer()
    {
        World world;
        world.client.send(post + "Content-Length: 15000000\r\n\r\nbegin");
        RawSocket pod = world.acceptRequest();
        pod.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        pod.finishSending();
        QCOMPARE(receiveAnswer(world.client).status, 403);
    }

    void anAnswerThatIsNotReadIsGivenUp()
    {
        // The upload ends after the answer has begun: the client's deadline must still stand.
        LiveOptions options = patientOptions();
        options.timeouts.write = 300ms;
        World world(options);
        world.client.send(post + "Content-Length: 10\r\n\r\n01234");
        RawSocket pod = world.acceptRequest();
        pod.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        world.client.receiveUntil("\r\n\r\n");
        world.client.send("56789");
        QCOMPARE(pod.receive(10), std::string("0123456789"));
        const std::string piece(64 * 1024, 'x');
        while (pod.send(piece)) { // the client reads nothing
        }
        QVERIFY(world.live.isLeftAlone());
    }
};

LAB_TEST(RequestUploadTest)
#include "tst_request_upload.moc"
