#include "support/test_main.hpp"

#include "live/socket_address.hpp"
#include "live/unique_fd.hpp"
#include "support/raw_socket.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace lab::live;

namespace {

int option(int fd, int level, int name)
{
    int value = -1;
    socklen_t length = sizeof value;
    ::getsockopt(fd, level, name, &value, &length);
    return value;
}

} // namespace

/// Addresses read and written, and what a socket says when it cannot be had.
class SocketAddressTest : public QObject {
    Q_OBJECT

private slots:
    void readsAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<bool>("isLoopback");
        QTest::newRow("v4") << "127.0.0.1:3000"
                            << "127.0.0.1" << 3000 << true;
        QTest::newRow("v4, not loopback") << "10.1.2.3:80"
                                          << "10.1.2.3" << 80 << false;
        QTest::newRow("all of 127/8") << "127.64.3.2:1"
                                      << "127.64.3.2" << 1 << true;
        QTest::newRow("v6") << "[::1]:65535"
                            << "::1" << 65'535 << true;
        QTest::newRow("v6, not loopback") << "[fe80::2]:0"
                                          << "fe80::2" << 0 << false;
    }
    void readsAddresses()
    {
        QFETCH(const QString, text);
        const auto address = socketAddress(std::string_view(text.toStdString()));
        QVERIFY(address.has_value());
        QCOMPARE(QString::fromStdString(address->text()), text);
        QTEST(QString::fromStdString(address->host()), "host");
        QTEST(int{address->port()}, "port");
        QTEST(address->isLoopback(), "isLoopback");
    }

    void localhostIsAName()
    {
        QCOMPARE(socketAddress(std::string_view("localhost:3000"))->text(),
                 std::string("127.0.0.1:3000"));
    }

    void refusesWithWhatToWrite_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "127.0.0.1",
                                 ":80",
                                 "127.0.0.1:",
                                 "127.0.0.1:65536",
                                 "127.0.0.1:-1",
                                 "127.0.0.1:80x",
                                 "127.0.0.1: 80",
                                 "shop.lab:80",
                                 "[::1]",
                                 "[127.0.0.1:80",
                                 "256.0.0.1:80",
                                 "[]:80"}) {
            QTest::newRow(text) << text;
        }
    }
    void refusesWithWhatToWrite()
    {
        QFETCH(const QString, text);
        const std::string bytes = text.toStdString();
        const auto address = socketAddress(std::string_view(bytes));
        QVERIFY(!address.has_value());
        QCOMPARE(address.error().kind(), lab::ErrorKind::Environment);
        QVERIFY(QString::fromStdString(address.error().message()).contains("write one such as"));
    }

    void picksAFreePortAndListens()
    {
        const UniqueFd fd(*listenOn(*socketAddress("127.0.0.1", 0)));
        const SocketAddress bound = localAddressOf(fd.get());
        QVERIFY(bound.port() != 0);
        QCOMPARE(option(fd.get(), SOL_SOCKET, SO_ACCEPTCONN), 1);
        const lab::test::RawSocket client = lab::test::connectTo(bound.text());
        QCOMPARE(peerAddressOf(client.fd()).text(), bound.text());
    }

    void aTakenPortIsToldWithARemedy()
    {
        const UniqueFd holder(*listenOn(*socketAddress("127.0.0.1", 0)));
        const SocketAddress taken = localAddressOf(holder.get());
        const auto second = listenOn(taken);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().kind(), lab::ErrorKind::Environment);
        const QString message = QString::fromStdString(second.error().message());
        QVERIFY2(message.contains(QString::fromStdString(taken.text())), qPrintable(message));
        QVERIFY2(message.contains("--port"), qPrintable(message));
    }

    void anAddressThatIsNotHereIsTold()
    {
        // 192.0.2.0/24 belongs to documentation (RFC 5737): no machine has it.
        const auto result = listenOn(*socketAddress("192.0.2.1", 0));
        QVERIFY(!result.has_value());
        QVERIFY(QString::fromStdString(result.error().message()).contains("192.0.2.1"));
    }

    void connectsFromALoopbackSource_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("seen");
        QTest::newRow("none") << ""
                              << "127.0.0.1";
        QTest::newRow("a client's") << "127.0.3.7"
                                    << "127.0.3.7";
        QTest::newRow("not loopback: not looked at") << "192.0.2.1"
                                                     << "127.0.0.1";
        QTest::newRow("other family: not looked at") << "::1"
                                                     << "127.0.0.1";
    }
    void connectsFromALoopbackSource()
    {
        QFETCH(const QString, source);
        const lab::test::RawListener listener;
        SocketAddress from;
        if (!source.isEmpty()) {
            from = *socketAddress(source.toStdString(), 4711); // the port plays no part
        }
        const auto target = *socketAddress(std::string_view(listener.address()));
        const UniqueFd client(beginConnect(target, source.isEmpty() ? nullptr : &from));
        QVERIFY(client.get() >= 0);
        const lab::test::RawSocket accepted = listener.accept();
        QTEST(QString::fromStdString(peerAddressOf(accepted.fd()).host()), "seen");
        QVERIFY(peerAddressOf(accepted.fd()).port() != 4711);
        QCOMPARE(option(client.get(), IPPROTO_TCP, TCP_NODELAY), 1);
    }

    void manyMayConnectFromOneSource()
    {
        const lab::test::RawListener listener;
        const auto target = *socketAddress(std::string_view(listener.address()));
        const SocketAddress from = *socketAddress("127.0.3.7", 0);
        std::vector<UniqueFd> clients;
        for (int i = 0; i < 200; ++i) {
            clients.emplace_back(beginConnect(target, &from));
            QVERIFY(clients.back().get() >= 0);
        }
    }

    void aClosedPortRefuses()
    {
        std::string address;
        {
            const lab::test::RawListener listener;
            address = listener.address();
        }
        QVERIFY(lab::test::isRefused(address)); // at once or when it is awaited
    }

    void whatCannotBeReachedAtAllIsAnErrno()
    {
        // A broadcast address takes no TCP connection, and is refused before any wait.
        const int fd = beginConnect(*socketAddress("255.255.255.255", 80));
        QVERIFY(fd < 0);
    }
};

LAB_TEST(SocketAddressTest)
#include "tst_socket_address.moc"
