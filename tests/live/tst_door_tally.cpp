#include "support/test_main.hpp"

#include "live/door_tally.hpp"

using namespace lab::live;
using namespace std::chrono_literals;

/// What one worker counts at one door.
class DoorTallyTest : public QObject {
    Q_OBJECT

private slots:
    void durationsFallIntoTheBucketThatHoldsThem_data()
    {
        QTest::addColumn<qlonglong>("ns");
        QTest::addColumn<int>("bucket");
        QTest::newRow("nothing") << 0LL << 0;
        QTest::newRow("a bound belongs to its bucket") << 50'000LL << 0;
        QTest::newRow("just above") << 50'001LL << 1;
        QTest::newRow("a second") << 1'000'000'000LL << 13;
        QTest::newRow("longer than all bounds") << 10'000'000'001LL << 17;
    }
    void durationsFallIntoTheBucketThatHoldsThem()
    {
        QFETCH(const qlonglong, ns);
        QFETCH(const int, bucket);
        DoorTally tally;
        tally.took(lab::Duration(ns));
        DoorCounters sum;
        tally.addTo(sum);
        for (std::size_t i = 0; i < sum.durations.size(); ++i) {
            QCOMPARE(sum.durations[i], std::uint64_t{static_cast<int>(i) == bucket ? 1U : 0U});
        }
        QCOMPARE(sum.durationSum, lab::Duration(ns));
    }

    void workersTalliesAddUp()
    {
        DoorTally one;
        DoorTally other;
        one.connectionsAccepted.add(5);
        one.connectionsClosed.add(2);
        one.answered(404);
        other.connectionsAccepted.add();
        other.answered(404);
        other.answered(200);
        other.bytesOut.add(100);
        DoorCounters sum;
        one.addTo(sum);
        other.addTo(sum);
        QCOMPARE(sum.connectionsAccepted, std::uint64_t{6});
        QCOMPARE(sum.connectionsOpen, std::uint64_t{4});
        QCOMPARE(sum.responsesByClass[4], std::uint64_t{2});
        QCOMPARE(sum.responsesByClass[2], std::uint64_t{1});
        QCOMPARE(sum.bytesOut, std::uint64_t{100});
    }
};

LAB_TEST(DoorTallyTest)
#include "tst_door_tally.moc"
