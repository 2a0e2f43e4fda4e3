#include "support/test_main.hpp"

#include "explain/explanation_json.hpp"
#include "support/explain_bench.hpp"

#include <boost/json.hpp>

using namespace lab;

namespace {

boost::json::object parsed(const explain::Explanation& said)
{
    return boost::json::parse(explain::explanationAsJson(said)).as_object();
}

} // namespace

/// The answer as data: research's shape, and what goes beyond it.
class ExplanationJsonTest : public QObject {
    Q_OBJECT

private slots:
    void theShapeHolds()
    {
        test::ExplainBench bench(test::Annotations{{"limit-rps", "5"}});
        const auto root = parsed(bench.ask("https://shop.lab/x?y", {"Cookie: beta=1"}, "POST"));
        QCOMPARE(root.at("schemaVersion").as_int64(), 1);
        const auto& request = root.at("request").as_object();
        QVERIFY(request.at("method") == "POST");
        QVERIFY(request.at("path") == "/x");
        QVERIFY(request.at("headers").at(0).at("name") == "Cookie");
        const auto& outcome = root.at("outcome").as_object();
        QVERIFY(outcome.at("kind") == "backend");
        QVERIFY(outcome.at("service") == "default/web");
        QVERIFY(outcome.at("port") == 80);
        QVERIFY(outcome.at("rule").as_string().starts_with("test.yaml:"));
        QVERIFY(root.at("candidates").at(0).at("won") == true);
        QVERIFY(root.at("candidates").at(1).as_object().contains("lostBecause"));
        QVERIFY(root.at("certificate").at("source") == "self-signed");
        QVERIFY(root.at("limits").at(1).at("state") == "admits it: full, as at start");
        QVERIFY(root.at("podRequest").at("fields").as_array().size() > 3);
        QVERIFY(root.at("phases").at(0).at("phase") == "route");
    }

    void aRefusalNamesItsBrokenLink()
    {
        const auto root = parsed(test::ExplainBench().ask("http://shop.lab/empty"));
        QVERIFY(root.at("outcome").at("status") == 503);
        QVERIFY(root.at("outcome").as_object().contains("brokenLink"));
        QVERIFY(root.at("podRequest").is_null());
        QVERIFY(root.at("certificate").is_null());
    }

    void nearMissesAreThere()
    {
        const auto root = parsed(test::ExplainBench().ask("http://shpo.lab/empty"));
        QVERIFY(root.at("nearMisses").at(0).at("host") == "shop.lab");
    }
};

LAB_TEST(ExplanationJsonTest)
#include "tst_explanation_json.moc"
