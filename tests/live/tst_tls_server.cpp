#include "support/test_main.hpp"

#include "certificates/lab_authority.hpp"
#include "live/tls_server.hpp"
#include "live/tunnel.hpp"
#include "support/socket_pair.hpp"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <future>

using namespace lab::live;
using lab::plan::PemPair;
using lab::test::LiveLoop;
using lab::test::Pending;
using lab::test::RawSocket;
using lab::test::SocketPair;
using namespace std::chrono_literals;

namespace {

using Certificate = std::shared_ptr<const LazyCertificate>;

Certificate toCertificate(const lab::Result<lab::certificates::IssuedCertificate>& issued)
{
    return std::make_shared<const LazyCertificate>(
        std::make_shared<const PemPair>(PemPair{issued->certificatePem, issued->keyPem}));
}

/// The first DNS name of the certificate that the client got.
std::string nameShown(const RawSocket& client)
{
    X509* const shown = SSL_get0_peer_certificate(client.ssl());
    if (shown == nullptr) {
        return "none";
    }
    for (const char* name : {"shop.lab", "pay.lab", "x.wild.lab", "ingress.local"}) {
        if (X509_check_host(shown, name, 0, 0, nullptr) == 1) {
            return name;
        }
    }
    return "unknown";
}

/// A TLS door on a loop, and a client's context that trusts its authority.
struct World {
    World()
    {
        door.add("shop.lab", toCertificate(authority->issue({"shop.lab"}, 1h)));
        door.add("*.wild.lab", toCertificate(authority->issue({"*.wild.lab"}, 1h)));
        door.setDefault(toCertificate(lab::certificates::selfSignedDefault()));
        BIO* const bytes = BIO_new_mem_buf(authority->certificatePem().data(), -1);
        X509* const root = PEM_read_bio_X509(bytes, nullptr, nullptr, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(clientContext.get()), root);
        X509_free(root);
        BIO_free(bytes);
    }

    /// Accepts on the loop's side and sends back what comes.
    Pending<Io> serve(int fd)
    {
        return loop.start([this, fd] { return echo(fd); });
    }
    Task<Io> echo(int fd)
    {
        SocketStream stream(loop.worker.reactor(), loop.worker.wheel(), fd);
        stream.secure(server->connection(door));
        Io io = co_await stream.handshake();
        std::string buffer(20'000, '\0');
        while (io.isDone()) {
            io = co_await stream.readable();
            if (io.isDone()) {
                io = co_await stream.read(buffer);
            }
            if (io.isDone()) {
                const std::string_view bytes(buffer.data(), io.bytes);
                io = co_await stream.write(bytes.substr(0, 1), bytes.substr(1));
            }
        }
        co_return io;
    }

    /// Runs what the client does on another thread, and the loop meanwhile.
    template <typename Call>
    auto withClient(Call call)
    {
        auto result = std::async(std::launch::async, call);
        loop.turnUntil([&] { return result.wait_for(0s) == std::future_status::ready; });
        return result.get();
    }

    bool handshake(const std::string& serverName)
    {
        served.push_back(serve(pair.fd));
        return withClient([&] { return pair.peer.secure(clientContext.get(), serverName); });
    }

    LiveLoop loop;
    lab::Result<lab::certificates::LabAuthority> authority =
        lab::certificates::LabAuthority::create();
    std::unique_ptr<TlsServer> server = std::move(*TlsServer::create());
    DoorCertificates door;
    std::unique_ptr<SSL_CTX, SslContextDeleter> clientContext{SSL_CTX_new(TLS_client_method())};
    SocketPair pair;
    std::vector<Pending<Io>> served;
};

} // namespace

/// Each client gets the certificate of the name it asks for, over TLS that is not broken.
class TlsServerTest : public QObject {
    Q_OBJECT

private slots:
    void choosesByName_data()
    {
        QTest::addColumn<QString>("serverName");
        QTest::addColumn<QString>("shown");
        QTest::newRow("exact") << "shop.lab"
                               << "shop.lab";
        QTest::newRow("upper case") << "SHOP.Lab"
                                    << "shop.lab";
        QTest::newRow("alias") << "shop.lab.localhost"
                               << "shop.lab";
        QTest::newRow("wildcard") << "a.wild.lab"
                                  << "x.wild.lab";
        QTest::newRow("two labels: no wildcard") << "a.b.wild.lab"
                                                 << "ingress.local";
        QTest::newRow("the wildcard's parent") << "wild.lab"
                                               << "ingress.local";
        QTest::newRow("unknown") << "pay.lab"
                                 << "ingress.local";
        QTest::newRow("without a name") << ""
                                        << "ingress.local";
    }
    void choosesByName()
    {
        QFETCH(const QString, serverName);
        World world;
        QVERIFY(world.handshake(serverName.toStdString()));
        QTEST(QString::fromStdString(nameShown(world.pair.peer)), "shown");
    }

