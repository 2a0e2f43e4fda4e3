#include "support/test_main.hpp"

#include "scenario/traffic_run.hpp"

using namespace lab;
using namespace std::chrono_literals;

/// What the two clocks share; the traffic itself is tst_scenario_runner's.
class LiveTrafficTest : public QObject {
    Q_OBJECT

private slots:
    void theStartOfARunIsNotCounted_data()
    {
        QTest::addColumn<qint64>("durationMs");
        QTest::addColumn<qint64>("warmUpMs");
        QTest::newRow("a quarter of a slice") << qint64{800} << qint64{100};
        QTest::newRow("two slices") << qint64{4000} << qint64{500};
        QTest::newRow("never more than half a second") << qint64{600'000} << qint64{500};
    }
    void theStartOfARunIsNotCounted()
    {
        QFETCH(qint64, durationMs);
        QFETCH(qint64, warmUpMs);
        scenario::Scenario scenario;
        scenario.duration = std::chrono::milliseconds(durationMs);
        QVERIFY(scenario::warmUpOf(scenario) == std::chrono::milliseconds(warmUpMs));
    }

    void whereNothingCanBeBoundNothingIsSent()
    {
        scenario::PlanInput input;
        input.scenario.emplace();
        plan::FrontDoorPlan plan;
        plan.doors.emplace_back().ports.push_back({});
        plan::Endpoint& endpoint = plan.endpoints.emplace_back();
        endpoint.address = "no address at all";
        const auto shared = std::make_shared<const plan::FrontDoorPlan>(plan);
        const auto sent = scenario::sendLive(input, {shared, shared, {}}, {});
        QVERIFY(!sent.has_value());
        QVERIFY(!sent.error().message().empty());
    }
};

LAB_TEST(LiveTrafficTest)
#include "tst_live_traffic.moc"
