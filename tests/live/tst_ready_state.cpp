#include "support/test_main.hpp"

#include "live/live_engine.hpp"

using namespace lab::live;
using lab::DoorId;
using lab::plan::Style;

/// What listens where.
class ReadyStateTest : public QObject {
    Q_OBJECT

private slots:
    void findsAnAddress_data()
    {
        QTest::addColumn<bool>("isIngress");
        QTest::addColumn<int>("door");
        QTest::addColumn<bool>("isTls");
        QTest::addColumn<QByteArray>("address");
        QTest::newRow("plain") << true << 0 << false << QByteArray("127.0.0.1:8080");
        QTest::newRow("over TLS") << true << 0 << true << QByteArray("127.0.0.1:8443");
        QTest::newRow("the other style's") << false << 0 << false << QByteArray("127.0.1.1:8080");
        QTest::newRow("no such port") << false << 0 << true << QByteArray();
        QTest::newRow("no such door") << true << 1 << false << QByteArray();
    }
    void findsAnAddress()
    {
        QFETCH(const bool, isIngress);
        QFETCH(const int, door);
        QFETCH(const bool, isTls);
        QFETCH(const QByteArray, address);
        ReadyState ready;
        BoundDoor ingress{Style::Ingress, DoorId(0), "ingress", {}, {}};
        ingress.ports = {{80, false, "127.0.0.1:8080", {}}, {443, true, "127.0.0.1:8443", {}}};
        BoundDoor cart{Style::PerService, DoorId(0), "default/cart", {}, {}};
        cart.ports = {{80, false, "127.0.1.1:8080", {}}};
        ready.doors = {cart, ingress};
        QCOMPARE(ready.addressOf(isIngress ? Style::Ingress : Style::PerService,
                                 DoorId(static_cast<std::size_t>(door)),
                                 isTls),
                 address.toStdString());
    }
};

LAB_TEST(ReadyStateTest)
#include "tst_ready_state.moc"
