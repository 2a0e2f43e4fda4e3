#include "support/test_main.hpp"

#include "yaml/document_reader.hpp"
#include "yaml/yaml_events.hpp"

using namespace lab::yaml;

namespace {

ReadDocuments read(const std::string& text)
{
    ReadDocuments result;
    const ReadLimits limits;
    TreeBuilder builder(std::make_shared<const std::string>("t.yaml"), limits, result);
    try {
        readYaml(text, builder);
    } catch (const ReadingStopped&) {
        // The finding is what the tests look at.
    }
    return result;
}

} // namespace

/// yaml-cpp's events, and what it lets pass.
class YamlEventsTest : public QObject {
    Q_OBJECT

private slots:
    void scalarsKeepTheirStyleAndPlace()
    {
        const ReadDocuments result =
            read("a: x\nb: 'it''s'\nc: \"\\t\"\nd: |\n  1\n  2\ne: ~\nf: >-\n  g\n");
        const Node& root = result.documents.at(0).root;
        QVERIFY(!root.find("a")->isQuoted);
        QCOMPARE(root.find("b")->scalar, std::string("it's"));
        QVERIFY(root.find("b")->isQuoted);
        QCOMPARE(root.find("c")->scalar, std::string("\t"));
        QCOMPARE(root.find("d")->scalar, std::string("1\n2\n"));
        QVERIFY(root.find("d")->isQuoted);
        QCOMPARE(root.find("d")->line, 4U);
        QVERIFY(root.find("e")->isNull());
        QVERIFY(root.find("f")->isQuoted);
    }

    void documentsAreSeparated()
    {
        const ReadDocuments result =
            read("%YAML 1.2\n---\na: 1\n...\n---\n---\n# nothing\n---\nb: 2\n");
        QCOMPARE(result.documents.size(), 2U);
        QCOMPARE(result.documents[1].root.line, 9U);
    }

    void whatYamlCppLetsPassIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("id");
        QTest::newRow("tag on a scalar") << QByteArray("a: !!str 1") << "tag";
        QTest::newRow("tag on a map") << QByteArray("a: !foo {b: c}") << "tag";
        QTest::newRow("tag on nothing") << QByteArray("a: !foo\nb: c") << "tag";
        QTest::newRow("the tag !") << QByteArray("a: ! b") << "tag";
        QTest::newRow("tag behind an anchor") << QByteArray("a: &x !foo b") << "tag";
        QTest::newRow("tag on a key") << QByteArray("!foo a: b") << "tag";
        QTest::newRow("double quote") << QByteArray("a: \"b\nc: d\n") << "unclosed-quote";
        QTest::newRow("single quote") << QByteArray("a: 'b\n") << "unclosed-quote";
        QTest::newRow("two single quotes") << QByteArray("a: 'it''\n") << "unclosed-quote";
        QTest::newRow("an escaped quote") << QByteArray("a: \"b\\\"\n") << "unclosed-quote";
        QTest::newRow("behind an anchor") << QByteArray("a: &x \"b\n") << "unclosed-quote";
    }

    void whatYamlCppLetsPassIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, id);
        const ReadDocuments result = read(text.toStdString());
        QVERIFY(!result.findings.empty());
        QCOMPARE(QString::fromStdString(result.findings[0].id), id);
    }

    void closedQuotesPass_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("escaped quotes") << QByteArray("a: \"b\\\"c\\\\\"");
        QTest::newRow("doubled quotes") << QByteArray("a: 'it''s'''");
        QTest::newRow("over lines") << QByteArray("a: \"b\n  c\"\n");
        QTest::newRow("exclamation in text") << QByteArray("a: b!\nc: \"!x\"\nd: [e, '!f']");
        QTest::newRow("an anchor") << QByteArray("a: &x \"b\"");
        QTest::newRow("an ampersand inside") << QByteArray("a: b & !c");
    }

    void closedQuotesPass()
    {
        QFETCH(QByteArray, text);
        QVERIFY(read(text.toStdString()).findings.empty());
    }

    void whatYamlCppCannotGetPastIsNamed()
    {
        const ReadDocuments result = read("a: 1\n---\n,*b");
        QVERIFY(!result.isReadable());
        QCOMPARE(result.findings[0].place.line, 3U);
        QCOMPARE(result.findings[0].message, std::string("a text cannot begin with \",\""));
    }

    void aTabIsNamed()
    {
        const ReadDocuments result = read("a:\n  b: 1\n \tc: 2\n");
        QVERIFY(QString::fromStdString(result.findings.at(0).message).contains("tab"));
        QCOMPARE(result.findings[0].place.line, 3U);
        QCOMPARE(result.findings[0].place.column, 2U);
    }

    void anUnclosedBracketTellsWhereItBegan()
    {
        const ReadDocuments result = read("a:\n  b: [1, 2\nc: 3\n");
        QVERIFY(QString::fromStdString(result.findings.at(0).message).contains("line 2, column 6"));
    }

    void whatIsHeldWithoutAnEventIsLimited()
    {
        const ReadDocuments deep = read("a: " + std::string(4U << 20U, '['));
        QCOMPARE(deep.findings.at(0).id, std::string("too-long-between-values"));
        std::string flat = "[";
        while (flat.size() < 3U << 20U) {
            flat += "b,";
        }
        QCOMPARE(read(flat + "b]").findings.at(0).id, std::string("too-long-between-values"));
    }

    void aLongBlockFileIsNot()
    {
        std::string text;
        for (int i = 0; i < 50'000; ++i) {
            text += "key" + std::to_string(i) + ": a value that is neither short nor very long\n";
        }
        QVERIFY(text.size() > 2U << 20U);
        QVERIFY(read(text).isReadable());
    }
};

LAB_TEST(YamlEventsTest)
#include "tst_yaml_events.moc"
