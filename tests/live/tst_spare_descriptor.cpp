#include "support/test_main.hpp"

#include "live/socket_address.hpp"
#include "live/spare_descriptor.hpp"
#include "support/raw_socket.hpp"

#include <fcntl.h>
#include <sys/resource.h>

using namespace lab::live;
using lab::test::connectTo;
using lab::test::RawSocket;

/// Out of descriptors there is still one to get rid of a connection with.
class SpareDescriptorTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhenAnotherTookItsRoom()
    {
        const UniqueFd door(*listenOn(*socketAddress("127.0.0.1", 0)));
        RawSocket client = connectTo(localAddressOf(door.get()).text());
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit none = before;
        none.rlim_cur = 1; // below the spare one too; poll() wants 1
        SpareDescriptor spare;
        ::setrlimit(RLIMIT_NOFILE, &none);
        const bool isDropped = spare.dropNextOf(door.get());
        const bool isWaiting = client.isSilent();
        ::setrlimit(RLIMIT_NOFILE, &before);
        QVERIFY(!isDropped && isWaiting);
        spare.renew();
        QVERIFY(spare.dropNextOf(door.get()));
        QCOMPARE(client.end(), RawSocket::State::Ended);
    }

    void dropsOneConnectionAtATimeWithoutAFreeDescriptor()
    {
        const UniqueFd door(*listenOn(*socketAddress("127.0.0.1", 0)));
        const std::string address = localAddressOf(door.get()).text();
        SpareDescriptor spare;
        RawSocket first = connectTo(address);
        RawSocket second = connectTo(address);
        rlimit before{};
        ::getrlimit(RLIMIT_NOFILE, &before);
        rlimit now = before;
        {
            const UniqueFd next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
            now.rlim_cur = static_cast<rlim_t>(next.get());
        }
        ::setrlimit(RLIMIT_NOFILE, &now);
        const bool isFirstDropped = spare.dropNextOf(door.get());
        const bool isSecondWaiting = second.isSilent();
        const bool isSecondDropped = spare.dropNextOf(door.get());
        const bool isNobodyWaiting = spare.dropNextOf(door.get());
        ::setrlimit(RLIMIT_NOFILE, &before);
        QVERIFY(isSecondWaiting);
        QVERIFY(isFirstDropped && isSecondDropped);
        QVERIFY(isNobodyWaiting); // which is no lack of room
        QCOMPARE(first.end(), RawSocket::State::Ended);
        QCOMPARE(second.end(), RawSocket::State::Ended);
    }
};

LAB_TEST(SpareDescriptorTest)
#include "tst_spare_descriptor.moc"
