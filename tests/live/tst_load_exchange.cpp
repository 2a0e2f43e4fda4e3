#include "support/test_main.hpp"

#include "live/load_exchange.hpp"
#include "live/load_run.hpp"
#include "support/echo_server.hpp"

#include <future>

using namespace lab::live;
using lab::measurement::Outcome;
using lab::test::EchoReply;
using lab::test::EchoServer;
using namespace std::chrono_literals;

namespace {

/// Everything that one request needs, until it is over.
struct Client {
    explicit Client(const std::string& address)
        : origin(*socketAddress(std::string_view(address)), false, "", 4)
    {
        worker.start();
    }

    /// Sends one request and waits for its end.
    LoadAnswer ask(const std::string& method, std::uint64_t bodyBytes, lab::Duration patience)
    {
        lab::workload::MixEntry entry;
        entry.method = method;
        entry.bodyBytes = bodyBytes;
        LoadDestination destination;
        destination.target = "/";
        destination.host = "shop.lab";
        const LoadRequest request(entry, destination);
        std::promise<LoadAnswer> answer;
        worker.post([&] { askOn(request, patience, answer); });
        auto result = answer.get_future().get();
        return result;
    }

    Detached
    askOn(const LoadRequest& request, lab::Duration patience, std::promise<LoadAnswer>& result)
    {
        const auto deadline = worker.freshNow() + patience;
        LoadOpening opening = co_await openConnection(worker, tls, origin, 4, deadline);
        LoadAnswer answer;
        answer.outcome = opening.outcome;
        if (opening.connection) {
            const LoadRequestId id(1, 0, 0);
            answer = co_await exchange(worker, opening.connection, request, id, scratch);
        }
        opening.connection.reset();
        result.set_value(answer);
    }

    LiveClock clock;
    Worker worker{clock, "test-load"};
    LoadTls tls = *LoadTls::create("");
    LoadOrigin origin;
    lab::http::ResponseHead scratch;
};

} // namespace

/// One request, one answer: whatever the door does to it.
class LoadExchangeTest : public QObject {
    Q_OBJECT

private slots:
    void tellsAnswersFromBreakage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<bool>("isAnswered");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isReusable");
        const auto row = [](const char* name,
                            const QByteArray& bytes,
                            bool closes,
                            bool isAnswered,
                            int status,
                            bool isReusable) {
            QTest::newRow(name) << bytes << closes << isAnswered << status << isReusable;
        };
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, true, 200, true);
        row("large", large(), false, true, 200, true);
        row("no content", "HTTP/1.1 204 No Content\r\n\r\n", false, true, 204, true);
        row("chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            false,
            true,
            200,
            true);
        row("until close", "HTTP/1.1 200 OK\r\n\r\nok", true, true, 200, false);
        row("says that it closes",
            "HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            false,
            true,
            429,
            false);
        row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false, true, 200, false);
        row("after interim answers",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            false,
            true,
            404,
            true);
        row("more than asked for",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n",
            false,
            true,
            200,
            false);
        row("cut body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", true, false, 200, false);
        row("cut chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nok",
            true,
            false,
            200,
            false);
        row("broken chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            false,
            false,
            200,
            false);
        row("cut head", "HTTP/1.1 200 OK\r\nContent-Le", true, false, 0, false);
        row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", false, false, 0, false);
        row("nothing", "", true, false, 0, false);
        row("another protocol",
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
            false,
            false,
            0,
            false);
    }
    void tellsAnswersFromBreakage()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, closes);
        const EchoServer server([&](const std::string&) {
            return EchoReply{bytes.toStdString(), closes, false};
        });
        Client client(server.address());
        const LoadAnswer answer = client.ask("GET", 0, 10s);
        QTEST(answer.outcome == Outcome::Answered, "isAnswered");
        QTEST(int{answer.status}, "status");
        QTEST(answer.isReusable, "isReusable");
        if (answer.outcome == Outcome::Answered) {
            QVERIFY(answer.bytes + 20 >= static_cast<std::uint64_t>(bytes.size()));
        } else {
            QCOMPARE(answer.outcome, Outcome::Broken);
        }
    }

    void aHeadAnswerHasNoBody()
    {
        const EchoServer server([](const std::string&) {
            return EchoReply{"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", false, false};
        });
        const LoadAnswer answer = Client(server.address()).ask("HEAD", 0, 10s);
        QCOMPARE(answer.outcome, Outcome::Answered);
        QVERIFY(answer.isReusable);
    }

    void sendsBodiesOfEverySize_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {0, 1, 16 * 1024, 16 * 1024 + 1, 3'000'000}) {
            QTest::addRow("%d", bytes) << bytes;
        }
    }
    void sendsBodiesOfEverySize()
    {
        QFETCH(const int, bytes);
        const EchoServer server;
        const LoadAnswer answer =
            Client(server.address()).ask("POST", static_cast<std::uint64_t>(bytes), 10s);
        QCOMPARE(answer.outcome, Outcome::Answered);
        QVERIFY(answer.isReusable);
        QVERIFY(server.heads().at(0).find("Content-Length: " + std::to_string(bytes)) !=
                std::string::npos);
    }

    void hearsARefusalBeforeTheBodyIsThrough()
    {
        const EchoServer server([](const std::string&) {
            return EchoReply{
                "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n", false, true};
        });
        // More than the sockets' buffers hold, so that the writer is still at it.
        const LoadAnswer answer = Client(server.address()).ask("POST", 64'000'000, 10s);
        QCOMPARE(answer.outcome, Outcome::Answered);
        QCOMPARE(answer.status, std::uint16_t{413});
        QVERIFY(!answer.isReusable);
    }

    void aSilentDoorTimesOut()
    {
        std::promise<void> end;
        const auto ended = end.get_future().share();
        const EchoServer server([&](const std::string&) {
            ended.wait();
            return EchoReply{};
        });
        const LoadAnswer answer = Client(server.address()).ask("GET", 0, 50ms);
        end.set_value();
        QCOMPARE(answer.outcome, Outcome::TimedOut);
    }

    void nobodyListens()
    {
        std::string address;
        {
            const EchoServer server;
            address = server.address();
        }
        QCOMPARE(Client(address).ask("GET", 0, 10s).outcome, Outcome::NotConnected);
    }

    void clientsHaveTheirOwnAddresses()
    {
        const EchoServer server;
        QCOMPARE(Client(server.address()).ask("GET", 0, 10s).outcome, Outcome::Answered);
        QCOMPARE(server.clients(), std::vector<std::string>{"127.0.3.5"});
    }

private:
    static QByteArray large()
    {
        const QByteArray body(1'000'000, 'y');
        return "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body;
    }
};

LAB_TEST(LoadExchangeTest)
#include "tst_load_exchange.moc"
