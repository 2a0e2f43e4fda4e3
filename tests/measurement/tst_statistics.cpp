#include "support/test_main.hpp"

#include "base/elementary.hpp"
#include "base/random.hpp"
#include "measurement/statistics.hpp"

#include <cmath>
#include <vector>

using namespace lab;
using namespace lab::measurement;

namespace {

std::vector<double> exponentials(Random& random, std::size_t count, double mean)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(-mean * naturalLog(1.0 - random.uniform()));
    }
    return values;
}

/// Means of batches of fifty: nearly normal.
std::vector<double> batchMeans(Random& random, double mean)
{
    std::vector<double> means;
    for (int i = 0; i < 20; ++i) {
        means.push_back(estimateOf(exponentials(random, 50, mean)).mean);
    }
    return means;
}

} // namespace

/// Ninety-five times of a hundred the truth is inside.
class StatisticsTest : public QObject {
    Q_OBJECT

private slots:
    void studentsPointIsThatOfTheTables_data()
    {
        QTest::addColumn<double>("freedom");
        QTest::addColumn<double>("point");
        QTest::newRow("1") << 1.0 << 12.706;
        QTest::newRow("2") << 2.0 << 4.303;
        QTest::newRow("9") << 9.0 << 2.262;
        QTest::newRow("10") << 10.0 << 2.228;
        QTest::newRow("19") << 19.0 << 2.093;
        QTest::newRow("30") << 30.0 << 2.042;
        QTest::newRow("120") << 120.0 << 1.980;
        QTest::newRow("many") << 1e6 << 1.960;
    }
    void studentsPointIsThatOfTheTables()
    {
        QFETCH(double, freedom);
        QFETCH(double, point);
        QVERIFY(std::abs(studentPoint(freedom) / point - 1.0) < 0.003);
    }

    void anIntervalHoldsTheTruthInAboutNinetyFiveOfAHundredRuns()
    {
        Random random(1);
        int inside = 0;
        int same = 0;
        for (int i = 0; i < 1000; ++i) {
            const MeanEstimate a = estimateOf(batchMeans(random, 3.0));
            const MeanEstimate b = estimateOf(batchMeans(random, 3.0));
            inside += a.interval().contains(3.0) ? 1 : 0;
            same += differenceOf(a, b).contains(0.0) ? 1 : 0;
        }
        QVERIFY2(inside > 925 && inside < 975, qPrintable(QString::number(inside)));
        QVERIFY2(same > 925 && same < 975, qPrintable(QString::number(same)));
    }

    void aDifferenceThatIsThereIsSeen()
    {
        Random random(2);
        int seen = 0;
        for (int i = 0; i < 100; ++i) {
            const Interval difference = differenceOf(estimateOf(batchMeans(random, 3.0)),
                                                     estimateOf(batchMeans(random, 3.9)));
            seen += difference.low > 0.0 ? 1 : 0;
        }
        QVERIFY2(seen > 95, qPrintable(QString::number(seen)));
    }

    void sharesAreComparedWithTheirChance()
    {
        Random random(3);
        int same = 0;
        for (int i = 0; i < 1000; ++i) {
            Share shares[2] = {{0, 400}, {0, 300}};
            for (Share& share : shares) {
                for (std::uint64_t n = 0; n < share.whole; ++n) {
                    share.part += random.uniform() < 0.05 ? 1 : 0;
                }
            }
            same += differenceOf(shares[0], shares[1]).contains(0.0) ? 1 : 0;
        }
        QVERIFY2(same > 930 && same < 985, qPrintable(QString::number(same)));
        QVERIFY(differenceOf(Share{10, 1000}, Share{60, 1000}).low > 0.0);
        QVERIFY(differenceOf(Share{10, 1000}, Share{60, 1000}, 50.0).contains(0.0));
        QVERIFY(differenceOf(Share{}, Share{1, 2}).contains(1e9)); // nothing is known
    }

    void tooFewValuesTellNothingAndEqualOnesAllThereIs()
    {
        const std::vector<double> one{5.0};
        const std::vector<double> equal{5.0, 5.0, 5.0};
        QVERIFY(estimateOf(one).interval().contains(-1e300));
        QVERIFY(differenceOf(estimateOf(one), estimateOf(equal)).contains(1e300));
        QCOMPARE(estimateOf(equal).interval().low, 5.0);
        QCOMPARE(differenceOf(estimateOf(equal), estimateOf(equal)).high, 0.0);
        QCOMPARE(estimateOf({}).count, std::size_t{0});
    }

    void warmingUpIsSkippedAndAtMostHalf_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<int>("skipped");
        QTest::newRow("steady") << QList<double>{5, 6, 5, 6, 5, 6, 5, 6} << 0;
        QTest::newRow("two slow ones") << QList<double>{90, 40, 5, 6, 5, 6, 5, 6} << 2;
        QTest::newRow("always rising") << QList<double>{1, 2, 3, 4, 5, 6, 7, 80} << 0;
        QTest::newRow("falls late") << QList<double>{9, 9, 9, 9, 9, 9, 1, 1} << 0;
        QTest::newRow("one") << QList<double>{7} << 0;
        QTest::newRow("none") << QList<double>{} << 0;
    }
    void warmingUpIsSkippedAndAtMostHalf()
    {
        QFETCH(QList<double>, values);
        QFETCH(int, skipped);
        const std::vector<double> list(values.begin(), values.end());
        QCOMPARE(static_cast<int>(warmUpCount(list)), skipped);
        QVERIFY(warmUpCount(list) <= list.size() / 2);
    }
};

LAB_TEST(StatisticsTest)
#include "tst_statistics.moc"
