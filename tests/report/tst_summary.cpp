#include "support/test_main.hpp"

#include "report/summary.hpp"
#include "support/report_fixture.hpp"

#include <algorithm>

using namespace lab;
using report::SummaryRow;

/// One row a question, one answer a style, and nothing that was not measured.
class SummaryTest : public QObject {
    Q_OBJECT

private slots:
    void everyRowAnswersForEveryStyle()
    {
        for (const SummaryRow& row : report::summarise(test::twoDoorsReport())) {
            QCOMPARE(row.cells.size(), std::size_t{2});
            QVERIFY(!row.question.empty());
        }
    }

    void theLimitIsHeldOrNot()
    {
        report::Report report = test::twoDoorsReport();
        const SummaryRow held = rowOf(report, "Limit of 100/s, burst 50, held?");
        QCOMPARE(held.cells[0].number, std::string("no"));
        QCOMPARE(held.cells[0].tone, report::Tone::Bad);
        QCOMPARE(held.cells[1].number, std::string("yes"));
        report.styles[0].overallLimit->enforcingPoints = 0;
        QCOMPARE(rowOf(report, "Limit of 100/s, burst 50, held?").cells[0].unit,
                 std::string("cannot limit"));
    }

    void withoutALimitNobodyIsAsked()
    {
        report::Report report = test::twoDoorsReport();
        for (report::StyleReport& style : report.styles) {
            style.overallLimit.reset();
        }
        for (const SummaryRow& row : report::summarise(report)) {
            QVERIFY(!QString::fromStdString(row.question).startsWith("Limit"));
        }
        QCOMPARE(rowOf(report, "Requests offered").cells[0].number, std::string("401.0"));
    }

    void aRecalledPriceIsMarked()
    {
        const SummaryRow cost = rowOf(test::twoDoorsReport(), "Monthly cost");
        QCOMPARE(cost.cells[0].unit, std::string("USD"));
        QCOMPARE(cost.cells[1].unit, std::string("USD *"));
        QCOMPARE(cost.comparison, std::string("55 % more"));
    }

    void manyStatusesAreSummedUp()
    {
        report::Report report = test::twoDoorsReport();
        for (std::uint16_t status = 400; status < 420; ++status) {
            report.styles[0].measurements.statusCounts[status] = 2;
        }
        const auto rows = report::summarise(report);
        QCOMPARE(std::count_if(rows.begin(), rows.end(), isStatus), 8);
        // 200 and 400 to 406 have rows; 407 to 419 and 429 have not.
        QCOMPARE(rowOf(report, "Other statuses").cells[0].number, std::string("726"));
        QCOMPARE(rowOf(report, "Other statuses").cells[1].number, std::string("1,150"));
    }

    void errorsStandOut()
    {
        report::Report report = test::twoDoorsReport();
        QCOMPARE(rowOf(report, "Errors").cells[0].tone, report::Tone::Plain);
        report.styles[0].measurements.outcomeCounts[measurement::Outcome::Broken] = 7;
        QCOMPARE(rowOf(report, "Errors").cells[0].number, std::string("7"));
        QCOMPARE(rowOf(report, "Errors").cells[0].tone, report::Tone::Bad);
    }

    void doorsAreToldInWords()
    {
        using Parts = std::vector<std::string>;
        QCOMPARE(report::describeDoors(test::perServiceStyle()), Parts{"2 http doors"});
        QCOMPARE(report::describeDoors(test::ingressStyle()),
                 (Parts{"1 tcp door", "→ 1 controller"}));
        report::StyleReport style = test::perServiceStyle();
        style.doors[0].mode = plan::DoorMode::Tcp;
        QCOMPARE(report::describeDoors(style), (Parts{"1 tcp door", "1 http door"}));
        style.doors.clear();
        QCOMPARE(report::describeDoors(style), Parts{"no door"});
    }

    void countsAreTold()
    {
        const report::Report report = test::twoDoorsReport();
        QCOMPARE(report::countExpectations(report),
                 std::string("1 held, 1 failed, 1 inconclusive"));
        QCOMPARE(report::countFindings(report), std::string("1 warning, 1 note"));
        QCOMPARE(report::countFindings({}), std::string());
        QCOMPARE(report::describeRun(report).front(), std::string("two-doors"));
    }

private:
    static bool isStatus(const SummaryRow& row) { return row.question.starts_with("Answers "); }

    static SummaryRow rowOf(const report::Report& report, const std::string& question)
    {
        for (const SummaryRow& row : report::summarise(report)) {
            if (row.question == question) {
                return row;
            }
        }
        return {};
    }
};

LAB_TEST(SummaryTest)
#include "tst_summary.moc"
