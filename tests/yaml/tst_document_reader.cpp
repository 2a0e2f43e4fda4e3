#include "support/test_main.hpp"

#include "support/bad_yaml.hpp"
#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"

#include <algorithm>

using lab::Finding;
using lab::Findings;
using lab::test::BadYamlCase;
using namespace lab::yaml;

namespace {

/// What the cases' scenario files may hold, as far as these classes use it.
void readScenarioKeys(const ReadDocuments& read, Findings& findings)
{
    Reading reading{read.documents.front(), findings};
    MapReader root(reading, read.documents.front().root, "");
    root.passOver({"apiVersion", "kind", "metadata"});
    MapReader spec = root.map("spec");
    spec.passOver({"manifests", "traffic"});
    spec.finish();
    root.finish();
}

Findings findingsOf(const BadYamlCase& one)
{
    const bool isScenario = one.mainName == "scenario.yaml";
    ReadDocuments read = isScenario ? readSingleMap(one.text, one.mainName)
                                    : readDocuments(one.text, one.mainName, {.documentsMax = 1000});
    Findings findings = read.findings;
    if (read.isReadable() && isScenario) {
        readScenarioKeys(read, findings);
    }
    return findings;
}

bool isExpected(const Finding& finding, const BadYamlCase& one)
{
    const QRegularExpression gist(one.gist, QRegularExpression::CaseInsensitiveOption);
    const auto line = static_cast<int>(finding.place.line);
    const auto column = static_cast<int>(finding.place.column);
    return gist.match(QString::fromStdString(toText(finding))).hasMatch() &&
           (one.lines.isEmpty() || one.lines.contains(line)) &&
           (one.columns.isEmpty() || one.columns.contains(column));
}

} // namespace

/// The shared set of nasty files: each is refused in its place, in words that say what is wrong.
class DocumentReaderTest : public QObject {
    Q_OBJECT

private slots:
    void everyCaseIsJudgedInItsPlace_data()
    {
        QTest::addColumn<std::size_t>("index");
        cases_ = lab::test::badYamlCases({"syntax", "encoding", "bomb", "control"});
        // The generator expression in a URL is the scenario reader's to refuse.
        std::erase_if(cases_, [](const BadYamlCase& one) { return one.id == "brace-range"; });
        QCOMPARE(cases_.size(), std::size_t(37));
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            QTest::newRow(qPrintable(cases_[i].id)) << i;
        }
    }

    void everyCaseIsJudgedInItsPlace()
    {
        QFETCH(std::size_t, index);
        const BadYamlCase& one = cases_[index];
        const Findings findings = findingsOf(one);
        QString all;
        for (const Finding& finding : findings) {
            all += QString::fromStdString(toText(finding)) + '\n';
        }
        if (one.mayPass) {
            QCOMPARE(all, QString());
            return;
        }
        QCOMPARE(lab::worstOf(findings), lab::Severity::Unreadable);
        QVERIFY2(std::any_of(findings.begin(),
                             findings.end(),
                             [&](const Finding& finding) { return isExpected(finding, one); }),
                 qPrintable("none is expected: " + all));
        QVERIFY(all.size() < 65'536);
        const QRegularExpression raw("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
        QVERIFY(!raw.match(all).hasMatch());
        for (const QString& secret : one.never) {
            QVERIFY(!all.contains(secret));
        }
    }

private:
    std::vector<BadYamlCase> cases_;
};

LAB_TEST(DocumentReaderTest)
#include "tst_document_reader.moc"
