#include "support/test_main.hpp"

#include "report/finding_json.hpp"

#include <boost/json/object.hpp>

using namespace lab;

/// Findings in JSON keep their place, or say that there is none.
class FindingJsonTest : public QObject {
    Q_OBJECT

private slots:
    void aFindingKeepsItsPlace()
    {
        const Place place{std::make_shared<const std::string>("a.yaml"), 3, 5};
        const boost::json::array all =
            report::findingsJson({{Severity::Error, "broken", place, "it is broken", "mend it"}});
        const boost::json::object& finding = all.at(0).as_object();
        QCOMPARE(finding.at("severity").as_string(), "error");
        QCOMPARE(finding.at("id").as_string(), "broken");
        QCOMPARE(finding.at("remedy").as_string(), "mend it");
        QCOMPARE(finding.at("place").as_object().at("file").as_string(), "a.yaml");
        QCOMPARE(finding.at("place").as_object().at("line").to_number<int>(), 3);
        QCOMPARE(finding.at("place").as_object().at("column").to_number<int>(), 5);
    }

    void noPlaceIsNull()
    {
        QVERIFY(report::placeJson({}).is_null());
        QVERIFY(report::findingsJson({}).empty());
    }
};

LAB_TEST(FindingJsonTest)
#include "tst_finding_json.moc"
