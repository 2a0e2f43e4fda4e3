#include "support/test_main.hpp"

#include "scenario/finding_text.hpp"

#include <boost/json.hpp>

using namespace lab;

namespace {

Finding finding(Severity severity, const std::string& message)
{
    return {severity, "id", {std::make_shared<const std::string>("a.yaml"), 2, 3}, message, "do"};
}

} // namespace

/// Findings as people, programs and GitHub read them.
class FindingTextTest : public QObject {
    Q_OBJECT

private slots:
    void textIsALineAFinding()
    {
        QCOMPARE(scenario::findingsAsText({finding(Severity::Error, "x"), {}}),
                 "a.yaml:2:3: error: x; do\nwarning: \n");
        QCOMPARE(scenario::findingsAsText({}), "");
    }

    void notesMayBeLeftOut()
    {
        const Findings all{finding(Severity::Note, "a"), finding(Severity::Warning, "b")};
        QCOMPARE(scenario::atLeast(Severity::Note, all).size(), std::size_t{2});
        QCOMPARE(scenario::atLeast(Severity::Warning, all).front().message, "b");
    }

    void textIsBounded()
    {
        const Findings many(5000, finding(Severity::Error, std::string(100, 'x')));
        const std::string text = scenario::findingsAsText(many);
        QVERIFY(text.size() < 64U << 10U);
        QVERIFY(text.ends_with(" more\n"));
    }

    void jsonHoldsEveryPart()
    {
        const auto root =
            boost::json::parse(scenario::findingsAsJson({finding(Severity::Refused, "x")}, false));
        QCOMPARE(root.at("schemaVersion").as_int64(), 1);
        QCOMPARE(root.at("passed").as_bool(), false);
        const auto& one = root.at("findings").at(0).as_object();
        QCOMPARE(std::string(one.at("severity").as_string()), "refused");
        const auto& place = one.at("place").as_object();
        QCOMPARE(std::string(place.at("file").as_string()), "a.yaml");
        QCOMPARE(place.at("line").as_int64(), 2);
        QCOMPARE(place.at("column").as_int64(), 3);
        QCOMPARE(std::string(one.at("remedy").as_string()), "do");
    }

    void markdownIsATable()
    {
        QCOMPARE(scenario::findingsAsMarkdown({finding(Severity::Note, "a|b")}),
                 "| severity | where | what |\n|---|---|---|\n| note | a.yaml:2:3 | a\\|b; do |\n");
    }

    void githubGetsTheNineWorst()
    {
        Findings findings(12, finding(Severity::Warning, "w"));
        findings.push_back(finding(Severity::Error, "50 %\nof"));
        const QString text = QString::fromStdString(scenario::findingsAsGithub(findings));
        const QStringList lines = text.split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 10);
        QCOMPARE(lines.first(), "::error file=a.yaml,line=2,col=3::50 %25%0Aof; do");
        QCOMPARE(lines[1], "::warning file=a.yaml,line=2,col=3::w; do");
        QCOMPARE(lines.last(), "::notice::4 more findings");
    }

    void countsAreWords()
    {
        QCOMPARE(scenario::findingCounts({}), "nothing found");
        QCOMPARE(scenario::findingCounts({finding(Severity::Warning, ""),
                                          finding(Severity::Unreadable, ""),
                                          finding(Severity::Warning, "")}),
                 "1 unreadable place, 2 warnings");
    }
};

LAB_TEST(FindingTextTest)
#include "tst_finding_text.moc"
