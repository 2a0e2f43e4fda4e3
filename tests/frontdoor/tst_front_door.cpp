#include "support/test_main.hpp"

#include "frontdoor/front_door.hpp"
#include "plan/plan_front_doors.hpp"
#include "support/cluster_builder.hpp"

#include <map>

using namespace lab;
using namespace lab::frontdoor;
using test::ClusterBuilder;

namespace {

/// A controller over a little shop, and one worker of it.
struct Bench {
    explicit Bench(const plan::PlanOptions& options = {})
        : plan(std::make_shared<const plan::FrontDoorPlan>(planOf(options)))
        , door(plan, DoorId(1))
        , worker(*plan, Random(1))
    {
    }

    static plan::FrontDoorPlan planOf(const plan::PlanOptions& options)
    {
        ClusterBuilder builder;
        builder.deployment("web", 3, 8080);
        builder.service("web", 80, 8080);
        builder.service("broken", 80, 8080);
        builder.ingress("shop", {{"shop.lab", "/", "web"}, {"shop.lab", "/broken", "broken"}});
        return planFrontDoors(builder.cluster, options).ingress;
    }

    Decision
    decide(const char* host, const char* path, Duration at = {}, DecisionTrace* trace = nullptr)
    {
        const RequestView request{"GET", host, path, path, "127.0.0.1", false};
        return door.decide(request, Instant(at), worker, trace);
    }

    std::shared_ptr<const plan::FrontDoorPlan> plan;
    FrontDoor door;
    WorkerState worker;
};

plan::PlanOptions limited(double rate, double burst)
{
    plan::PlanOptions options;
    options.overallLimit = plan::OverallLimit{rate, burst, false};
    return options;
}

} // namespace

/// One request, one decision, in the order of the profile.
class FrontDoorTest : public QObject {
    Q_OBJECT

private slots:
    void aRoutedRequestGoesToTheEndpointsInTurn()
    {
        Bench bench;
        std::map<std::string, int> counts;
        for (int i = 0; i < 9; ++i) {
            const Decision decision = bench.decide("shop.lab", "/x");
            QVERIFY(decision.isForward());
            ++counts[bench.plan->endpoint(decision.endpoint).name];
            bench.door.finished(decision.upstream, decision.endpoint, bench.worker);
        }
        QCOMPARE(counts.size(), std::size_t{3});
        for (const auto& [name, count] : counts) {
            QCOMPARE(count, 3);
        }
    }

    void whatNoRuleTakesIs404()
    {
        Bench bench;
        const Decision decision = bench.decide("other.lab", "/");
        QCOMPARE(decision.refusal, Refusal::NoRoute);
        QCOMPARE(int{decision.status}, 404);
        QVERIFY(!decision.route.isValid());
    }

    void aServiceWithoutEndpointsIs503AndTakesNoToken()
    {
        Bench bench(limited(1, 1));
        for (int i = 0; i < 3; ++i) {
            const Decision decision = bench.decide("shop.lab", "/broken");
            QCOMPARE(decision.refusal, Refusal::NoEndpoint);
            QCOMPARE(int{decision.status}, 503);
            QVERIFY(decision.route.isValid());
        }
        QVERIFY(bench.decide("shop.lab", "/").isForward());
    }

    void anEmptyBucketIs429WithRetryAfter()
    {
        Bench bench(limited(10, 2));
        QVERIFY(bench.decide("shop.lab", "/").isForward());
        QVERIFY(bench.decide("shop.lab", "/").isForward());
        const Decision decision = bench.decide("shop.lab", "/");
        QCOMPARE(decision.refusal, Refusal::OverallLimit);
        QCOMPARE(int{decision.status}, 429);
        QCOMPARE(decision.retryAfter, Duration(std::chrono::milliseconds(100)));
        QVERIFY(bench.decide("shop.lab", "/", std::chrono::milliseconds(100)).isForward());
    }

