#include "support/test_main.hpp"

#include "base/instant.hpp"

using namespace std::chrono_literals;
using lab::Instant;

class InstantTest : public QObject {
    Q_OBJECT

private slots:
    void differencesAreExactToTheNanosecond();
    void secondsRoundToTheNearestNanosecond_data();
    void secondsRoundToTheNearestNanosecond();
    void aYearOfVirtualTimeFits();
};

void InstantTest::differencesAreExactToTheNanosecond()
{
    const Instant start(5s);
    const Instant later = start + 1ns;
    QVERIFY(later > start);
    QCOMPARE((later - start).count(), 1);
    QCOMPARE((start - later).count(), -1);
    QVERIFY(Instant() == Instant(0ns));
}

void InstantTest::secondsRoundToTheNearestNanosecond_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::newRow("zero") << 0.0 << qint64{0};
    QTest::newRow("a tenth, which no double holds") << 0.1 << qint64{100'000'000};
    QTest::newRow("up") << 1.6e-9 << qint64{2};
    QTest::newRow("down") << 1.4e-9 << qint64{1};
    QTest::newRow("before the start") << -0.1 << qint64{-100'000'000};
}

void InstantTest::secondsRoundToTheNearestNanosecond()
{
    QFETCH(double, seconds);
    QFETCH(qint64, nanoseconds);
    QCOMPARE(lab::fromSeconds(seconds).count(), nanoseconds);
    QVERIFY(qAbs(lab::toSeconds(lab::fromSeconds(seconds)) - seconds) < 1e-9);
}

void InstantTest::aYearOfVirtualTimeFits()
{
    QVERIFY(std::chrono::hours(24 * 366) < lab::Duration::max());
}

LAB_TEST(InstantTest)
#include "tst_instant.moc"
