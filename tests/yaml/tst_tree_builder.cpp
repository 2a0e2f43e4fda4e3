#include "support/test_main.hpp"

#include "yaml/tree_builder.hpp"

using namespace lab::yaml;

namespace {

/// A builder with what it makes, and a hand that feeds it events.
struct Bench {
    explicit Bench(ReadLimits someLimits = {})
        : limits(std::move(someLimits))
        , builder(std::make_shared<const std::string>("t.yaml"), limits, result)
    {
        builder.beginDocument({1, 1});
    }

    void entry(const std::string& key, const std::string& value)
    {
        builder.scalar({1, 1}, key, false);
        builder.scalar({1, 1}, value, false);
    }

    [[nodiscard]] QString ids() const
    {
        QStringList ids;
        for (const lab::Finding& finding : result.findings) {
            ids << QString::fromStdString(finding.id);
        }
        return ids.join(' ');
    }

    ReadLimits limits;
    ReadDocuments result;
    TreeBuilder builder;
};

} // namespace

/// Events become trees, within limits.
class TreeBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void eventsBecomeATree()
    {
        Bench bench;
        bench.builder.beginMap({1, 1});
        bench.builder.scalar({1, 1}, "ports", false);
        bench.builder.beginSequence({1, 8});
        bench.builder.scalar({1, 9}, "80", false);
        bench.builder.scalar({1, 13}, "http", true);
        bench.builder.endSequence();
        bench.builder.endMap();
        bench.builder.endDocument();
        QCOMPARE(bench.result.documents.size(), 1U);
        const Node* ports = bench.result.documents[0].root.find("ports");
        QVERIFY(ports != nullptr && ports->isSequence());
        QCOMPARE(ports->items.size(), 2U);
        QCOMPARE(ports->items[1].scalar, std::string("http"));
        QVERIFY(ports->items[1].isQuoted);
        QCOMPARE(ports->items[1].column, 13U);
    }

    void emptyDocumentsAreLeftOut()
    {
        Bench bench;
        bench.builder.null({1, 1});
        bench.builder.endDocument();
        QVERIFY(bench.result.documents.empty());
        QVERIFY(bench.result.isReadable());
    }

    void nothingStandsWhereItsKeyStands()
    {
        Bench bench;
        bench.builder.beginMap({1, 1});
        bench.builder.scalar({1, 1}, "a", false);
        bench.builder.null({9, 9});
        bench.builder.endMap();
        bench.builder.endDocument();
        QCOMPARE(bench.result.documents[0].root.find("a")->line, 1U);
    }

    void duplicateKeysAreFoundInSmallAndLargeMaps_data()
    {
        QTest::addColumn<int>("keys");
        QTest::newRow("2") << 2;
        QTest::newRow("16") << 16;
        QTest::newRow("17") << 17;
        QTest::newRow("1000") << 1000;
    }

    void duplicateKeysAreFoundInSmallAndLargeMaps()
    {
        QFETCH(int, keys);
        Bench bench;
        bench.builder.beginMap({1, 1});
        for (int i = 0; i < keys; ++i) {
            bench.entry(std::to_string(i), "x");
        }
        QCOMPARE(bench.ids(), QString());
        bench.entry("0", "x");
        bench.entry(std::to_string(keys - 1), "x");
        bench.builder.endMap();
        QCOMPARE(bench.ids(), QString("duplicate-key duplicate-key"));
    }

    void whatIsNoTextIsNoKey()
    {
        for (int kind = 0; kind < 4; ++kind) {
            Bench bench;
            bench.builder.beginMap({1, 1});
            try {
                switch (kind) {
                case 0:
                    bench.builder.null({1, 1});
                    break;
                case 1:
                    bench.builder.beginMap({1, 1});
                    break;
                case 2:
                    bench.builder.beginSequence({1, 1});
                    break;
                default:
                    bench.builder.alias({1, 1}, 1);
                }
                QFAIL("no stop");
            } catch (const ReadingStopped&) {
                QCOMPARE(bench.ids(), QString("key-not-text"));
            }
        }
    }

    void limitsStopTheReading_data()
    {
        QTest::addColumn<QString>("limit");
        for (const char* limit :
             {"too-deep", "too-many-values", "text-too-long", "too-many-documents"}) {
            QTest::newRow(limit) << limit;
        }
    }

    void limitsStopTheReading()
    {
        QFETCH(QString, limit);
        ReadLimits limits;
        limits.depthMax = 3;
        limits.nodesMax = 20;
        limits.scalarBytesMax = 10;
        limits.documentsMax = 2;
        Bench bench(limits);
        const auto feed = [&] {
            if (limit == "too-deep") {
                for (int i = 0; i < 4; ++i) {
                    bench.builder.beginSequence({1, 1});
                }
            } else if (limit == "too-many-values") {
                bench.builder.beginSequence({1, 1});
                for (int i = 0; i < 20; ++i) {
                    bench.builder.scalar({1, 1}, "x", false);
                }
            } else if (limit == "text-too-long") {
                bench.builder.scalar({1, 1}, "eleven byte", false);
            } else {
                bench.builder.beginDocument({1, 1});
                bench.builder.beginDocument({1, 1});
            }
        };
        QVERIFY_EXCEPTION_THROWN(feed(), ReadingStopped);
        QCOMPARE(bench.ids(), limit);
        QVERIFY(!bench.result.isReadable());
    }

    void everyItemOfAListHasItsOwnAllowance()
    {
        ReadLimits limits;
        limits.nodesMax = 10;
        Bench bench(limits);
        bench.builder.beginMap({1, 1});
        bench.builder.scalar({1, 1}, "items", false);
        bench.builder.beginSequence({1, 1});
        for (int item = 0; item < 50; ++item) {
            bench.builder.beginMap({1, 1});
            bench.entry("kind", "Service");
            bench.entry("name", "x");
            bench.builder.endMap();
        }
        bench.builder.endSequence();
        bench.builder.endMap();
        bench.builder.endDocument();
        QCOMPARE(bench.result.documents[0].root.find("items")->items.size(), 50U);
    }

    void unwantedValuesArePassedOver()
    {
        ReadLimits limits;
        limits.nodesMax = 8;
        limits.passesOver = [](const Node& object, std::string_view path) {
            return path == "meta.managed" || (path == "status" && object.find("kind") != nullptr);
        };
        Bench bench(limits);
        bench.builder.beginMap({1, 1});
        bench.entry("kind", "A");
        bench.builder.scalar({1, 1}, "meta", false);
        bench.builder.beginMap({1, 1});
        bench.builder.scalar({1, 1}, "managed", false);
        bench.builder.beginSequence({1, 1});
        for (int i = 0; i < 100; ++i) {
            bench.builder.beginMap({1, 1});
            bench.entry("a", "b");
            bench.builder.alias({1, 1}, 77);
            bench.builder.endMap();
        }
        bench.builder.endSequence();
        bench.entry("status", "stays: it is not the object's own");
        bench.builder.endMap();
        bench.entry("status", "goes");
        bench.entry("last", "stays");
        bench.builder.endMap();
        bench.builder.endDocument();
        const Node& root = bench.result.documents.at(0).root;
        QCOMPARE(root.entries.size(), 3U);
        QVERIFY(root.find("last") != nullptr);
        QCOMPARE(root.find("meta")->entries.size(), 1U);
    }

    void tooManyMistakesStopTheReading()
    {
        ReadLimits limits;
        limits.findingsMax = 3;
        Bench bench(limits);
        bench.builder.refuse({1, 1}, "a", "a");
        bench.builder.refuse({1, 1}, "b", "b");
        QVERIFY_EXCEPTION_THROWN(bench.builder.refuse({1, 1}, "c", "c"), ReadingStopped);
    }
};

LAB_TEST(TreeBuilderTest)
#include "tst_tree_builder.moc"
