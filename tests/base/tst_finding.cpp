#include "support/test_main.hpp"
#include <QSet>

#include "base/finding.hpp"

using lab::Finding;
using lab::Findings;
using lab::Severity;

namespace {

constexpr Severity everySeverity[] = {
    Severity::Note, Severity::Warning, Severity::Error, Severity::Refused, Severity::Unreadable};

Finding finding(Severity severity, const char* message = "something")
{
    Finding made;
    made.severity = severity;
    made.message = message;
    return made;
}

} // namespace

class FindingTest : public QObject {
    Q_OBJECT

private slots:
    void showsPlaceSeverityFactAndRemedy();
    void leavesOutWhatItDoesNotKnow();
    void everySeverityHasItsOwnWord();
    void severitiesRise();
    void theWorstOfNoneIsANote();
    void theWorstDoesNotDependOnOrder();
    void appendKeepsTheOrderAndTakesAll();
    void aLimitKeepsTheFirstAndTheWorst();
};

void FindingTest::showsPlaceSeverityFactAndRemedy()
{
    Finding made = finding(Severity::Error, "service \"crat\" does not exist");
    made.place.file = std::make_shared<const std::string>("shop.yaml");
    made.place.line = 12;
    made.place.column = 5;
    made.remedy = "did you mean \"cart\"?";
    QCOMPARE(QString::fromStdString(toText(made)),
             "shop.yaml:12:5: error: service \"crat\" does not exist; did you mean \"cart\"?");
}

void FindingTest::leavesOutWhatItDoesNotKnow()
{
    QCOMPARE(QString::fromStdString(toText(finding(Severity::Note, "prices are of 2026-11-01"))),
             "note: prices are of 2026-11-01");
}

void FindingTest::everySeverityHasItsOwnWord()
{
    QSet<QString> words;
    for (const Severity severity : everySeverity) {
        const std::string_view word = lab::toText(severity);
        QVERIFY(!word.empty());
        words << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    }
    QCOMPARE(words.size(), static_cast<qsizetype>(std::size(everySeverity)));
}

void FindingTest::severitiesRise()
{
    for (std::size_t i = 1; i < std::size(everySeverity); ++i) {
        QVERIFY(everySeverity[i - 1] < everySeverity[i]);
    }
}

void FindingTest::theWorstOfNoneIsANote()
{
    QVERIFY(lab::worstOf({}) == Severity::Note);
}

void FindingTest::theWorstDoesNotDependOnOrder()
{
    for (const Severity a : everySeverity) {
        for (const Severity b : everySeverity) {
            QVERIFY(lab::worstOf({finding(a), finding(b)}) == std::max(a, b));
        }
    }
}

void FindingTest::appendKeepsTheOrderAndTakesAll()
{
    Findings findings{finding(Severity::Note, "first")};
    lab::append(findings, {finding(Severity::Error, "second"), finding(Severity::Note, "third")});
    lab::append(findings, {});
    QCOMPARE(findings.size(), 3U);
    QCOMPARE(findings[0].message, std::string("first"));
    QCOMPARE(findings[1].message, std::string("second"));
    QCOMPARE(findings[2].message, std::string("third"));
}

void FindingTest::aLimitKeepsTheFirstAndTheWorst()
{
    Findings findings(1000, finding(Severity::Warning, "again and again"));
    findings.back().severity = Severity::Refused;
    const Findings all = findings;
    lab::limitText(findings, 10'000'000);
    QCOMPARE(findings.size(), all.size());
    lab::limitText(findings, 1000);
    std::size_t bytes = 0;
    for (const Finding& kept : findings) {
        bytes += lab::toText(kept).size() + 1;
    }
    QVERIFY(findings.size() > 10);
    QVERIFY(bytes < 1100);
    QVERIFY(lab::worstOf(findings) == Severity::Refused);
    QCOMPARE(findings.back().message,
             std::to_string(1001 - findings.size()) + " more findings from here on");
}

LAB_TEST(FindingTest)
#include "tst_finding.moc"
