#include "support/test_main.hpp"

#include "plan/annotation_values.hpp"

using namespace lab::plan;

/// The little languages of annotation values.
class AnnotationValuesTest : public QObject {
    Q_OBJECT

private slots:
    void boolsAreReadAsGoDoes()
    {
        for (const char* text : {"1", "t", "T", "TRUE", "true", "True"}) {
            QCOMPARE(parseBool(text), std::optional(true));
        }
        for (const char* text : {"0", "f", "F", "FALSE", "false", "False"}) {
            QCOMPARE(parseBool(text), std::optional(false));
        }
        for (const char* text : {"", "yes", "on", "tRUE", " true"}) {
            QVERIFY(!parseBool(text));
        }
    }

    void sizesHaveUnits_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("bytes"); // -1: no size
        QTest::newRow("bare") << "100" << qint64{100};
        QTest::newRow("bytes") << "7b" << qint64{7};
        QTest::newRow("kilo") << "8K" << qint64{8192};
        QTest::newRow("mega") << "8m" << qint64{8 << 20};
        QTest::newRow("giga") << "2G" << qint64{2} * 1024 * 1024 * 1024;
        QTest::newRow("zero") << "0" << qint64{0};
        QTest::newRow("negative") << "-1m" << qint64{-1};
        QTest::newRow("words") << "big" << qint64{-1};
        QTest::newRow("too much") << "9223372036854775807g" << qint64{-1};
        QTest::newRow("empty") << "" << qint64{-1};
    }

    void sizesHaveUnits()
    {
        QFETCH(QString, text);
        QFETCH(qint64, bytes);
        const auto parsed = parseSize(text.toStdString());
        QCOMPARE(parsed ? static_cast<qint64>(*parsed) : qint64{-1}, bytes);
    }

    void numbersAreWhole()
    {
        QCOMPARE(parseInteger("-5"), std::optional<std::int64_t>(-5));
        for (const char* text : {"", "5x", "1.5", "ten", " 5"}) {
            QVERIFY(!parseInteger(text));
        }
    }

    void listsAndRangesAreSplitAtCommas()
    {
        QCOMPARE(splitList(" a, b,,c "), (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(parseRanges("10.0.0.0/8, ::1")->size(), std::size_t{2});
        QVERIFY(!parseRanges("10.0.0.0/8, x").has_value());
    }
};

LAB_TEST(AnnotationValuesTest)
#include "tst_annotation_values.moc"
