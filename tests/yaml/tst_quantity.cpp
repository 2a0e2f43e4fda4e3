#include "support/test_main.hpp"

#include "yaml/quantity.hpp"

#include <limits>

using namespace lab::yaml;

namespace {

constexpr qint64 wrong = -1;

template <typename Value>
qint64 valueOf(const lab::Result<Value>& result)
{
    if (!result) {
        return result.error().message().empty() ? wrong - 1 : wrong;
    }
    return static_cast<qint64>(*result);
}

} // namespace

/// Durations, rates and quantities as Kubernetes writes them.
class QuantityTest : public QObject {
    Q_OBJECT

private slots:
    void durationsAreNanoseconds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanoseconds");
        QTest::newRow("zero") << "0" << qint64(0);
        QTest::newRow("ns") << "7ns" << qint64(7);
        QTest::newRow("us") << "250us" << qint64(250'000);
        QTest::newRow("micro sign") << "250µs" << qint64(250'000);
        QTest::newRow("ms") << "5ms" << qint64(5'000'000);
        QTest::newRow("a fraction") << "1.5s" << qint64(1'500'000'000);
        QTest::newRow("0.1s is exact") << "0.1s" << qint64(100'000'000);
        QTest::newRow("m is minutes") << "2m" << qint64(120'000'000'000);
        QTest::newRow("several units") << "1h30m" << qint64(5'400'000'000'000);
        QTest::newRow("days") << "2d" << qint64(172'800'000'000'000);
        QTest::newRow("no unit") << "5" << wrong;
        QTest::newRow("unknown unit") << "5y" << wrong;
        QTest::newRow("negative") << "-5s" << wrong;
        QTest::newRow("no number") << "s" << wrong;
        QTest::newRow("a blank") << "5 s" << wrong;
        QTest::newRow("two points") << "1.2.3s" << wrong;
        QTest::newRow("empty") << "" << wrong;
        QTest::newRow("over 292 years") << "99999999999999999h" << wrong;
        QTest::newRow("endless digits") << QString(400, '9') + "h" << wrong;
        QTest::newRow("not a number") << "nans" << wrong;
    }

    void durationsAreNanoseconds()
    {
        QFETCH(QString, text);
        QFETCH(qint64, nanoseconds);
        const auto result = parseDuration(text.toStdString());
        QCOMPARE(result ? qint64(result->count()) : wrong, nanoseconds);
    }

    void ratesArePerSecond()
    {
        QCOMPARE(*parseRate("100/s"), 100.0);
        QCOMPARE(*parseRate("60/m"), 1.0);
        QCOMPARE(*parseRate("0.5/h"), 0.5 / 3600);
        for (const char* text : {"", "100", "/s", "100/", "100/d", "-1/s", "inf/s", "1e3/s"}) {
            QVERIFY2(!parseRate(text), text);
        }
    }

    void quantitiesAreRoundedUp_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("thousandths");
        QTest::addColumn<qint64>("whole");
        QTest::newRow("100m") << "100m" << qint64(100) << qint64(1);
        QTest::newRow("0.5") << "0.5" << qint64(500) << qint64(1);
        QTest::newRow("2") << "2" << qint64(2000) << qint64(2);
        QTest::newRow("0") << "0" << qint64(0) << qint64(0);
        QTest::newRow("100u") << "100u" << qint64(1) << qint64(1);
        QTest::newRow("0.1") << "0.1" << qint64(100) << qint64(1);
        QTest::newRow("1k") << "1k" << qint64(1'000'000) << qint64(1000);
        QTest::newRow("128Mi") << "128Mi" << qint64(134'217'728'000) << qint64(134'217'728);
        QTest::newRow("1.5Gi") << "1.5Gi" << qint64(1'610'612'736'000) << qint64(1'610'612'736);
        QTest::newRow("129e6") << "129e6" << qint64(129'000'000'000) << qint64(129'000'000);
        QTest::newRow("1E3") << "1E3" << qint64(1'000'000) << qint64(1000);
        QTest::newRow("+1") << "+1" << qint64(1000) << qint64(1);
        QTest::newRow("-1") << "-1" << wrong << wrong;
        QTest::newRow("1KB") << "1KB" << wrong << wrong;
        QTest::newRow("lots") << "lots" << wrong << wrong;
        QTest::newRow("empty") << "" << wrong << wrong;
        QTest::newRow("7Ei") << "7Ei" << wrong << qint64(8'070'450'532'247'928'832);
        QTest::newRow("8Ei") << "8Ei" << wrong << wrong;
        QTest::newRow("1e999") << "1e999" << wrong << wrong;
    }

    void quantitiesAreRoundedUp()
    {
        QFETCH(QString, text);
        QFETCH(qint64, thousandths);
        QFETCH(qint64, whole);
        QCOMPARE(valueOf(parseMilliQuantity(text.toStdString())), thousandths);
        QCOMPARE(valueOf(parseQuantity(text.toStdString())), whole);
    }
};

LAB_TEST(QuantityTest)
#include "tst_quantity.moc"
