#include "support/test_main.hpp"

#include "cost/availability.hpp"

#include <cmath>

using namespace lab;

namespace {

constexpr double fourNines = 0.9999;
constexpr double hours = 730;

} // namespace

/// Shared doors fail less often and hit everybody; own doors fail more often and hit one.
class AvailabilityTest : public QObject {
    Q_OBJECT

private slots:
    // 1 − Aᴺ, and its minutes a month
    void somethingIsDownMoreOftenTheMoreDoorsThereAre_data()
    {
        QTest::addColumn<int>("doors");
        QTest::addColumn<double>("share"); // of a hundred thousand
        QTest::addColumn<double>("minutes");
        QTest::newRow("one") << 1 << 10.0 << 4.4;
        QTest::newRow("12") << 12 << 120.0 << 52.5;
        QTest::newRow("100") << 100 << 995.0 << 435.8;
        QTest::newRow("1000") << 1000 << 9517.0 << 4168.3;
    }
    void somethingIsDownMoreOftenTheMoreDoorsThereAre()
    {
        QFETCH(int, doors);
        QFETCH(double, share);
        QFETCH(double, minutes);
        const double down = cost::anyDown(fourNines, static_cast<std::size_t>(doors));
        QCOMPARE(std::round(down * 1e5), share);
        QVERIFY(std::abs(cost::minutesOf(down, hours) - minutes) < 0.05);
    }

    // β(1 − A) + ((1 − β)(1 − A))ᴺ
    void commonCausesTakeAllDown()
    {
        QVERIFY(std::abs(cost::allDown(fourNines, 1) - 1e-4) < 1e-12);
        QVERIFY(std::abs(cost::allDown(fourNines, 2) - 1e-8) < 1e-12);
        QVERIFY(std::abs(cost::allDown(fourNines, 100, 0.1) - 1e-5) < 1e-12);
        QVERIFY(std::abs(cost::allDown(fourNines, 100, 1) - 1e-4) < 1e-12);
        QCOMPARE(cost::allDown(fourNines, 0), 0.0);
    }

    // Σ C(n,j) aʲ (1 − a)ⁿ⁻ʲ
    void enoughReplicasAreUp()
    {
        QVERIFY(std::abs(cost::enoughUp(0.9, 3, 2) - 0.972) < 1e-12);
        QVERIFY(std::abs(cost::enoughUp(0.9, 3, 1) - 0.999) < 1e-12);
        QVERIFY(std::abs(cost::enoughUp(0.9, 1, 1) - 0.9) < 1e-12);
        QVERIFY(std::abs(cost::enoughUp(0.9, 3, 0) - 1.0) < 1e-12);
        QCOMPARE(cost::enoughUp(0.9, 2, 3), 0.0);
    }

    void aJourneyNeedsEveryDoorOnItsWay()
    {
        QVERIFY(std::abs(cost::journeyAvailability(fourNines, 5, false) - std::pow(fourNines, 5)) <
                1e-12);
        QCOMPARE(cost::journeyAvailability(fourNines, 5, true), fourNines);
        QCOMPARE(cost::journeyAvailability(fourNines, 0, true), 1.0);
    }
};

LAB_TEST(AvailabilityTest)
#include "tst_availability.moc"
