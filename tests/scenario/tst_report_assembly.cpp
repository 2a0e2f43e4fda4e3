#include "support/test_main.hpp"

#include "scenario/report_assembly.hpp"
#include "scenario/two_doors_fixture.hpp"

using namespace lab;
using measurement::Measurements;
using measurement::Outcome;

namespace {

Measurements measured()
{
    Measurements m;
    m.measured = std::chrono::seconds(2);
    m.offered = 1000;
    m.admitted = 404;
    m.idealAdmitted = 400;
    m.requestBytes = 100'000;
    m.responseBytes = 500'000;
    m.connectionsOpened = 50;
    m.outcomeCounts = {{Outcome::Answered, 800}, {Outcome::NoDoor, 200}};
    m.services["default/web"] = {600, 300, 60'000, 400'000};
    m.services["default/api"] = {200, 104, 40'000, 100'000};
    return m;
}

} // namespace

/// Plans and counters become what is priced and reported.
class ReportAssemblyTest : public QObject {
    Q_OBJECT

private slots:
    void aLimitIsHeldUpToOnePercent_data()
    {
        QTest::addColumn<int>("admitted");
        QTest::addColumn<bool>("isHeld");
        QTest::newRow("below") << 390 << true;
        QTest::newRow("1 % over") << 404 << true;
        QTest::newRow("more") << 405 << false;
        QTest::newRow("twice") << 800 << false;
    }
    void aLimitIsHeldUpToOnePercent()
    {
        QFETCH(int, admitted);
        QFETCH(bool, isHeld);
        Measurements m = measured();
        m.admitted = static_cast<std::uint64_t>(admitted);
        const auto verdict =
            scenario::limitVerdict({200, 20, false}, *test::planTwoDoors().ingress, m);
        QCOMPARE(verdict.isHeld, isHeld);
        QCOMPARE(verdict.factor, admitted / 400.0);
        QCOMPARE(verdict.idealPerSecond, 200.0);
        QCOMPARE(verdict.offeredPerSecond, 500.0);
        QCOMPARE(verdict.enforcingPoints, std::size_t{1});
    }

    void everyPointHasABucketOfItsOwn()
    {
        const auto plans = test::planTwoDoors(3);
        QCOMPARE(scenario::limitVerdict({}, *plans.perService, measured()).enforcingPoints,
                 std::size_t{2});
        QCOMPARE(scenario::limitVerdict({}, *plans.ingress, measured()).enforcingPoints,
                 std::size_t{3});
    }

    void aServicesDoorCarriesItsService()
    {
        const auto plan = test::planTwoDoors().perService;
        const auto traffic = scenario::billedTraffic(*plan, measured());
        const auto rows = scenario::doorRows(*plan, measured());
        QCOMPARE(rows.size(), plan->doors.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool isWeb = plan->doors[i].service == "default/web";
            QCOMPARE(rows[i].requests, isWeb ? std::uint64_t{600} : std::uint64_t{200});
            QCOMPARE(traffic[i].requestsPerSecond, isWeb ? 300.0 : 100.0);
            QCOMPARE(traffic[i].bytesPerSecond, isWeb ? 230'000.0 : 70'000.0);
            QCOMPARE(traffic[i].inboundBytesPerSecond, isWeb ? 30'000.0 : 20'000.0);
            QCOMPARE(traffic[i].newConnectionsPerSecond, isWeb ? 15.0 : 5.0);
        }
    }

    void theSharedDoorCarriesWhatWasSent()
    {
        const auto plan = test::planTwoDoors().ingress;
        const auto rows = scenario::doorRows(*plan, measured());
        QCOMPARE(rows.at(0).name, "ingress");
        QCOMPARE(rows.at(0).requests, std::uint64_t{800}); // 200 had no door
        QCOMPARE(rows.at(1).role, plan::DoorRole::Controller);
        QCOMPARE(rows.at(1).requests, std::uint64_t{800});
        QCOMPARE(scenario::billedTraffic(*plan, measured()).at(0).bytesPerSecond, 300'000.0);
    }

    void aStyleReportHoldsItAll()
    {
        const auto plan = test::planTwoDoors().perService;
        cost::Bill bill;
        bill.amount = 12;
        const auto style =
            scenario::styleReport(*plan, measured(), bill, plan::OverallLimit{200, 20, false});
        QVERIFY(style.style == plan::Style::PerService);
        QCOMPARE(style.loadBalancers, std::size_t{2});
        QCOMPARE(style.certificates, std::size_t{2});
        QCOMPARE(style.controllers, std::size_t{0});
        QCOMPARE(style.monthlyCost.amount, 12.0);
        QCOMPARE(style.measurements.offered, std::uint64_t{1000});
        QVERIFY(style.overallLimit.has_value());
        QVERIFY(!scenario::styleReport(*plan, {}, {}, {}).overallLimit);
    }
};

LAB_TEST(ReportAssemblyTest)
#include "tst_report_assembly.moc"
