#include "support/test_main.hpp"
#include <QCoreApplication>

#include "scenario/port_owner.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/// Who holds a port, as far as the kernel tells.
class PortOwnerTest : public QObject {
    Q_OBJECT

private slots:
    void aListenerIsNamedAndAFreePortHasNone()
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        QCOMPARE(::bind(fd, generic, sizeof address), 0);
        QCOMPARE(::listen(fd, 1), 0);
        socklen_t length = sizeof address;
        ::getsockname(fd, generic, &length);
        const std::uint16_t port = ntohs(address.sin_port);

        const auto owner = lab::scenario::portOwner(port);
        QVERIFY(owner.has_value());
        const QString expected =
            " (pid " + QString::number(QCoreApplication::applicationPid()) + ')';
        QVERIFY2(QString::fromStdString(*owner).endsWith(expected), owner->c_str());
        ::close(fd);
        QVERIFY(!lab::scenario::portOwner(port));
    }
};

LAB_TEST(PortOwnerTest)
#include "tst_port_owner.moc"
