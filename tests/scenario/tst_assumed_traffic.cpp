#include "support/test_main.hpp"

#include "scenario/assumed_traffic.hpp"

using namespace lab;
using scenario::AssumedTraffic;
using scenario::TrafficAssumption;

namespace {

model::Cluster shop()
{
    model::Cluster cluster;
    for (const char* name : {"cart", "web"}) {
        model::Service service;
        service.meta.nameSpace = "shop";
        service.meta.name = name;
        cluster.services.push_back(service);
    }
    return cluster;
}

TrafficAssumption requests(std::vector<std::string> rates)
{
    TrafficAssumption assumption;
    assumption.requests = std::move(rates);
    return assumption;
}

} // namespace

/// What a Service is assumed to carry, and which Services carry something else.
class AssumedTrafficTest : public QObject {
    Q_OBJECT

private slots:
    // n = r ÷ k, L = n · w (Little), both directions of bytes
    void theCommonWorkloadComesOut()
    {
        const auto traffic = AssumedTraffic::read({}, shop());
        const cost::BilledTraffic one = traffic->of("shop/cart");
        QCOMPARE(one.requestsPerSecond, 50.0);
        QCOMPARE(one.newConnectionsPerSecond, 5.0);
        QCOMPARE(one.activeConnections, 300.0);
        QCOMPARE(one.bytesPerSecond * 3600 / 1e9, 1.98);
        QCOMPARE(one.inboundBytesPerSecond, 50'000.0);
        const cost::BilledTraffic two = scenario::plus(one, one);
        QCOMPARE(two.activeConnections, 600.0);
        QCOMPARE(two.inboundBytesPerSecond, 100'000.0);
        QCOMPARE(traffic->text(),
                 "50 requests/s a service; 1,000 + 10,000 bytes each, 10 a connection of 60 s");
    }

    void oneServiceMayCarryMore()
    {
        const auto traffic = AssumedTraffic::read(requests({"20", "cart=200"}), shop());
        QCOMPARE(traffic->of("shop/cart").requestsPerSecond, 200.0);
        QCOMPARE(traffic->of("shop/web").requestsPerSecond, 20.0);
        QVERIFY(QString::fromStdString(traffic->text())
                    .startsWith("20 requests/s a service, shop/cart 200; "));
    }

    void wrongRatesAndNamesAreSaid_data()
    {
        QTest::addColumn<QString>("rate");
        QTest::addColumn<QString>("message");
        for (const char* rate : {"x", "-1", "1e10", "nan", "cart=", "cart=fast", ""}) {
            QTest::newRow(rate) << rate << "--requests takes a number a second";
        }
        QTest::newRow("nobody") << "crat=5"
                                << "service \"crat\" does not exist; did you mean \"cart\"?";
    }
    void wrongRatesAndNamesAreSaid()
    {
        QFETCH(QString, rate);
        QFETCH(QString, message);
        const auto traffic = AssumedTraffic::read(requests({rate.toStdString()}), shop());
        QVERIFY(!traffic);
        QCOMPARE(traffic.error().kind(), ErrorKind::WrongUse);
        const QString shown = QString::fromStdString(traffic.error().message());
        QVERIFY2(shown.startsWith(message), qPrintable(shown));
    }
};

LAB_TEST(AssumedTrafficTest)
#include "tst_assumed_traffic.moc"
