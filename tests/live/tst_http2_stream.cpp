#include "support/test_main.hpp"

#include "live/http2_world.hpp"
#include "support/echo_server.hpp"

#include <atomic>
#include <thread>

using namespace lab::live;
using lab::test::EchoReply;
using lab::test::EchoServer;
using lab::test::Http2Answer;
using lab::test::Http2Client;
using lab::test::http2Plan;
using lab::test::http2Request;
using lab::test::Http2World;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::planTo;
using lab::test::RawListener;
using lab::test::RawSocket;
using namespace std::chrono_literals;

namespace {

std::string chunked(const std::string& body, const std::string& trailers = {})
{
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + body.substr(0, 5) +
           "\r\n" + "5\r\n" + body.substr(5) + "\r\n0\r\n" + trailers + "\r\n";
}

} // namespace

/// A stream says in frames what its session says in HTTP/1.1, no more and no sooner.
class Http2StreamTest : public QObject {
    Q_OBJECT

private slots:
    void answersComeThroughWhole_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name,
                            const char* method,
                            const std::string& reply,
                            int status,
                            const char* body) {
            QTest::newRow(name) << QByteArray(method) << QByteArray::fromStdString(reply) << status
                                << QByteArray(body);
        };
        row("by length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok");
        row("chunked", "GET", chunked("helloworld"), 200, "helloworld");
        row("empty", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "");
        row("no content", "GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, "");
        row("not modified",
            "GET",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
            304,
            "");
        row("HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 200, "");
        row("early hints first",
            "GET",
            "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            "2\r\n\r\nok",
            200,
            "ok");
    }
    void answersComeThroughWhole()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, reply);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const EchoServer pod([&](const std::string&) { return EchoReply{reply.toStdString()}; });
        Http2World h2(planTo({pod.address()}));
        const Http2Answer& answer = h2.client.ask(http2Request(method.toStdString(), "/"));
        QCOMPARE(answer.status, status);
        QCOMPARE(QByteArray::fromStdString(answer.body), body);
        QVERIFY(answer.hasEnded);
        QCOMPARE(answer.error, std::uint32_t{NGHTTP2_NO_ERROR});
        QVERIFY(answer.field("connection").empty() && answer.field("transfer-encoding").empty());
        QCOMPARE(answer.interim.size(), reply.contains("103") ? 1U : 0U);
    }

    void trailersComeLast()
    {
        const EchoServer pod([](const std::string&) {
            return EchoReply{chunked("helloworld", "Grpc-Status: 0\r\nX-Sum: 7\r\n")};
        });
        Http2World h2(planTo({pod.address()}));
        const Http2Answer& answer = h2.client.ask(http2Request("GET", "/"));
        QCOMPARE(answer.body, std::string("helloworld"));
        QCOMPARE(answer.trailerCount, std::size_t{2});
        QCOMPARE(answer.field("grpc-status"), std::string("0"));
        QVERIFY(answer.hasEnded);
    }

    void aCutAnswerIsNoEnd()
    {
        const EchoServer pod([](const std::string&) {
            return EchoReply{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello", true};
        });
        Http2World h2(planTo({pod.address()}));
        const Http2Answer& answer = h2.client.ask(http2Request("GET", "/"));
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.hasEnded);
        QCOMPARE(answer.error, std::uint32_t{NGHTTP2_INTERNAL_ERROR});
        QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200); // the others go on
    }

    void bodiesGoUpInEveryForm_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("hasLength");
        for (const int size : {0, 1, 70'000, 3'000'000}) {
            QTest::addRow("%d bytes, with a length", size) << size << true;
            QTest::addRow("%d bytes, without", size) << size << false;
        }
    }
    void bodiesGoUpInEveryForm()
    {
        QFETCH(int, size);
        QFETCH(bool, hasLength);
        Http2World h2;
        lab::test::Http2Fields more;
        if (hasLength) {
            more.emplace_back("content-length", std::to_string(size));
        }
        const std::string body(static_cast<std::size_t>(size), 'x');
        QCOMPARE(h2.client.ask(http2Request("POST", "/", more), body).status, 200);
        QCOMPARE(h2.client.ask(http2Request("POST", "/h2", more), body).status, 200);
        QVERIFY(h2.world.counters().bytesIn >= static_cast<std::uint64_t>(2 * size));
    }

    void aSlowReaderHoldsItsPodBack()
    {
        // 20 MB, and a client whose window is never opened: the pod cannot get rid of them.
        std::atomic<bool> isSent = false;
        const std::string body(20'000'000, 'x');
        const RawListener listener;
        std::thread pod([&] {
            RawSocket door = listener.accept();
            static_cast<void>(door.receiveUntil("\r\n\r\n"));
            isSent = door.send(lab::test::okAnswer(body));
            static_cast<void>(door.receiveAll());
        });
        {
            Http2World h2(planTo({listener.address()}), patientOptions(), false);
            const std::int32_t id = h2.client.begin(http2Request("GET", "/"));
            QVERIFY(
                h2.client.turnUntil([&] { return h2.client.answer(id).body.size() == 65'535; }));
            QVERIFY(!isSent);
            std::size_t read = 0;
            while (!h2.client.answer(id).isClosed) {
                const std::size_t there = h2.client.answer(id).body.size();
                h2.client.read(id, there - read);
                read = there;
                QVERIFY(h2.client.turnUntil([&] {
                    const Http2Answer& answer = h2.client.answer(id);
                    return answer.isClosed || answer.body.size() > read;
                }));
            }
            QVERIFY(h2.client.answer(id).body == body);
            QVERIFY(h2.client.answer(id).hasEnded);
        }
        pod.join();
        QVERIFY(isSent);
    }

    void aSlowReaderIsGivenUpInTime()
    {
        LiveOptions options = patientOptions();
        options.timeouts.write = 50ms;
        const EchoServer pod([](const std::string&) {
            return EchoReply{lab::test::okAnswer(std::string(1'000'000, 'x'))};
        });
        Http2World h2(planTo({pod.address()}), options, false);
        const Http2Answer& answer = h2.client.ask(http2Request("GET", "/"));
        QVERIFY(!answer.hasEnded);
        QCOMPARE(answer.error, std::uint32_t{NGHTTP2_INTERNAL_ERROR});
        QVERIFY(answer.body.size() <= 65'535);
    }

    void tooMuchIsRefusedWhileItComes_data()
    {
        QTest::addColumn<bool>("isAnnounced");
        QTest::newRow("announced") << true;
        QTest::newRow("found out") << false;
    }
    void tooMuchIsRefusedWhileItComes()
    {
        QFETCH(bool, isAnnounced);
        LiveOptions options = patientOptions();
        options.requestBodyBytesMax = 100'000;
        Http2World h2(http2Plan(), options);
        lab::test::Http2Fields more;
        if (isAnnounced) {
            more.emplace_back("content-length", "5000000");
        }
        const Http2Answer& answer =
            h2.client.ask(http2Request("POST", "/", more), std::string(5'000'000, 'x'));
        QCOMPARE(answer.status, 413);
        QVERIFY(answer.hasEnded);
        QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200);
    }

    void aSlowBodyIs408()
    {
        LiveOptions options = patientOptions();
        options.timeouts.bodyIdle = 50ms;
        Http2World h2(http2Plan(), options);
        const std::int32_t id = h2.client.begin(http2Request("POST", "/"), "x", false);
        QVERIFY(h2.client.turnUntil([&] { return h2.client.answer(id).hasEnded; }));
        QCOMPARE(h2.client.answer(id).status, 408);
        const Http2Answer& answer = h2.client.finish(id); // the rest is not waited for
        QCOMPARE(answer.error, std::uint32_t{NGHTTP2_NO_ERROR});
    }

    void continueIsSaidFirst()
    {
        Http2World h2;
        const std::int32_t id =
            h2.client.begin(http2Request("POST", "/", {{"expect", "100-continue"}}), {}, false);
        QVERIFY(h2.client.turnUntil([&] { return !h2.client.answer(id).interim.empty(); }));
        QCOMPARE(h2.client.answer(id).interim, std::vector<int>{100});
        h2.client.sendMore(id, "x", true);
        QCOMPARE(h2.client.finish(id).status, 200);
    }

    void aResetReachesThePodsAnswerOnly()
    {
        LiveOptions options = patientOptions();
        options.podLatency["shop/cart"] = 30ms;
        Http2World h2(http2Plan(), options);
        const std::int32_t gone = h2.client.begin(http2Request("GET", "/"));
        h2.client.reset(gone);
        QCOMPARE(h2.client.ask(http2Request("GET", "/")).status, 200);
        QVERIFY(h2.client.answer(gone).status == 0);
    }

    void requestTrailersReachThePod()
    {
        Http2World h2;
        const std::int32_t id = h2.client.begin(
            http2Request("POST", "/h2", {{"content-type", "application/grpc"}, {"te", "trailers"}}),
            {},
            false);
        h2.client.sendMore(id, "hello", true, {{"x-sum", "7"}});
        const Http2Answer& answer = h2.client.finish(id);
        QCOMPARE(answer.body, std::string("hello"));
        QCOMPARE(answer.field("grpc-status"), std::string("0"));
    }
};

LAB_TEST(Http2StreamTest)
#include "tst_http2_stream.moc"
