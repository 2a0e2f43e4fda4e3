#include "support/test_main.hpp"

#include "scenario/compare_results.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

/// Two files, read and compared.
class CompareResultsTest : public QObject {
    Q_OBJECT

private slots:
    void whatCannotBeReadIsSaidWithItsName()
    {
        test::FileFixture files;
        files.file("a.json", "{}");
        const auto missing = scenario::compareResults(files.path("no.json"), files.path("a.json"));
        QVERIFY(!missing.has_value() && missing.error().kind() == ErrorKind::Environment);
        QCOMPARE(files.shown(missing.error().message()), "no.json does not exist");
        const auto other = scenario::compareResults(files.path("a.json"), files.path("a.json"));
        QVERIFY(!other.has_value() && other.error().kind() == ErrorKind::BadInput);
        QVERIFY(files.shown(other.error().message()).startsWith("a.json has no "));
    }

    void aDifferenceIsNoFailureButNothingToTellIsInconclusive()
    {
        using Verdict = report::DifferenceRow::Verdict;
        scenario::ComparedResults compared;
        QVERIFY(compared.code() == scenario::ExitCode::Inconclusive);
        compared.rows.emplace_back().verdict = Verdict::Same;
        compared.rows.emplace_back().verdict = Verdict::Unknown;
        QVERIFY(compared.code() == scenario::ExitCode::Inconclusive);
        compared.rows.emplace_back().verdict = Verdict::Higher;
        QVERIFY(compared.code() == scenario::ExitCode::Held);
    }
};

LAB_TEST(CompareResultsTest)
#include "tst_compare_results.moc"
