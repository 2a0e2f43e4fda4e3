#include "support/test_main.hpp"

#include "scenario/exit_code.hpp"

using namespace lab;
using scenario::ExitCode;
using Verdict = report::ExpectationResult::Verdict;

namespace {

report::Report reportOf(std::initializer_list<std::pair<Verdict, bool>> results)
{
    report::Report report;
    for (const auto& [verdict, isGate] : results) {
        report.expectations.push_back({"x", verdict, isGate, "", "", {}});
    }
    return report;
}

} // namespace

/// The numbers scripts depend on, and which of them wins.
class ExitCodeTest : public QObject {
    Q_OBJECT

private slots:
    void theWorseOneWins_data()
    {
        QTest::addColumn<int>("winner");
        QTest::addColumn<int>("loser");
        const int order[] = {130, 4, 3, 1, 5, 6, 0};
        for (std::size_t i = 0; i + 1 < std::size(order); ++i) {
            for (std::size_t j = i; j < std::size(order); ++j) {
                QTest::addRow("%d over %d", order[i], order[j]) << order[i] << order[j];
            }
        }
    }
    void theWorseOneWins()
    {
        QFETCH(int, winner);
        QFETCH(int, loser);
        const auto a = static_cast<ExitCode>(winner);
        const auto b = static_cast<ExitCode>(loser);
        QCOMPARE(static_cast<int>(scenario::worse(a, b)), winner);
        QCOMPARE(static_cast<int>(scenario::worse(b, a)), winner);
    }

    void aReportIsAsBadAsItsWorstVerdict()
    {
        QCOMPARE(scenario::exitCodeOf(reportOf({})), ExitCode::Held);
        QCOMPARE(scenario::exitCodeOf(reportOf({{Verdict::Passed, false}})), ExitCode::Held);
        QCOMPARE(scenario::exitCodeOf(reportOf({{Verdict::Inconclusive, true}})),
                 ExitCode::Inconclusive);
        QCOMPARE(scenario::exitCodeOf(
                     reportOf({{Verdict::Failed, true}, {Verdict::Inconclusive, false}})),
                 ExitCode::GateFailed);
        QCOMPARE(
            scenario::exitCodeOf(reportOf({{Verdict::Failed, true}, {Verdict::Failed, false}})),
            ExitCode::ExpectationFailed);
    }

    void errorsSayWhoseFaultItIs()
    {
        QCOMPARE(scenario::exitCodeOf(Error(ErrorKind::WrongUse, "")), ExitCode::WrongUse);
        QCOMPARE(scenario::exitCodeOf(Error(ErrorKind::Environment, "")), ExitCode::Environment);
        QCOMPARE(scenario::exitCodeOf(Error(Findings{})), ExitCode::BadInput);
    }
};

LAB_TEST(ExitCodeTest)
#include "tst_exit_code.moc"
