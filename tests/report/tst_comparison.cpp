#include "support/test_main.hpp"

#include "report/comparison.hpp"
#include "support/report_fixture.hpp"

using namespace lab;
using report::compareStyles;
using report::comparisonOf;

/// The ingress is held against per-service in a number and in a sentence, whichever wins.
class ComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void costIsToldAsAShare_data()
    {
        QTest::addColumn<double>("perService");
        QTest::addColumn<double>("ingress");
        QTest::addColumn<QString>("shortText");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("less") << 100.0 << 53.0 << "47 % less"
                              << "the ingress costs 47 % less a month than per-service";
        QTest::newRow("a little") << 100.0 << 95.5 << "4.5 % less"
                                  << "the ingress costs 4.5 % less a month than per-service";
        QTest::newRow("more") << 100.0 << 155.0 << "55 % more"
                              << "the ingress costs 55 % more a month than per-service";
        QTest::newRow("much more") << 10.0 << 45.0 << "4.5 times"
                                   << "the ingress costs 4.5 times as much a month as per-service";
        QTest::newRow("the same") << 10.0 << 10.0 << "the same"
                                  << "the ingress costs the same a month as per-service";
        QTest::newRow("from nothing") << 0.0 << 10.0 << "none before" << QString();
    }
    void costIsToldAsAShare()
    {
        QFETCH(double, perService);
        QFETCH(double, ingress);
        QFETCH(QString, sentence);
        report::Report report = test::twoDoorsReport();
        report.styles[0].monthlyCost.amount = perService;
        report.styles[1].monthlyCost.amount = ingress;
        const auto rows = compareStyles(report);
        const auto* row = comparisonOf(rows, "monthlyCost");
        QVERIFY(row != nullptr);
        QCOMPARE(row->difference, ingress - perService);
        QCOMPARE(row->ratio.has_value(), perService != 0);
        QTEST(QString::fromStdString(row->shortText), "shortText");
        QVERIFY(sentence.isEmpty() || QString::fromStdString(row->sentence) == sentence);
    }

    void otherNumbersAreToldInTheirOwnWords_data()
    {
        QTest::addColumn<QString>("metric");
        QTest::addColumn<QString>("shortText");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* metric, const char* shortText, const char* sentence) {
            QTest::newRow(metric) << metric << shortText << sentence;
        };
        row("certificates", "1 fewer", "the ingress needs 1 certificate, per-service 2");
        row("controllers", "1 more", "the ingress runs 1 controller pod, per-service 0");
        row("overallLimit.admittedPerSecond",
            "50 % less",
            "the ingress admitted 50 % less a second than per-service");
        row("overallLimit.factor",
            "",
            "per-service admitted 2.00 times what one exact limit would have, the ingress 1.00 "
            "times");
        row("latency.p50",
            "0.18 ms more",
            "at the median the ingress takes 0.18 ms more than "
            "per-service");
        row("errors.ratio",
            "",
            "per-service failed for 0.0 % of all requests, the ingress for 0.0 %");
    }
    void otherNumbersAreToldInTheirOwnWords()
    {
        QFETCH(QString, metric);
        const auto rows = compareStyles(test::twoDoorsReport());
        const auto* row = comparisonOf(rows, metric.toStdString());
        QVERIFY(row != nullptr);
        QTEST(QString::fromStdString(row->shortText), "shortText");
        QTEST(QString::fromStdString(row->sentence), "sentence");
    }

    void aLateGeneratorDecidesNothing()
    {
        report::Report report = test::twoDoorsReport();
        report.styles[1].measurements.lateSends = 100;
        const auto rows = compareStyles(report);
        QCOMPARE(comparisonOf(rows, "latency.p99")->shortText, std::string("inconclusive"));
        QVERIFY(comparisonOf(rows, "certificates")->shortText != "inconclusive");
    }

    void currenciesAreNeverMixed()
    {
        report::Report report = test::twoDoorsReport();
        report.styles[1].monthlyCost.currency = "EUR";
        const auto rows = compareStyles(report);
        QVERIFY(comparisonOf(rows, "monthlyCost") == nullptr);
        QVERIFY(comparisonOf(rows, "certificates") != nullptr);
    }

    void oneStyleIsComparedWithNothing()
    {
        report::Report report = test::twoDoorsReport();
        report.styles.pop_back();
        QVERIFY(compareStyles(report).empty());
    }
};

LAB_TEST(ComparisonTest)
#include "tst_comparison.moc"
