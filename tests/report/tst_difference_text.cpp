#include "support/test_main.hpp"
#include <QJsonArray>
#include <QJsonDocument>

#include "report/result_fixture.hpp"
#include "report/run_difference.hpp"

using namespace lab;

/// For people and for programs: the same rows.
class DifferenceTextTest : public QObject {
    Q_OBJECT

private slots:
    void peopleReadASentenceARow()
    {
        const auto rows = report::differencesOf(test::resultOf(1, 5.0), test::resultOf(2, 9.0));
        const QString text = QString::fromStdString(
            report::renderDifferenceText(rows, {"the clock differs: live and virtual"}, false));
        QVERIFY2(text.contains("B is higher (+"), qPrintable(text));
        QVERIFY(text.contains("no real difference")); // throughput
        QVERIFY(text.contains("the same"));           // price
        QVERIFY(text.contains("Mind: the clock differs"));
        QVERIFY(!text.contains('\x1b') && !text.contains("inf"));
        for (const QString& line : text.split('\n')) {
            QVERIFY2(line.size() <= 100, qPrintable(line));
        }
    }

    void programsReadEveryRowWithItsInterval()
    {
        report::ResultFile late = test::resultOf(2, 9.0);
        late.styles["ingress"].isConclusive = false;
        const auto rows = report::differencesOf(test::resultOf(1, 5.0), late);
        const auto root = QJsonDocument::fromJson(
            QByteArray::fromStdString(report::renderDifferenceJson(rows, {"x"})));
        QCOMPARE(root["differences"].toArray().size(), static_cast<int>(rows.size()));
        QCOMPARE(root["caveats"][0].toString(), "x");
        const auto last = root["differences"].toArray().last();
        QCOMPARE(last["metric"].toString(), "latency.p999");
        QCOMPARE(last["verdict"].toString(), "unknown");
        QVERIFY(last["high"].isNull()); // beyond the slowest nobody knows
    }
};

LAB_TEST(DifferenceTextTest)
#include "tst_difference_text.moc"
