#include "support/test_main.hpp"
#include <QJsonDocument>

#include "base/random.hpp"
#include "report/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <cmath>

namespace json = boost::json;
using namespace lab::report;

/// JSON text is the same bytes for the same values, and reads back as them.
class JsonTextTest : public QObject {
    Q_OBJECT

private slots:
    void numbersHaveOneForm_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("decimals");
        QTest::addColumn<QString>("text");
        QTest::newRow("whole") << 30.0 << 2 << "30\n";
        QTest::newRow("rounded") << 0.1 + 0.2 << 6 << "0.3\n";
        QTest::newRow("half") << 16.425 << 2 << "16.43\n";
        QTest::newRow("small") << 1e-9 << 9 << "0.000000001\n";
        QTest::newRow("large") << 1e15 << 2 << "1000000000000000\n";
        QTest::newRow("negative") << -2.5 << 2 << "-2.5\n";
        QTest::newRow("negative nothing") << -1e-12 << 6 << "0\n";
        QTest::newRow("no number") << std::nan("") << 2 << "null\n";
    }
    void numbersHaveOneForm()
    {
        QFETCH(double, value);
        QFETCH(int, decimals);
        QTEST(QString::fromStdString(toJsonText(toJsonNumber(value, decimals))), "text");
    }

    void smallObjectsStandOnOneLine()
    {
        const json::value value{{"a", {{"value", 1}, {"unit", "ms"}}},
                                {"b", {{"c", {{"d", 1}}}}},
                                {"e", json::array()},
                                {"f", json::object()}};
        QCOMPARE(QString::fromStdString(toJsonText(value)),
                 QString("{\n"
                         "  \"a\": {\"value\": 1, \"unit\": \"ms\"},\n"
                         "  \"b\": {\n"
                         "    \"c\": {\"d\": 1}\n"
                         "  },\n"
                         "  \"e\": [],\n"
                         "  \"f\": {}\n"
                         "}\n"));
    }

    void longListsOfNumbersAreFilled()
    {
        json::array numbers;
        for (int i = 0; i < 200; ++i) {
            numbers.push_back(toJsonNumber(i * 1.25, 6));
        }
        const std::string text = toJsonText(json::object{{"counts", numbers}});
        for (const QString& line : QString::fromStdString(text).split('\n')) {
            QVERIFY(line.size() <= 100);
        }
        QVERIFY(QString::fromStdString(text).count('\n') < 25);
        QCOMPARE(json::parse(text).at("counts").as_array().size(), numbers.size());
    }

    void anyTextBecomesAProperString()
    {
        const std::string text =
            toJsonText(json::array{toJsonString("a\"b\\c\n\x01\xFF zwölf"), toJsonString("")});
        QJsonParseError error;
        QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(QString::fromStdString(text),
                 QString::fromUtf8("[\"a\\\"b\\\\c\uFFFD\uFFFD\uFFFD zwölf\", \"\"]\n"));
    }

    void whatIsWrittenReadsBackTheSame()
    {
        lab::Random random(9);
        for (int i = 0; i < 500; ++i) {
            const json::value value = randomValue(random, 4);
            const std::string text = toJsonText(value);
            QCOMPARE(toJsonText(json::parse(text)), text);
        }
    }

private:
    static json::value randomValue(lab::Random& random, int depth)
    {
        switch (random.below(depth > 0 ? 7 : 5)) {
        case 0:
            return nullptr;
        case 1:
            return random.below(2) == 0;
        case 2:
            return random.next() >> random.below(64);
        case 3:
            return toJsonNumber((random.uniform() - 0.5) * 1e4, 6);
        case 4:
            return toJsonString(std::string(random.below(30), 'x') + "ö");
        case 5: {
            json::array array;
            for (std::size_t n = random.below(9); n > 0; --n) {
                array.push_back(randomValue(random, depth - 1));
            }
            return array;
        }
        default: {
            json::object object;
            for (std::size_t n = random.below(6); n > 0; --n) {
                object["key" + std::to_string(n)] = randomValue(random, depth - 1);
            }
            return object;
        }
        }
    }
};

LAB_TEST(JsonTextTest)
#include "tst_json_text.moc"
