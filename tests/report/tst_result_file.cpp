#include "support/test_main.hpp"

#include "report/render.hpp"
#include "report/result_file.hpp"
#include "support/report_fixture.hpp"

using namespace lab;

/// A report that was written can be read back; anything else is refused with a reason.
class ResultFileTest : public QObject {
    Q_OBJECT

private slots:
    void whatAReportWroteIsReadBack()
    {
        const report::Report written = test::twoDoorsReport();
        const auto read = report::readResult(report::renderJson(written));
        QVERIFY2(read.has_value(), read ? "" : read.error().message().c_str());
        QCOMPARE(read->scenario, written.scenario);
        QCOMPARE(read->seed, written.seed);
        QCOMPARE(read->styles.size(), written.styles.size());
        for (const report::StyleReport& style : written.styles) {
            const auto& sums = style.measurements;
            const auto& back = read->styles.at(std::string(plan::toText(style.style)));
            QCOMPARE(back.offered, sums.offered);
            QCOMPARE(back.refused, sums.refused);
            QCOMPARE(back.errors, sums.errorCount());
            QCOMPARE(back.buckets.size(), sums.latency.buckets().size());
            QCOMPARE(back.batches.size(), sums.batches.size());
            QCOMPARE(back.currency, style.monthlyCost.currency);
            QCOMPARE(back.planned.at("certificates"), static_cast<double>(style.certificates));
        }
    }

    void whatIsNoResultIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << ""
                               << "is no JSON";
        QTest::newRow("cut") << "{\"schemaVersion\": 1,"
                             << "is no JSON";
        QTest::newRow("a number") << "7"
                                  << "has no \"schemaVersion\"";
        QTest::newRow("other") << "{\"schemaVersion\": 2}"
                               << "another schema version";
        QTest::newRow("no styles") << "{\"schemaVersion\": 1, \"scenario\": \"x\"}"
                                   << "has no \"clock\"";
        QTest::newRow("text") << "{\"schemaVersion\": \"1\"}"
                              << "where a number belongs";
        QTest::newRow("negative")
            << "{\"schemaVersion\": 1, \"scenario\": \"x\", \"clock\": \"live\", \"seed\": -1}"
            << "a count that is none";
    }
    void whatIsNoResultIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto read = report::readResult(text.toStdString());
        QVERIFY(!read.has_value());
        QVERIFY(read.error().kind() == ErrorKind::BadInput);
        QVERIFY2(read.error().message().find(says.toStdString()) != std::string::npos,
                 read.error().message().c_str());
    }

    void aReportCutAnywhereIsRefusedNotReadWrongly()
    {
        const std::string whole = report::renderJson(test::twoDoorsReport());
        for (std::size_t length = 0; length + 2 < whole.size(); length += 97) {
            QVERIFY(!report::readResult(whole.substr(0, length)).has_value());
        }
    }
};

LAB_TEST(ResultFileTest)
#include "tst_result_file.moc"
