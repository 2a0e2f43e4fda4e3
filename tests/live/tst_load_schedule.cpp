#include "support/test_main.hpp"

#include "base/random.hpp"
#include "live/load_schedule.hpp"

#include <chrono>

using lab::Duration;
using lab::Instant;
using lab::live::LoadSchedule;
using namespace std::chrono_literals;

namespace {

/// The styles in order, as letters: "ABBA".
QByteArray lettersOf(const LoadSchedule& schedule)
{
    QByteArray letters;
    for (const auto& slice : schedule.slices()) {
        letters += slice.style == 0 ? 'A' : 'B';
    }
    return letters;
}

} // namespace

/// Both styles get the same arrivals, and the drift of the machine alike.
class LoadScheduleTest : public QObject {
    Q_OBJECT

private slots:
    void stylesTakeTurns_data()
    {
        QTest::addColumn<int>("perStyleMs");
        QTest::addColumn<int>("sliceMs");
        QTest::addColumn<int>("styles");
        QTest::addColumn<QByteArray>("letters");
        QTest::newRow("two slices each") << 4000 << 2000 << 2 << QByteArray("ABBA");
        QTest::newRow("three") << 6000 << 2000 << 2 << QByteArray("ABBAAB");
        QTest::newRow("four") << 8000 << 2000 << 2 << QByteArray("ABBAABBA");
        QTest::newRow("one style, in one piece") << 6000 << 6000 << 1 << QByteArray("A");
        QTest::newRow("one style") << 6000 << 2000 << 1 << QByteArray("AAA");
        QTest::newRow("at least two") << 1000 << 2000 << 2 << QByteArray("ABBA");
        QTest::newRow("nearest number") << 5000 << 2000 << 1 << QByteArray("AAA");
        QTest::newRow("nearest number, down") << 4900 << 2000 << 1 << QByteArray("AA");
    }
    void stylesTakeTurns()
    {
        QFETCH(const int, perStyleMs);
        QFETCH(const int, sliceMs);
        QFETCH(const int, styles);
        const LoadSchedule schedule(std::chrono::milliseconds(perStyleMs),
                                    std::chrono::milliseconds(sliceMs),
                                    500ms,
                                    static_cast<std::size_t>(styles));
        QTEST(lettersOf(schedule), "letters");
    }

    void theSlicesOfAStyleAreAllOfItsTimeAndEqual()
    {
        lab::Random random(11);
        for (int round = 0; round < 500; ++round) {
            const Duration perStyle(1 + static_cast<std::int64_t>(random.below(20'000'000'000)));
            const Duration slice(1 + static_cast<std::int64_t>(random.below(3'000'000'000)) +
                                 perStyle.count() / 1000);
            const LoadSchedule schedule(perStyle, slice, 500ms, 2);
            Instant reached[2] = {};
            for (const auto& part : schedule.slices()) {
                QCOMPARE(part.from, reached[part.style]);
                reached[part.style] = part.to;
            }
            QCOMPARE(reached[0], Instant(perStyle));
            QCOMPARE(reached[1], Instant(perStyle));
        }
    }

    void theStartOfEverySliceIsNotCounted()
    {
        const LoadSchedule schedule(4s, 2s, 500ms, 2);
        QCOMPARE(schedule.windows().size(), std::size_t{2});
        QCOMPARE(schedule.windows()[0].from, Instant(500ms));
        QCOMPARE(schedule.windows()[0].to, Instant(2s));
        QCOMPARE(schedule.windows()[1].from, Instant(2500ms));
        QCOMPARE(schedule.windows()[1].to, Instant(4s));
    }

    void warmUpLeavesMostOfAShortSlice()
    {
        const LoadSchedule schedule(800ms, 2s, 500ms, 1);
        QCOMPARE(schedule.windows()[0].from, Instant(100ms));
        QCOMPARE(schedule.windows()[0].to, Instant(400ms));
        const LoadSchedule without(800ms, 2s, 0ms, 1);
        QCOMPARE(without.windows()[0].from, Instant());
    }
};

LAB_TEST(LoadScheduleTest)
#include "tst_load_schedule.moc"
