#include "support/test_main.hpp"

#include "live/http2_world.hpp"

#include <malloc.h>
#include <thread>
#include <vector>

using namespace lab::live;
using lab::DoorId;
using lab::test::ask;
using lab::test::get;
using lab::test::Http2Answer;
using lab::test::Http2Client;
using lab::test::http2Plan;
using lab::test::http2Request;
using lab::test::LiveWorld;
using lab::test::patientOptions;
using lab::test::RawSocket;

namespace {

/// A client that offers these protocols by ALPN.
struct Offering {
    explicit Offering(const std::string& protocols)
        : context(SSL_CTX_new(TLS_client_method()))
    {
        const auto* bytes = reinterpret_cast<const unsigned char*>(protocols.data());
        if (!protocols.empty()) {
            SSL_CTX_set_alpn_protos(context, bytes, static_cast<unsigned int>(protocols.size()));
        }
    }
    ~Offering() { SSL_CTX_free(context); }
    Offering(const Offering&) = delete;
    Offering& operator=(const Offering&) = delete;
    SSL_CTX* context;
};

std::string chosenBy(RawSocket& client)
{
    const unsigned char* chosen = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(client.ssl(), &chosen, &length);
    return {reinterpret_cast<const char*>(chosen), length};
}

/// What that client would send for these bytes.
std::string sealed(RawSocket& client, const std::string& bytes)
{
    BIO* const socket = SSL_get_wbio(client.ssl());
    BIO_up_ref(socket);
    BIO* const kept = BIO_new(BIO_s_mem());
    BIO_up_ref(kept);
    SSL_set0_wbio(client.ssl(), kept);
    SSL_write(client.ssl(), bytes.data(), static_cast<int>(bytes.size()));
    SSL_set0_wbio(client.ssl(), socket);
    char* begin = nullptr;
    const long length = BIO_get_mem_data(kept, &begin);
    std::string record(begin, static_cast<std::size_t>(length));
    BIO_free(kept);
    return record;
}

} // namespace

/// Which protocol a connection speaks, and that both are served the same.
class HttpConnectionTest : public QObject {
    Q_OBJECT

private slots:
    void alpnChooses_data()
    {
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("both") << QByteArray("\x08http/1.1\x02h2") << QByteArray("h2");
        QTest::newRow("h2") << QByteArray("\x02h2") << QByteArray("h2");
        QTest::newRow("http/1.1") << QByteArray("\x08http/1.1") << QByteArray("http/1.1");
        QTest::newRow("neither") << QByteArray() << QByteArray();
    }
    void alpnChooses()
    {
        QFETCH(QByteArray, offered);
        QFETCH(QByteArray, chosen);
        LiveWorld world(http2Plan());
        const Offering tls(offered.toStdString());
        RawSocket socket = lab::test::connectTo(world.address(DoorId(0), true));
        QVERIFY(socket.secure(tls.context, "shop.lab"));
        QCOMPARE(QByteArray::fromStdString(chosenBy(socket)), chosen);
        if (chosen == "h2") {
            Http2Client client(std::move(socket));
            const Http2Answer& answer = client.ask(http2Request("GET", "/a"));
            QCOMPARE(answer.status, 200);
            QVERIFY(
                QString::fromStdString(answer.body).contains("\"X-Forwarded-Proto\":[\"https\"]"));
        } else {
            QCOMPARE(ask(socket, get("/a")).status, 200);
        }
        QCOMPARE(world.counters().requests, std::uint64_t{1});
        QCOMPARE(world.counters().responsesByClass[2], std::uint64_t{1});
    }

    void aPlainPortTakesThePreface_data()
    {
        QTest::addColumn<bool>("isCut");
        QTest::newRow("at once") << false;
        QTest::newRow("byte by byte") << true;
    }
    void aPlainPortTakesThePreface()
    {
        QFETCH(bool, isCut);
        LiveWorld world(http2Plan());
        RawSocket socket = world.client();
        const std::string bytes =
            lab::test::http2Opening +
            lab::test::http2Frame(1,
                                  5,
                                  1,
                                  lab::test::http2Literal(":method", "GET") +
                                      lab::test::http2Literal(":scheme", "http") +
                                      lab::test::http2Literal(":authority", "shop.lab") +
                                      lab::test::http2Literal(":path", "/a"));
        for (std::size_t i = 0; isCut && i < bytes.size(); ++i) {
            QVERIFY(socket.send(bytes.substr(i, 1)));
        }
        QVERIFY(isCut || socket.send(bytes));
        QVERIFY(!socket.receiveUntil("\"path\":\"/a\"").empty());
        QCOMPARE(socket.state(), RawSocket::State::Open);
        QCOMPARE(world.counters().responsesByClass[2], std::uint64_t{1});
    }

    void aPrefaceOverTlsNeedsAlpn()
    {
        LiveWorld world(http2Plan());
        const Offering tls("");
        RawSocket socket = lab::test::connectTo(world.address(DoorId(0), true));
        QVERIFY(socket.secure(tls.context, "shop.lab"));
        QVERIFY(socket.send(lab::test::http2Opening));
        QVERIFY(socket.receiveAll().starts_with("HTTP/1.1 "));
    }

