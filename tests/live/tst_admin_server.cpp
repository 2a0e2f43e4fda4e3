#include "support/test_main.hpp"

#include "live/admin_server.hpp"
#include "support/raw_client.hpp"

using namespace lab::live;
using lab::test::ask;
using lab::test::connectTo;
using lab::test::get;
using lab::test::RawAnswer;
using lab::test::RawSocket;

namespace {

/// An admin interface that says what it was asked.
struct World {
    explicit World(const std::string& token = {})
        : server(
              worker,
              [](const AdminRequest& request) {
                  AdminAnswer answer;
                  answer.status = request.target == "/missing" ? 404 : 200;
                  answer.contentType = "application/json";
                  answer.body = std::string(request.method) + ' ' + std::string(request.target) +
                                std::string(request.body);
                  return answer;
              },
              token)
        , address(server.listen(*socketAddress("127.0.0.1", 0))->text())
    {
        worker.start();
    }
    ~World() { worker.stop(); }

    LiveClock clock;
    Worker worker{clock, "test-admin"};
    AdminServer server;
    std::string address;
};

} // namespace

/// The admin interface answers to this machine only, and changes nothing.
class AdminServerTest : public QObject {
    Q_OBJECT

private slots:
    void asksItsHandler()
    {
        World world;
        RawSocket client = connectTo(world.address);
        const RawAnswer answer = ask(client, get("/metrics?x=1", "", world.address));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("GET /metrics?x=1"));
        QCOMPARE(answer.field("Content-Type"), std::string("application/json"));
        QCOMPARE(ask(client, get("/missing", "", "localhost")).status, 404); // kept alive
        client.send("HEAD /metrics HTTP/1.1\r\nHost: [::1]:9901\r\n\r\n");
        const RawAnswer head = lab::test::receiveAnswer(client, true);
        QCOMPARE(head.status, 200);
        QCOMPARE(head.field("Content-Length"), std::string("13"));
        QCOMPARE(ask(client, get("/last", "Connection: close\r\n", "127.0.0.1")).status, 200);
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void answersToLoopbackNamesOnly_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isLoopback");
        const auto row = [](const char* host, bool isLoopback) {
            QTest::newRow(host) << host << isLoopback;
        };
        row("127.0.0.1", true);
        row("127.0.0.1:9901", true);
        row("127.1.2.3:9901", true);
        row("localhost", true);
        row("LocalHost:9901", true);
        row("localhost.:9901", true);
        row("[::1]", true);
        row("[::1]:9901", true);
        row("shop.lab", false);
        row("127.example.com", false); // a name, wherever it leads
        row("127.0.0.1.example.com:9901", false);
        row("127.0.0.1example.com", false);
        row("localhost.example.com", false);
        row("[::2]", false);
        row("10.0.0.1", false);
        row("0.0.0.0:9901", false);
        row("2130706433", false);
    }
    void answersToLoopbackNamesOnly()
    {
        QFETCH(const QString, host);
        QFETCH(const bool, isLoopback);
        QCOMPARE(isLoopbackHost(host.toStdString()), isLoopback);
        World world;
        RawSocket client = connectTo(world.address);
        QCOMPARE(ask(client, get("/", "", host.toStdString())).status, isLoopback ? 200 : 421);
    }

    void refusesWhatWouldChangeSomething_data()
    {
        QTest::addColumn<QString>("method");
        for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
            QTest::newRow(method) << method;
        }
    }
    void refusesWhatWouldChangeSomething()
    {
        QFETCH(const QString, method);
        World world;
        RawSocket client = connectTo(world.address);
        const RawAnswer answer =
            ask(client, method.toStdString() + " /faults HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(answer.status, 403); // it was given no token
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void whoHasTheTokenMayWrite_data()
    {
        QTest::addColumn<QString>("credentials");
        QTest::addColumn<int>("status");
        QTest::newRow("the token") << "Bearer s3cret" << 200;
        QTest::newRow("schemes have no case") << "bearer s3cret" << 200;
        QTest::newRow("another one") << "Bearer s3creT" << 401;
        QTest::newRow("a part of it") << "Bearer s3cre" << 401;
        QTest::newRow("more than it") << "Bearer s3cret1" << 401;
        QTest::newRow("another scheme") << "Basic s3cret" << 401;
        QTest::newRow("nothing") << "" << 401;
    }
    void whoHasTheTokenMayWrite()
    {
        QFETCH(const QString, credentials);
        QFETCH(const int, status);
        World world("s3cret");
        RawSocket client = connectTo(world.address);
        const RawAnswer answer =
            ask(client,
                "PUT /scenario?dryRun=all HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                    credentials.toStdString() + "\r\nContent-Length: 5\r\n\r\nhello");
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.has("WWW-Authenticate: Bearer"), status == 401);
        QCOMPARE(answer.body == "PUT /scenario?dryRun=allhello", status == 200);
    }

    void aBodyMayComeInPieces()
    {
        World world("t");
        RawSocket client = connectTo(world.address);
        client.send("PUT /s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n");
        std::string sent;
        for (int i = 0; i < 50; ++i) {
            const std::string piece(1000, static_cast<char>('a' + i % 26));
            client.send("3e8\r\n" + piece + "\r\n");
            sent += piece;
        }
        client.send("0\r\n\r\n");
        QCOMPARE(lab::test::receiveAnswer(client).body, "PUT /s" + sent);
    }

    void aBodyThatIsNoneIsRefused()
    {
        World world("t");
        RawSocket client = connectTo(world.address);
        const RawAnswer answer =
            ask(client,
                "PUT /s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
                "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        QCOMPARE(answer.status, 400);
    }

    void refusesWhatIsNoRequest()
    {
        World world;
        RawSocket client = connectTo(world.address);
        QCOMPARE(ask(client, "nonsense\r\n\r\n").status, 400);
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void aTakenAddressIsAnError()
    {
        World world;
        AdminServer second(world.worker, [](const auto&) { return AdminAnswer(); });
        const auto bound = second.listen(*socketAddress(std::string_view(world.address)));
        QVERIFY(!bound.has_value());
        QCOMPARE(bound.error().kind(), lab::ErrorKind::Environment);
    }
};

LAB_TEST(AdminServerTest)
#include "tst_admin_server.moc"
