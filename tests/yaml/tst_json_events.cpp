#include "support/test_main.hpp"

#include "yaml/document_reader.hpp"
#include "yaml/json_events.hpp"

#include <optional>

using namespace lab::yaml;

namespace {

/// The mistake, or nothing where the text is JSON.
std::optional<JsonMistake> mistakeIn(const std::string& text, ReadDocuments& result)
{
    const ReadLimits limits;
    TreeBuilder builder(std::make_shared<const std::string>("t.json"), limits, result);
    const JsonMistake mistake = readJson(text, builder);
    return mistake.what.empty() ? std::nullopt : std::optional(mistake);
}

} // namespace

/// RFC 8259, with places.
class JsonEventsTest : public QObject {
    Q_OBJECT

private slots:
    void valuesAreRead()
    {
        ReadDocuments result;
        QVERIFY(!mistakeIn(
            "{\"a\": [1, -2.5e3, true, null,\n \"x\\\"\\u00e9\\ud83d\\uded2\"], \"b\": {}}",
            result));
        const Node& root = result.documents.at(0).root;
        const Node* list = root.find("a");
        QCOMPARE(list->items.size(), 5U);
        QCOMPARE(list->items[1].scalar, std::string("-2.5e3"));
        QVERIFY(!list->items[2].isQuoted);
        QVERIFY(list->items[3].isNull());
        QCOMPARE(list->items[4].scalar, std::string("x\"é🛒"));
        QCOMPARE(list->items[4].line, 2U);
        QCOMPARE(list->items[4].column, 2U);
        QVERIFY(root.find("b")->isMap());
    }

    void severalValuesAreSeveralDocuments()
    {
        ReadDocuments result;
        QVERIFY(!mistakeIn("{\"a\": 1}\n{\"b\": 2}{}", result));
        QCOMPARE(result.documents.size(), 3U);
        QCOMPARE(result.documents[1].root.line, 2U);
    }

    void whatIsNoJsonIsToldInItsPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("column");
        QTest::newRow("a plain key") << QByteArray("{a: 1}") << 2;
        QTest::newRow("a comma too many") << QByteArray("[1,]") << 4;
        QTest::newRow("no comma") << QByteArray("[1 2]") << 4;
        QTest::newRow("no colon") << QByteArray("{\"a\" 1}") << 6;
        QTest::newRow("not closed") << QByteArray("{\"a\": 1") << 8;
        QTest::newRow("a leading zero") << QByteArray("[01]") << 2;
        QTest::newRow("a point at the end") << QByteArray("[1.]") << 2;
        QTest::newRow("a plus") << QByteArray("[+1]") << 2;
        QTest::newRow("a word") << QByteArray("[yes]") << 2;
        QTest::newRow("nothing") << QByteArray("[") << 2;
        QTest::newRow("single quotes") << QByteArray("['a']") << 2;
        QTest::newRow("a line end in a text") << QByteArray("[\"a\nb\"]") << 4;
        QTest::newRow("a text cut off") << QByteArray("[\"a") << 4;
        QTest::newRow("an unknown escape") << QByteArray("[\"\\x\"]") << 4;
        QTest::newRow("half a pair") << QByteArray("[\"\\ud800\"]") << 8;
        QTest::newRow("half a pair and a letter") << QByteArray("[\"\\ud800\\u0041\"]") << 14;
        QTest::newRow("cut in an escape") << QByteArray("[\"\\u00") << 4;
        QTest::newRow("cut behind a backslash") << QByteArray("[\"\\") << 4;
        QTest::newRow("a comment") << QByteArray("[] // x") << 4;
    }

    void whatIsNoJsonIsToldInItsPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, column);
        ReadDocuments result;
        const auto mistake = mistakeIn(text.toStdString(), result);
        QVERIFY(mistake.has_value());
        QCOMPARE(static_cast<int>(mistake->spot.column), column);
    }

    void depthStopsTheReading()
    {
        ReadDocuments result;
        QVERIFY_EXCEPTION_THROWN((void)mistakeIn(std::string(100'000, '['), result),
                                 ReadingStopped);
        QCOMPARE(result.findings.at(0).id, std::string("too-deep"));
    }

    void jsonIsRecognisedByItsFirstCharacter()
    {
        QVERIFY(looksLikeJson(" \n{"));
        QVERIFY(looksLikeJson("["));
        QVERIFY(!looksLikeJson("a: {}"));
        QVERIFY(!looksLikeJson(""));
    }

    void largeJsonIsReadInOneGo()
    {
        std::string text = "{\"items\": [";
        for (int i = 0; i < 100'000; ++i) {
            text += R"({"kind": "Service", "name": "some name of some length", "port": 80},)";
        }
        text.back() = ']';
        text += '}';
        QVERIFY(text.size() > 4U << 20U);
        const ReadDocuments result = readDocuments(text, "t.json");
        QVERIFY(result.isReadable());
        QCOMPARE(result.documents.at(0).root.find("items")->items.size(), 100'000U);
        text[text.size() / 2] = '\'';
        const ReadDocuments broken = readDocuments(text, "t.json");
        QVERIFY(!broken.isReadable());
        QVERIFY(QString::fromStdString(broken.findings.at(0).message).startsWith("not JSON"));
    }
};

LAB_TEST(JsonEventsTest)
#include "tst_json_events.moc"