    void workersShareTheBucketAndNotTheTurn()
    {
        Bench bench(limited(1, 2));
        WorkerState other(*bench.plan, Random(2));
        const RequestView request{"GET", "shop.lab", "/", "/", "127.0.0.1", false};
        QVERIFY(bench.door.decide(request, Instant(), bench.worker).isForward());
        QVERIFY(bench.door.decide(request, Instant(), other).isForward());
        QVERIFY(!bench.door.decide(request, Instant(), bench.worker).isForward());
    }

    void aDoorOfANewPlanGoesOnWithTheBucketOfTheSameSize()
    {
        Bench bench(limited(1, 2));
        const auto isAdmitted = [](const FrontDoor& door, WorkerState& worker) {
            const RequestView request{"GET", "shop.lab", "/", "/", "127.0.0.1", false};
            return door.decide(request, Instant(), worker).isForward();
        };
        QVERIFY(isAdmitted(bench.door, bench.worker));
        for (const double burst : {2.0, 3.0}) {
            const auto plan =
                std::make_shared<const plan::FrontDoorPlan>(Bench::planOf(limited(1, burst)));
            const auto tables = std::make_shared<const UpstreamTables>(*plan);
            const FrontDoor next(plan, DoorId(1), {}, tables, &bench.door);
            WorkerState worker(*plan, Random(2));
            for (int left = burst == 2.0 ? 1 : 3; left > 0; --left) {
                QVERIFY(isAdmitted(next, worker));
            }
            QVERIFY(!isAdmitted(next, worker));
        }
        QVERIFY(!isAdmitted(bench.door, bench.worker)); // the old door sees what the new one took
    }

    void zonesGoOnByNameAndSize()
    {
        plan::FrontDoorPlan planned = Bench::planOf({});
        plan::Door& door = planned.doors[1];
        const auto policy = std::make_shared<plan::RoutePolicy>();
        policy->rateZones = {0};
        for (plan::Route& route : door.routes) {
            route.policy = policy;
        }
        door.rateZones = {{"a", {1, 1}}, {"b", {1, 1}}};
        const FrontDoor first(std::make_shared<const plan::FrontDoorPlan>(planned), DoorId(1));
        WorkerState worker(planned, Random(2));
        const RequestView request{"GET", "shop.lab", "/", "/", "127.0.0.1", false};
        QVERIFY(first.decide(request, Instant(), worker).isForward());
        QCOMPARE(first.clientLevel(0, "127.0.0.1", Instant()), 0.0);
        door.rateZones = {{"b", {1, 1}}, {"a", {1, 1}}, {"a", {2, 1}}};
        const FrontDoor next(
            std::make_shared<const plan::FrontDoorPlan>(planned), DoorId(1), {}, {}, &first);
        QCOMPARE(next.clientLevel(0, "127.0.0.1", Instant()), 1.0);
        QCOMPARE(next.clientLevel(1, "127.0.0.1", Instant()), 0.0);
        QCOMPARE(next.clientLevel(2, "127.0.0.1", Instant()), 1.0); // of another size
    }

    void aRetryChoosesAnEndpointThatHasNotFailed()
    {
        Bench bench;
        const Decision decision = bench.decide("shop.lab", "/");
        std::vector<EndpointId> failed{decision.endpoint};
        for (int i = 0; i < 2; ++i) {
            const EndpointId next = bench.door.choose(decision.upstream, failed, bench.worker);
            QVERIFY(next.isValid());
            QVERIFY(std::find(failed.begin(), failed.end(), next) == failed.end());
            failed.push_back(next);
        }
        QVERIFY(!bench.door.choose(decision.upstream, failed, bench.worker).isValid());
    }

    void theTraceTellsTheSteps()
    {
        Bench bench;
        DecisionTrace trace;
        (void)bench.decide("shop.lab", "/broken/x", {}, &trace);
        QCOMPARE(trace.route.hostPattern, std::string("shop.lab"));
        QCOMPARE(trace.steps.size(), std::size_t{2});
        QCOMPARE(trace.steps[0].phase, std::string("route"));
        QCOMPARE(trace.steps[1].phase, std::string("endpoint"));
        QVERIFY(trace.steps[1].text.find("its selector matches no pod") != std::string::npos);
    }
};

LAB_TEST(FrontDoorTest)
#include "tst_front_door.moc"