    void aMethodThatBeginsAlikeIsHttp1()
    {
        LiveWorld world(http2Plan());
        RawSocket socket = world.client();
        QVERIFY(socket.send("P"));
        QCOMPARE(
            ask(socket, "UT /a HTTP/1.1\r\nHost: shop.lab\r\nContent-Length: 2\r\n\r\nok").status,
            200);
        QCOMPARE(ask(socket, get("/b")).status, 200);
    }

    void bothProtocolsAreDecidedTheSame_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("a pod") << QByteArray("/a?b=c") << QByteArray("shop.lab");
        QTest::newRow("no pod") << QByteArray("/empty") << QByteArray("shop.lab");
        QTest::newRow("no route") << QByteArray("/a") << QByteArray("other.lab");
        QTest::newRow("above the root") << QByteArray("/../..") << QByteArray("shop.lab");
        QTest::newRow("a broken escape") << QByteArray("/%zz") << QByteArray("shop.lab");
    }
    void bothProtocolsAreDecidedTheSame()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, host);
        LiveWorld world(http2Plan());
        RawSocket http1 = world.client();
        const auto one = ask(http1, get(target.toStdString(), {}, host.toStdString()));
        Http2Client http2(world.client());
        const Http2Answer& two =
            http2.ask(http2Request("GET", target.toStdString(), {}, host.toStdString()));
        QCOMPARE(two.status, one.status);
        if (one.status == 200) { // but for the names' case and the version in Via
            QCOMPARE(two.body.size(), one.body.size());
        } else {
            QCOMPARE(two.body, one.body);
        }
    }

    void aLimitHoldsOverAllStreams()
    {
        lab::test::PlanBuilder builder;
        const DoorId door = builder.door("ingress");
        builder.route(door, "", "/", builder.upstream("cart", {builder.pod("cart-0")}));
        builder.at(door).limit = lab::limiting::BucketPolicy{0.001, 5};
        LiveWorld world(builder.build());
        Http2Client client(world.client());
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 20; ++i) {
            ids.push_back(client.begin(http2Request("GET", "/")));
        }
        int admitted = 0;
        for (const std::int32_t id : ids) {
            const Http2Answer& answer = client.finish(id);
            admitted += answer.status == 200;
            QVERIFY(answer.status == 200 || !answer.field("retry-after").empty());
        }
        QCOMPARE(admitted, 5);
        QCOMPARE(world.counters().refusedByLimit, std::uint64_t{15});
    }

    void halfATlsRecordKeepsNobodyWaiting_data()
    {
        QTest::addColumn<bool>("isFirst");
        QTest::newRow("before any request") << true;
        QTest::newRow("after a request") << false;
    }
    void halfATlsRecordKeepsNobodyWaiting()
    {
        QFETCH(const bool, isFirst);
        LiveWorld world(http2Plan());
        const Offering tls("");
        RawSocket slow = lab::test::connectTo(world.address(DoorId(0), true));
        QVERIFY(slow.secure(tls.context, "shop.lab"));
        QVERIFY(isFirst || ask(slow, get("/")).status == 200);
        const std::string record = sealed(slow, get("/"));
        const auto half = static_cast<ssize_t>(record.size() / 2);
        QCOMPARE(::send(slow.fd(), record.data(), record.size() / 2, MSG_NOSIGNAL), half);
        RawSocket other = world.client();
        for (int i = 0; i < 5; ++i) { // on the same worker
            QCOMPARE(ask(other, get("/")).status, 200);
        }
        QVERIFY(::send(slow.fd(),
                       record.data() + half,
                       record.size() - record.size() / 2,
                       MSG_NOSIGNAL) > 0);
        QCOMPARE(lab::test::receiveAnswer(slow).status, 200);
    }

    void aConnectionThatWaitsHoldsLittle()
    {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        LiveWorld world(http2Plan());
        RawSocket first = world.client();
        QCOMPARE(ask(first, get("/")).status, 200); // pools are filled
        const std::size_t before = ::mallinfo2().uordblks;
        constexpr std::size_t count = 300;
        std::vector<RawSocket> clients;
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(world.client());
            QCOMPARE(ask(clients.back(), get("/")).status, 200);
        }
        const std::size_t each = (::mallinfo2().uordblks - before) / count; // clients included
        QVERIFY2(each < 1500, qPrintable(QString::number(each)));
#else
        QSKIP("only glibc's own allocator tells what is in use");
#endif
    }

    void aDrainLetsStreamsEnd()
    {
        LiveWorld world(http2Plan());
        Http2Client client(world.client());
        const std::int32_t open = client.begin(http2Request("POST", "/a"), "x", false);
        QCOMPARE(client.ask(http2Request("GET", "/")).status, 200);
        std::thread drain([&] { world.engine->drain(lab::test::patience); });
        QVERIFY(client.turnUntil([&] { return client.hasGoAway(); }));
        client.sendMore(open, "y", true);
        QCOMPARE(client.finish(open).status, 200);
        QCOMPARE(client.goneAway(), std::uint32_t{NGHTTP2_NO_ERROR});
        drain.join();
    }
};

LAB_TEST(HttpConnectionTest)
#include "tst_http_connection.moc"
