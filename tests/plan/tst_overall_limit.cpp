#include "support/test_main.hpp"

#include "plan/overall_limit.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;

namespace {

FrontDoorPlan planOf(std::vector<DoorMode> modes)
{
    FrontDoorPlan plan;
    for (const DoorMode mode : modes) {
        plan.doors.emplace_back().mode = mode;
    }
    return plan;
}

} // namespace

/// One wish for the site, a bucket at each point that can hold it.
class OverallLimitTest : public QObject {
    Q_OBJECT

private slots:
    void everyHttpDoorGetsTheWholeLimit()
    {
        FrontDoorPlan plan = planOf({DoorMode::Http, DoorMode::Http});
        PlanOptions options;
        options.overallLimit = OverallLimit{100, 20, false};
        Findings findings;
        applyOverallLimit(options, plan, findings);
        QCOMPARE(plan.limitingPointCount(), std::size_t{2});
        QCOMPARE(plan.doors[1].limit->ratePerSecond, 100.0);
        QCOMPARE(plan.doors[1].limit->burst, 20.0);
        QVERIFY(findings.empty());
    }

    void splitEvenlyDividesItAndKeepsRoomForOne()
    {
        FrontDoorPlan plan = planOf({DoorMode::Http, DoorMode::Http, DoorMode::Http});
        PlanOptions options;
        options.overallLimit = OverallLimit{90, 2, true};
        Findings findings;
        applyOverallLimit(options, plan, findings);
        QCOMPARE(plan.doors[0].limit->ratePerSecond, 30.0);
        QCOMPARE(plan.doors[0].limit->burst, 1.0);
    }

    void aDoorThatPassesBytesCannotLimitAndThatIsSaid()
    {
        FrontDoorPlan plan = planOf({DoorMode::Tcp, DoorMode::Tls, DoorMode::Http});
        plan.doors[0].replicas = {DoorId(2)}; // the cloud door in front of a controller
        PlanOptions options;
        options.overallLimit = OverallLimit{90, 2, false};
        Findings findings;
        applyOverallLimit(options, plan, findings);
        QVERIFY(!plan.doors[0].limit && !plan.doors[1].limit);
        QCOMPARE(test::idsOf(findings), (std::vector<std::string>{"door-cannot-limit"}));
        QVERIFY(findings[0].message.starts_with("1 door of"));
    }

    void withoutAWishNothingIsLimited()
    {
        FrontDoorPlan plan = planOf({DoorMode::Http, DoorMode::Tcp});
        Findings findings;
        applyOverallLimit({}, plan, findings);
        QCOMPARE(plan.limitingPointCount(), std::size_t{0});
        QVERIFY(findings.empty());
    }
};

LAB_TEST(OverallLimitTest)
#include "tst_overall_limit.moc"
