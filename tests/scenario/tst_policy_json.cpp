#include "support/test_main.hpp"

#include "report/json_text.hpp"
#include "scenario/policy_json.hpp"

#include <boost/json.hpp>

using namespace lab;

/// A route's policy, for people and tools.
class PolicyJsonTest : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatDiffersFromNothingIsThere()
    {
        const boost::json::object made = scenario::policyJson(plan::RoutePolicy(), plan::Door());
        QCOMPARE(made.size(), std::size_t{3});
        QCOMPARE(
            report::toJsonText(made.at("timeouts")),
            std::string("{\"connectSeconds\": 5, \"sendSeconds\": 60, \"readSeconds\": 60}\n"));
        QCOMPARE(report::toJsonText(made.at("retry")),
                 std::string("{\"onError\": true, \"onTimeout\": true, \"triesMax\": 3}\n"));
        QCOMPARE(std::string(made.at("backendProtocol").as_string()), std::string("HTTP"));
    }

    void zonesHaveTheirNamesAndPasswordsNone()
    {
        plan::Door door;
        door.rateZones = {{"shop/web limit-rps", {10, 50}}};
        door.connectionZones = {{"shop/web limit-connections", 4}};
        plan::RoutePolicy policy;
        policy.rateZones = {0};
        policy.connectionZone = 0;
        policy.redirectsToHttps = true;
        policy.interceptedStatuses = {404, 503};
        policy.basicAuth = plan::BasicAuth{"Staff", {{"ann", "$apr1$hush"}}};
        const boost::json::object made = scenario::policyJson(policy, door);
        QCOMPARE(boost::json::serialize(made.at("limits")),
                 std::string(R"(["shop/web limit-rps","shop/web limit-connections"])"));
        QVERIFY(made.at("redirectsToHttps").as_bool());
        QCOMPARE(boost::json::serialize(made.at("interceptedStatuses")), std::string("[404,503]"));
        QCOMPARE(boost::json::serialize(made.at("basicAuth")),
                 std::string(R"({"realm":"Staff","passwords":"redacted"})"));
        const std::string all = boost::json::serialize(made);
        QVERIFY(all.find("hush") == all.npos && all.find("ann") == all.npos);
    }

    void bucketsAreRateAndBurst()
    {
        QCOMPARE(report::toJsonText(scenario::bucketJson({0.5, 20})),
                 std::string("{\"ratePerSecond\": 0.5, \"burst\": 20}\n"));
    }
};

LAB_TEST(PolicyJsonTest)
#include "tst_policy_json.moc"
