#include "support/test_main.hpp"

#include "base/random.hpp"
#include "measurement/record_ring.hpp"

#include <atomic>
#include <thread>

using namespace lab::measurement;

namespace {

/// A record all of whose words follow from `number`: a torn one shows.
DoorRecord recordOf(std::uint64_t number)
{
    const auto low = static_cast<std::uint32_t>(number);
    DoorRecord record;
    record.beganNs = static_cast<std::int64_t>(number);
    record.bodyAndHeadOut = ~number;
    record.bytesIn = low ^ 0x5555'5555U;
    record.headTicks = low;
    record.beforePodTicks = low + 1;
    record.upstreamTicks = low + 2;
    record.totalTicks = low + 3;
    record.doorAndPlan.word = low + 4;
    record.routeAndMethod.word = low + 5;
    record.upstreamAndTries.word = low + 6;
    record.endpointAndRefusal.word = low + 7;
    record.status = static_cast<std::uint16_t>(number);
    record.flags = static_cast<std::uint16_t>(number >> 16U);
    return record;
}

bool isWhole(const DoorRecord& record)
{
    const DoorRecord wanted = recordOf(static_cast<std::uint64_t>(record.beganNs));
    return std::memcmp(&record, &wanted, sizeof record) == 0;
}

} // namespace

/// The last records of a worker, read while it writes.
class RecordRingTest : public QObject {
    Q_OBJECT

private slots:
    void sizesArePowersOfTwoWithinBounds_data()
    {
        QTest::addColumn<quint64>("asked");
        QTest::addColumn<quint64>("capacity");
        QTest::newRow("too small") << quint64{0} << quint64{64};
        QTest::newRow("as it is") << quint64{1024} << quint64{1024};
        QTest::newRow("rounded up") << quint64{1025} << quint64{2048};
    }
    void sizesArePowersOfTwoWithinBounds()
    {
        QFETCH(const quint64, asked);
        QFETCH(const quint64, capacity);
        QCOMPARE(quint64{RecordRing(asked).capacity()}, capacity);
    }

    void readsWhatWasWritten()
    {
        RecordRing ring(64);
        QVERIFY(!ring.read(0));
        for (std::uint64_t i = 0; i < 10; ++i) {
            ring.write(recordOf(i));
        }
        QCOMPARE(ring.written(), std::uint64_t{10});
        for (std::uint64_t i = 0; i < 10; ++i) {
            QVERIFY(ring.read(i) && isWhole(*ring.read(i)));
            QCOMPARE(ring.read(i)->beganNs, static_cast<std::int64_t>(i));
        }
        QVERIFY(!ring.read(10));
    }

    void theOldestAreOverwrittenAndCounted()
    {
        RecordRing ring(64);
        RecordCursor cursor(ring);
        for (std::uint64_t i = 0; i < 200; ++i) {
            ring.write(recordOf(i));
        }
        QVERIFY(!ring.read(135));
        QVERIFY(ring.read(136));
        const std::vector<DoorRecord> taken = cursor.take(1000);
        QCOMPARE(taken.size(), std::size_t{64});
        QCOMPARE(taken.front().beganNs, std::int64_t{136});
        QCOMPARE(taken.back().beganNs, std::int64_t{199});
        QCOMPARE(cursor.lost(), std::uint64_t{136});
        QVERIFY(cursor.take(1000).empty());
    }

    void aCursorTakesNoMoreThanAskedAndGoesOn()
    {
        RecordRing ring(64);
        RecordCursor cursor(ring);
        for (std::uint64_t i = 0; i < 10; ++i) {
            ring.write(recordOf(i));
        }
        QCOMPARE(cursor.take(3).size(), std::size_t{3});
        QCOMPARE(cursor.next(), std::uint64_t{3});
        const std::vector<DoorRecord> rest = cursor.take(100);
        QCOMPARE(rest.front().beganNs, std::int64_t{3});
        QCOMPARE(rest.size(), std::size_t{7});
        QCOMPARE(cursor.lost(), std::uint64_t{0});
    }

    void readersSeeWholeRecordsInOrderWhileItIsWritten()
    {
        constexpr std::uint64_t records = 400'000;
        constexpr std::size_t readers = 2;
        RecordRing ring(256); // small: the writer comes round all the time
        std::atomic<std::size_t> reading = 0;
        std::atomic<bool> isOver = false;
        std::atomic<std::uint64_t> broken = 0;
        std::array<std::uint64_t, readers> accounted{};
        std::vector<std::thread> threads;
        for (std::size_t reader = 0; reader < readers; ++reader) {
            threads.emplace_back([&, reader] {
                lab::Random random(reader + 1);
                RecordCursor cursor(ring);
                std::int64_t last = -1;
                ++reading;
                for (bool isLast = false; !isLast;) {
                    isLast = isOver;
                    const auto taken = cursor.take(random.below(500) + (isLast ? 1000 : 1));
                    for (const DoorRecord& record : taken) {
                        broken += isWhole(record) && record.beganNs > last ? 0 : 1;
                        last = record.beganNs;
                    }
                    accounted[reader] += taken.size();
                }
                accounted[reader] += cursor.lost();
            });
        }
        while (reading < readers) {
            std::this_thread::yield();
        }
        for (std::uint64_t i = 0; i < records; ++i) {
            ring.write(recordOf(i));
        }
        isOver = true;
        for (std::thread& thread : threads) {
            thread.join();
        }
        QCOMPARE(broken.load(), std::uint64_t{0});
        for (const std::uint64_t count : accounted) {
            QCOMPARE(count, records); // each was read or counted as lost
        }
    }
};

LAB_TEST(RecordRingTest)
#include "tst_record_ring.moc"
