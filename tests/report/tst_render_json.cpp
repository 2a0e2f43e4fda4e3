#include "support/test_main.hpp"

#include "base/decimal.hpp"
#include "report/render.hpp"
#include "support/golden.hpp"
#include "support/json_schema.hpp"
#include "support/report_fixture.hpp"

#include <boost/json/value_to.hpp>

#include <algorithm>
#include <cmath>

using namespace lab;
namespace json = boost::json;

/// The JSON form keeps its schema, and every number in it wears its origin.
class RenderJsonTest : public QObject {
    Q_OBJECT

private slots:
    void twoDoors()
    {
        test::compareWithGolden(report::renderJson(test::twoDoorsReport()),
                                "reports/two-doors.json");
    }

    void everyReportKeepsTheSchema_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("two doors") << 0;
        QTest::newRow("one style, without a limit") << 1;
        QTest::newRow("nothing answered") << 2;
        QTest::newRow("no style") << 3;
    }
    void everyReportKeepsTheSchema()
    {
        QFETCH(int, which);
        report::Report report = test::twoDoorsReport();
        if (which == 1) {
            report.styles.pop_back();
            report.styles[0].overallLimit.reset();
            report.styles[0].trafficOrigin = report::Origin::Simulated;
        } else if (which == 2) {
            report.styles[0].measurements = {};
            report.styles[1].overallLimit->factor = std::nan("");
        } else if (which == 3) {
            report = {};
        }
        const json::value schema = test::readJsonFile("assets/schema/report.v1.json");
        const json::value value = json::parse(report::renderJson(report));
        const auto mistakes = test::SchemaCheck(schema).mistakes(value);
        QVERIFY2(mistakes.empty(), mistakes.empty() ? "" : mistakes.front().c_str());
    }

    void theSchemaCatchesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("mistake");
        QTest::newRow("no origin") << "/styles/ingress/certificates/origin"
                                   << "/styles/ingress/certificates: lacks origin";
        QTest::newRow("no quantile") << "/styles/ingress/latency/p99"
                                     << "/styles/ingress/latency: lacks p99";
        QTest::newRow("no verdict") << "/expectations/0/verdict"
                                    << "/expectations/0: lacks verdict";
        QTest::newRow("no seed") << "/seed"
                                 << "/: lacks seed";
    }
    void theSchemaCatchesWhatIsWrong()
    {
        QFETCH(QString, path);
        const json::value schema = test::readJsonFile("assets/schema/report.v1.json");
        json::value value = json::parse(report::renderJson(test::twoDoorsReport()));
        const QString parent = path.section('/', 0, -2);
        const std::string key = path.section('/', -1).toStdString();
        json::object& object = parent.isEmpty()
                                   ? value.as_object()
                                   : value.at_pointer(parent.toStdString()).as_object();
        QCOMPARE(object.erase(key), std::size_t{1});
        object["surprise"] = 1;
        const auto mistakes = test::SchemaCheck(schema).mistakes(value);
        QCOMPARE(mistakes.size(), std::size_t{2}); // The missing key, and the unknown one.
        QTEST(QString::fromStdString(mistakes[0]), "mistake");
    }

    void aMetricsNameIsThePathToIt()
    {
        const report::Report report = test::twoDoorsReport();
        const json::value value = json::parse(report::renderJson(report));
        for (const report::StyleReport& style : report.styles) {
            const json::value& own = value.at("styles").at(plan::toText(style.style));
            for (std::string path : report::measurePaths()) {
                if (path == "statusCounts.NNN") {
                    path = "statusCounts.200";
                }
                const auto measure = report::measureAt(style, path);
                QVERIFY2(measure.has_value(), path.c_str());
                QVERIFY2(std::abs(numberAt(own, path) - measure->value) < 0.005, path.c_str());
            }
        }
    }

    void everyNumberWearsItsOrigin()
    {
        const json::value value = json::parse(report::renderJson(test::twoDoorsReport()));
        std::size_t numbers = 0;
        countNumbers(value.at("styles"), false, numbers);
        countNumbers(value.at("comparison"), false, numbers);
        QVERIFY(numbers > 200);
    }

    void linesAddUpToTheAmount()
    {
        const json::value value = json::parse(report::renderJson(test::twoDoorsReport()));
        for (const auto& style : value.at("styles").as_object()) {
            const json::value& cost = style.value().at("monthlyCost");
            double sum = 0;
            for (const json::value& line : cost.at("lines").as_array()) {
                const auto number = [&line](const char* key) {
                    return line.at(key).to_number<double>();
                };
                QVERIFY(std::abs(number("quantity") * number("unitPrice") - number("amount")) <
                        0.005001);
                sum += number("amount");
            }
            const double cent = 0.01 * static_cast<double>(cost.at("lines").as_array().size());
            QVERIFY(std::abs(sum - cost.at("amount").to_number<double>()) < cent);
        }
    }

    void thereAreEnoughBatchesForAnInterval()
    {
        const json::value value = json::parse(report::renderJson(test::twoDoorsReport()));
        const json::value& latency = value.at("styles").at("ingress").at("latency");
        QVERIFY(latency.at("batches").as_array().size() >= 20);
        const json::value& buckets = latency.at("buckets");
        QCOMPARE(buckets.at("upperBound").as_array().size(), buckets.at("count").as_array().size());
    }

    void theSameReportIsTheSameBytes()
    {
        QCOMPARE(report::renderJson(test::twoDoorsReport()),
                 report::renderJson(test::twoDoorsReport()));
    }

    void everyBoundOfTheSchemaForScenariosIsAMetric()
    {
        const json::value schema = test::readJsonFile("assets/schema/scenario.v1.json");
        const json::value& metric =
            schema.at_pointer("/$defs/expectation/properties/metric/anyOf/0/enum");
        std::vector<std::string> names;
        for (const json::value& name : metric.as_array()) {
            names.push_back(json::value_to<std::string>(name));
        }
        names.emplace_back("statusCounts.NNN");
        QCOMPARE(names, report::measurePaths());
    }

private:
    static double numberAt(const json::value& style, const std::string& path)
    {
        std::string pointer = '/' + path;
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        const json::value& found = style.at_pointer(pointer);
        if (found.is_number()) {
            return found.to_number<double>(); // A latency: unit and origin are its object's.
        }
        const json::value* value = found.as_object().if_contains("value");
        const json::value& number = value != nullptr ? *value : found.at("amount");
        return number.is_bool() ? (number.as_bool() ? 1.0 : 0.0) : number.to_number<double>();
    }

    /// Counts the numbers below; fails for one without an origin beside it or above it.
    static void countNumbers(const json::value& value, bool hasOrigin, std::size_t& numbers)
    {
        if (const json::object* object = value.if_object()) {
            const bool has = hasOrigin || object->contains("origin");
            for (const auto& member : *object) {
                countNumbers(member.value(), has, numbers);
            }
        } else if (const json::array* array = value.if_array()) {
            for (const json::value& item : *array) {
                countNumbers(item, hasOrigin, numbers);
            }
        } else if (value.is_number()) {
            ++numbers;
            QVERIFY(hasOrigin);
        }
    }
};

LAB_TEST(RenderJsonTest)
#include "tst_render_json.moc"