    void theLabsCertificateIsTrustedByItsAuthority()
    {
        World world;
        SSL_CTX_set_verify(world.clientContext.get(), SSL_VERIFY_PEER, nullptr);
        QVERIFY(world.handshake("shop.lab"));
        QCOMPARE(SSL_get_verify_result(world.pair.peer.ssl()), long{X509_V_OK});
    }

    void refusesOldVersions_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("1.0") << TLS1_VERSION << false;
        QTest::newRow("1.1") << TLS1_1_VERSION << false;
        QTest::newRow("1.2") << TLS1_2_VERSION << true;
        QTest::newRow("1.3") << TLS1_3_VERSION << true;
    }
    void refusesOldVersions()
    {
        QFETCH(const int, version);
        World world;
        SSL_CTX* const context = world.clientContext.get();
        SSL_CTX_set_security_level(context, 0); // the client would do it
        SSL_CTX_set_min_proto_version(context, version);
        SSL_CTX_set_max_proto_version(context, version);
        QTEST(world.handshake("shop.lab"), "isTaken");
    }

    void agreesOnHttp11Only_data()
    {
        QTest::addColumn<QByteArray>("offered");
        QTest::addColumn<QByteArray>("chosen");
        QTest::newRow("both") << QByteArray("\x02h2\x08http/1.1") << QByteArray("http/1.1");
        QTest::newRow("h2 only") << QByteArray("\x02h2") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void agreesOnHttp11Only()
    {
        QFETCH(const QByteArray, offered);
        World world;
        SSL_CTX_set_alpn_protos(world.clientContext.get(),
                                reinterpret_cast<const unsigned char*>(offered.data()),
                                static_cast<unsigned>(offered.size()));
        QVERIFY(world.handshake("shop.lab"));
        const unsigned char* chosen = nullptr;
        unsigned length = 0;
        SSL_get0_alpn_selected(world.pair.peer.ssl(), &chosen, &length);
        QTEST(QByteArray(reinterpret_cast<const char*>(chosen), static_cast<int>(length)),
              "chosen");
    }

    void withoutAnyCertificateNobodyGetsIn()
    {
        World world;
        world.door = {};
        QVERIFY(world.door.isEmpty());
        QVERIFY(!world.handshake("shop.lab"));
        QVERIFY(world.loop.finish(world.served[0]));
        QCOMPARE((*world.served[0]).state, Io::State::Broken);
    }

    void aCertificateThatCannotBeDecodedIsNotPresented()
    {
        World world;
        world.door = {};
        world.door.setDefault(std::make_shared<const LazyCertificate>(
            std::make_shared<const PemPair>(PemPair{"no certificate", "no key"})));
        QVERIFY(!world.handshake("shop.lab"));
    }

    void theFirstOfOneNameStays()
    {
        const auto pem = std::make_shared<const PemPair>();
        const Certificate first = std::make_shared<const LazyCertificate>(pem);
        const Certificate second = std::make_shared<const LazyCertificate>(pem);
        DoorCertificates door;
        QVERIFY(door.find("shop.lab") == nullptr);
        door.add("shop.lab", first);
        door.add("shop.lab", second);
        QVERIFY(door.find("shop.lab") == first.get());
        QVERIFY(door.find("other.lab") == nullptr);
    }

    void carriesBytesAndEndsProperly()
    {
        World world;
        QVERIFY(world.handshake("shop.lab"));
        const std::string body(300'000, 'b');
        const auto sent = std::async(std::launch::async, [&] {
            // More than one record at a time, so that some wait decrypted in OpenSSL's buffer.
            std::string echoed;
            for (std::size_t i = 0; i < body.size(); i += 50'000) {
                world.pair.peer.send(std::string_view(body).substr(i, 50'000));
                echoed += world.pair.peer.receive(50'000);
            }
            return echoed == body;
        });
        auto& result = const_cast<std::future<bool>&>(sent);
        QVERIFY(
            world.loop.turnUntil([&] { return result.wait_for(0s) == std::future_status::ready; }));
        QVERIFY(result.get());
        world.pair.peer.finishSending();
        QVERIFY(world.loop.finish(world.served[0]));
        QCOMPARE((*world.served[0]).state, Io::State::End);
    }

    void aCutWithoutGoodbyeIsNoEnd()
    {
        World world;
        QVERIFY(world.handshake("shop.lab"));
        ::shutdown(world.pair.peer.fd(), SHUT_WR); // FIN without close_notify
        QVERIFY(world.loop.finish(world.served[0]));
        QCOMPARE((*world.served[0]).state, Io::State::Broken);
    }

    void readableWaitsWhileNothingIsDecrypted()
    {
        // After a request was read the socket may look readable: only a look inside tells.
        World world;
        QVERIFY(world.handshake("shop.lab"));
        world.withClient([&] {
            world.pair.peer.send("hello");
            return world.pair.peer.receive(5);
        });
        world.loop.turn();
        // Half a record: the header says 100 bytes, which never come.
        const char half[] = {0x17, 0x03, 0x03, 0x00, 0x64, 'x', 'y'};
        QCOMPARE(::send(world.pair.peer.fd(), half, sizeof half, 0), ssize_t{sizeof half});
        for (int i = 0; i < 20; ++i) {
            world.loop.worker.context().run_one_for(1ms); // would spin here for ever
        }
        QVERIFY(!world.served[0].isThere());
    }

    void halfARecordDoesNotSpinATunnel()
    {
        World world;
        SocketPair back;
        const auto tunnel = world.loop.start([&]() -> Task<TunnelEnd> {
            SocketStream client(
                world.loop.worker.reactor(), world.loop.worker.wheel(), world.pair.fd);
            SocketStream pod(world.loop.worker.reactor(), world.loop.worker.wheel(), back.fd);
            client.secure(world.server->connection(world.door));
            const Io io = co_await client.handshake();
            TunnelEnd bytes;
            if (io.isDone()) {
                bytes = co_await relayBothWays(world.loop.worker, client, pod, 1h);
            }
            co_return bytes;
        });
        QVERIFY(world.withClient(
            [&] { return world.pair.peer.secure(world.clientContext.get(), ""); }));
        const char half[] = {0x17, 0x03, 0x03, 0x00, 0x64, 'x', 'y'};
        QCOMPARE(::send(world.pair.peer.fd(), half, sizeof half, 0), ssize_t{sizeof half});
        for (int i = 0; i < 20; ++i) {
            world.loop.worker.context().run_one_for(1ms);
        }
        QVERIFY(!tunnel.isThere());
        back.peer.send("still served");
        const std::string seen = world.withClient([&] { return world.pair.peer.receive(12); });
        QCOMPARE(seen, std::string("still served"));
    }
};

LAB_TEST(TlsServerTest)
#include "tst_tls_server.moc"
