#include "support/test_main.hpp"

#include "scenario/bench_door.hpp"
#include "support/held_port.hpp"

using lab::scenario::BenchContract;
using lab::scenario::BenchDoor;

/// One door of the proxies' comparison, started and ended.
class BenchDoorTest : public QObject {
    Q_OBJECT

private slots:
    void itListensWhereItIsToldAndLetsGo()
    {
        lab::test::HeldPort port;
        BenchContract contract;
        contract.port = port.number();
        contract.backends = {"127.0.0.1:1"};
        {
            const auto refused = BenchDoor::start(contract);
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind(), lab::ErrorKind::Environment);
            QVERIFY(QString::fromStdString(refused.error().message())
                        .contains(QString::number(contract.port)));
        }
        port.release();
        for (int i = 0; i < 2; ++i) { // the second finds it free again
            const auto door = BenchDoor::start(contract);
            QVERIFY(door);
            QVERIFY((*door)->drain(std::chrono::seconds(1)));
        }
    }

    void aBrokenContractStartsNothing()
    {
        BenchContract contract;
        contract.routesFile = "/nowhere/routes.tsv";
        QVERIFY(!BenchDoor::start(contract));
    }
};

LAB_TEST(BenchDoorTest)
#include "tst_bench_door.moc"
