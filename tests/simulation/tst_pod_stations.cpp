#include "support/test_main.hpp"

#include "simulation/pod_stations.hpp"
#include "support/simulated_shop.hpp"

using namespace lab;
using lab::simulation::PodModel;
using lab::simulation::PodStations;
using lab::simulation::SimulationSpec;
using Result = lab::simulation::PodStations::Arrived::Result;
using namespace std::chrono_literals;

namespace {

PodStations stations(const PodModel& model, std::uint64_t seed = 1)
{
    SimulationSpec spec;
    spec.seed = seed;
    spec.plan = test::shopOf(2).build();
    spec.pods["shop/cart"] = model;
    return {*spec.plan, spec};
}

constexpr EndpointId pod(0);

} // namespace

/// Servers, a line, and times that belong to the request.
class PodStationsTest : public QObject {
    Q_OBJECT

private slots:
    void whoFindsNoServerWaitsAndWhoFindsNoPlaceIsTurnedAway()
    {
        PodStations pods = stations({workload::ServiceTime::constant(5ms), 1, 2});
        const auto first = pods.arrive(pod, {10, 1, 0});
        QVERIFY(first.result == Result::Begun && first.begun.service == 5ms);
        QVERIFY(pods.arrive(pod, {11, 2, 0}).result == Result::Waiting);
        QVERIFY(pods.arrive(pod, {12, 3, 0}).result == Result::Waiting);
        QVERIFY(pods.arrive(pod, {13, 4, 0}).result == Result::Full);
        QCOMPARE(pods.load(pod), std::size_t{3});
        const auto ended = pods.end(first.begun.job);
        QCOMPARE(ended.job.request, 10U);
        QCOMPARE(ended.job.ticket, 1U);
        QCOMPARE(ended.status, std::uint16_t{200});
        const auto second = pods.end(ended.next.job); // first come, first served
        QCOMPARE(second.job.request, 11U);
        QCOMPARE(pods.end(second.next.job).job.request, 12U);
        QCOMPARE(pods.load(pod), std::size_t{0});
    }

    void aKilledPodLosesWhatItHadInHand()
    {
        PodStations pods = stations({workload::ServiceTime::constant(5ms), 1, 2});
        const auto first = pods.arrive(pod, {10, 1, 100});
        QVERIFY(pods.arrive(pod, {11, 2, 101}).result == Result::Waiting);
        const auto other = pods.arrive(EndpointId(1), {12, 3, 102});
        const auto lost = pods.abandon(pods.stationOf(pod));
        QCOMPARE(lost.size(), std::size_t{2});
        QVERIFY(lost[0].request == 10 && lost[1].request == 11);
        QVERIFY(!pods.isServing(first.begun.job, first.begun.ticket));
        QVERIFY(pods.isServing(other.begun.job, other.begun.ticket));
        QCOMPARE(pods.load(pod), std::size_t{0});
        pods.setFault(pods.stationOf(pod), {simulation::PodFault::Kind::Kill, 0, {}});
        QVERIFY(pods.refuses(pod) && !pods.refuses(EndpointId(1)));
        pods.setFault(pods.stationOf(pod), {});
        QVERIFY(!pods.refuses(pod));
        const auto again = pods.arrive(pod, {13, 4, 103});
        QVERIFY(again.result == Result::Begun);
        QVERIFY(!pods.isServing(first.begun.job, first.begun.ticket));
    }

    void faultsChangeWhatAPodDoes()
    {
        using Kind = simulation::PodFault::Kind;
        PodStations pods = stations({workload::ServiceTime::constant(5ms), 1, 2});
        const std::uint32_t station = pods.stationOf(pod);
        pods.setFault(station, {Kind::Delay, 0, 20ms});
        const auto slow = pods.arrive(pod, {1, 1, 0});
        QVERIFY(slow.begun.service == 25ms);
        pods.setFault(station, {Kind::Status, 500, {}});
        QCOMPARE(pods.end(slow.begun.job).status, std::uint16_t{500});
        pods.setFault(station, {Kind::Hang, 0, {}});
        QVERIFY(pods.arrive(pod, {2, 2, 0}).result == Result::Hung);
    }

    void withoutANumberOfServersNobodyWaits()
    {
        PodStations pods = stations({workload::ServiceTime::constant(5ms), 0, 0});
        for (std::uint32_t i = 0; i < 1000; ++i) {
            QVERIFY(pods.arrive(pod, {i, 0, i}).result == Result::Begun);
        }
    }

    void aRequestTakesTheSameTimeWhereverAndWheneverItIsServed()
    {
        const PodModel model{workload::ServiceTime::exponential(5ms), 0, 0};
        PodStations one = stations(model);
        PodStations other = stations(model);
        PodStations elsewhere = stations(model, 2);
        int equal = 0;
        for (std::uint64_t i = 0; i < 100; ++i) {
            const Duration time = one.arrive(pod, {0, 0, i}).begun.service;
            QVERIFY(other.arrive(EndpointId(1), {0, 0, 99 - i}).begun.service ==
                    stations(model).arrive(pod, {0, 0, 99 - i}).begun.service);
            equal += elsewhere.arrive(pod, {0, 0, i}).begun.service == time ? 1 : 0;
        }
        QCOMPARE(equal, 0);
    }

    void endpointsAtOnePodPortAreOneStation()
    {
        test::PlanBuilder builder = test::shopOf(1);
        plan::Endpoint twin = builder.at(EndpointId(0));
        builder.raw().endpoints.push_back(twin);
        twin.targetPort = 9090;
        builder.raw().endpoints.push_back(twin);
        builder.backend("127.0.0.1:3000");
        SimulationSpec spec;
        spec.plan = builder.build();
        const PodStations pods(*spec.plan, spec);
        QCOMPARE(pods.stationCount(), std::size_t{3});
        QCOMPARE(pods.stationOf(EndpointId(0)), pods.stationOf(EndpointId(1)));
        QVERIFY(pods.stationOf(EndpointId(2)) != pods.stationOf(EndpointId(1)));
        QVERIFY(!pods.refuses(EndpointId(0)));
    }
};

LAB_TEST(PodStationsTest)
#include "tst_pod_stations.moc"
