#include "support/test_main.hpp"

#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"

using namespace lab::yaml;

namespace {

/// One text, read, with what a reader says about it.
struct Bench {
    explicit Bench(const std::string& text)
        : document(readDocuments(text, "t.yaml").documents.at(0))
        , reading{document, findings}
        , root(reading, document.root, "")
    {
    }

    [[nodiscard]] QStringList said() const
    {
        QStringList said;
        for (const lab::Finding& finding : findings) {
            said << QString::fromStdString(toText(finding));
        }
        return said;
    }

    Document document;
    lab::Findings findings;
    Reading reading;
    MapReader root;
};

} // namespace

/// Maps, lists and keys; one value each is tst_map_values.
class MapReaderTest : public QObject {
    Q_OBJECT

private slots:
    void unknownKeysAreToldWithASuggestion()
    {
        Bench bench("title: a\nsead: 7\nnonsense: 1\n");
        (void)bench.root.text("title");
        (void)bench.root.integer("seed");
        bench.root.finish();
        QCOMPARE(
            bench.said(),
            (QStringList{"t.yaml:2:1: unreadable: unknown key \"sead\"; did you mean \"seed\"?",
                         "t.yaml:3:1: unreadable: unknown key \"nonsense\""}));
        QCOMPARE(bench.reading.wrongCount, 2U);
    }

    void manyUnknownKeysAreCounted()
    {
        std::string text;
        for (int i = 0; i < 100; ++i) {
            text += "k" + std::to_string(i) + ": x\n";
        }
        Bench bench(text);
        bench.root.finish();
        QCOMPARE(bench.findings.size(), 21U);
        QVERIFY(bench.said().last().startsWith(
            "t.yaml:21:1: unreadable: unknown keys from here on: 80"));
    }

    void nestedMapsKnowTheirPath()
    {
        Bench bench("spec:\n  traffic:\n    - {name: a, rat: 1}\n    - {name: [b]}\n");
        MapReader spec = bench.root.map("spec");
        for (MapReader& source : spec.maps("traffic")) {
            (void)source.text("name");
            (void)source.rate("rate");
            source.finish();
        }
        spec.finish();
        bench.root.finish();
        QCOMPARE(bench.said(),
                 (QStringList{
                     "t.yaml:3:17: unreadable: unknown key \"rat\" in spec.traffic[0]; "
                     "did you mean \"rate\"?",
                     "t.yaml:4:14: unreadable: spec.traffic[1].name must be a text, not a list"}));
    }

    void wrongKindsAreTold()
    {
        Bench bench("a: x\nb: {c: d}\ne: [1, {f: g}, ~]\n");
        QVERIFY(!bench.root.map("a").isPresent());
        QVERIFY(bench.root.items("b").empty());
        QCOMPARE(bench.root.maps("e").size(), 1U);
        QCOMPARE(bench.said(),
                 (QStringList{"t.yaml:1:4: unreadable: a must be a map, not \"x\"",
                              "t.yaml:2:4: unreadable: b must be a list, not a map",
                              "t.yaml:3:5: unreadable: e[0] must be a map, not \"1\"",
                              "t.yaml:3:16: unreadable: e[2] must be a map, not nothing"}));
    }

    void whatIsAbsentIsSilent()
    {
        Bench bench("a: ~\nb:\n");
        QVERIFY(!bench.root.has("a"));
        QVERIFY(!bench.root.text("a"));
        QVERIFY(!bench.root.map("b").isPresent());
        QVERIFY(bench.root.maps("c").empty());
        QVERIFY(bench.root.texts("c").empty());
        QVERIFY(bench.root.textMap("c").empty());
        QVERIFY(!bench.root.map("c").text("d"));
        bench.root.finish();
        QCOMPARE(bench.said(), QStringList());
    }

    void whatIsRequiredIsMissed()
    {
        Bench bench("spec: {a: 1, b: ~}\n");
        MapReader spec = bench.root.map("spec");
        QVERIFY(spec.require("a"));
        QVERIFY(!spec.require("b"));
        QVERIFY(!spec.require("c"));
        QVERIFY(!bench.root.map("none").require("d"));
        QCOMPARE(bench.said(),
                 (QStringList{"t.yaml:1:14: unreadable: spec.b is missing",
                              "t.yaml:1:7: unreadable: spec.c is missing"}));
    }

    void listsAndMapsOfTextAreRead()
    {
        Bench bench("l: [a, 1, [b]]\nm: {x: y, n: 1, z: [a], nothing: }\n");
        QCOMPARE(bench.root.texts("l"), (std::vector<std::string>{"a", "1"}));
        const auto map = bench.root.textMap("m");
        QCOMPARE(map.at("x"), std::string("y"));
        QCOMPARE(map.at("nothing"), std::string());
        QCOMPARE(map.size(), 3U);
        QCOMPARE(bench.findings.size(), 2U);
    }

    void freeKeysAreListedAndKnown()
    {
        Bench bench("cart: {latency: 5ms}\nweb: {}\n");
        QCOMPARE(bench.root.keys(), (std::vector<std::string>{"cart", "web"}));
        QVERIFY(bench.root.map("cart").duration("latency").has_value());
        bench.root.finish();
        QCOMPARE(bench.said(), QStringList());
    }

    void keysCanBePassedOver()
    {
        Bench bench("env: []\nvolumes: []\n");
        bench.root.passOver({"env", "volumes"});
        bench.root.finish();
        QCOMPARE(bench.said(), QStringList());
    }

    void severitiesFollowTheReading()
    {
        Bench bench("a: x\nb: 1\n");
        bench.reading.wrong = lab::Severity::Refused;
        bench.reading.unknown = lab::Severity::Warning;
        (void)bench.root.integer("a");
        bench.root.finish();
        QVERIFY(bench.findings.at(0).severity == lab::Severity::Refused);
        QVERIFY(bench.findings.at(1).severity == lab::Severity::Warning);
        QCOMPARE(bench.reading.wrongCount, 1U);
    }

    void pathsAreSafeToShow()
    {
        Bench bench("\"a\\e[31m\": {b: c}\n");
        const std::string path = bench.root.map("a\x1b[31m").path("b");
        QCOMPARE(path, std::string("a\\u001b[31m.b"));
    }
};

LAB_TEST(MapReaderTest)
#include "tst_map_reader.moc"
