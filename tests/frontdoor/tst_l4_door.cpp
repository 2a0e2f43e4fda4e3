#include "support/test_main.hpp"

#include "frontdoor/l4_door.hpp"
#include "support/plan_builder.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

using namespace lab;
using namespace lab::frontdoor;
using plan::ConnectionPath;
using plan::DoorMode;
using test::PlanBuilder;
using Outcome = L4Decision::Outcome;
using Source = L4Decision::Source;

namespace {

constexpr ConnectionPath byNodes{false, false, false, {}, false};
constexpr ConnectionPath local{false, true, true, {}, false};

/// A Service with a pod on each of two nodes; a third node has none.
struct Bench {
    Bench()
        : nodes{builder.node("a"), builder.node("b"), builder.node("c")}
        , pods{builder.pod("web-0"), builder.pod("web-1")}
        , door(builder.door("shop/web", DoorMode::Tcp))
    {
        builder.at(pods[0]).node = nodes[0];
        builder.at(pods[1]).node = nodes[1];
        builder.at(door).ports[0].upstream = builder.upstream("web", pods);
    }

    /// The endpoints that so many connections get; not valid where one is refused.
    std::map<EndpointId, int> spread(const ConnectionPath& path, int count, NodeId node = {})
    {
        builder.at(door).path = path;
        const L4Door l4(builder.build(), door);
        std::map<EndpointId, int> counts;
        for (int i = 0; i < count; ++i) {
            ++counts[l4.decide({0, node, "10.0.0.7"}, {}, random).endpoint];
        }
        return counts;
    }

    L4Decision once(const ConnectionPath& path, NodeId node = {})
    {
        builder.at(door).path = path;
        return L4Door(builder.build(), door).decide({0, node, "10.0.0.7"}, {}, random);
    }

    PlanBuilder builder;
    std::vector<NodeId> nodes;
    std::vector<EndpointId> pods;
    DoorId door;
    Random random{4};
};

std::size_t distinct(const std::map<EndpointId, int>& counts)
{
    return counts.size();
}

} // namespace

/// Which pod takes a connection, by the rules of kube-proxy and of the cloud in front of it.
class L4DoorTest : public QObject {
    Q_OBJECT

private slots:
    void whoseAddressArrives_data()
    {
        QTest::addColumn<bool>("isDirect");
        QTest::addColumn<bool>("isLocal");
        QTest::addColumn<bool>("keepsClient");
        QTest::addColumn<int>("source");
        const auto row =
            [](const char* name, bool direct, bool isLocal, bool keeps, Source source) {
                QTest::newRow(name) << direct << isLocal << keeps << static_cast<int>(source);
            };
        row("policy Cluster: the node's", false, false, false, Source::Node);
        row("policy Local: the client's", false, true, true, Source::Client);
        row("policy Local behind a proxy: the proxy's", false, true, false, Source::Door);
        row("IP targets: the load balancer's", true, false, false, Source::Door);
        row("IP targets that keep it", true, false, true, Source::Client);
    }
    void whoseAddressArrives()
    {
        QFETCH(const bool, isDirect);
        QFETCH(const bool, isLocal);
        QFETCH(const bool, keepsClient);
        QFETCH(const int, source);
        Bench bench;
        const L4Decision decided = bench.once({isDirect, isLocal, keepsClient, {}, false});
        QVERIFY(decided.isPassed());
        QCOMPARE(static_cast<int>(decided.source), source);
        QCOMPARE(decided.node.isValid(), !isDirect);
    }

    void anyNodeLeadsToAnyPod()
    {
        Bench bench;
        for (const NodeId node : bench.nodes) {
            const auto counts = bench.spread(byNodes, 200, node);
            QCOMPARE(distinct(counts), std::size_t{2});
            QVERIFY(counts.at(bench.pods[0]) > 60 && counts.at(bench.pods[1]) > 60);
        }
    }

    void underTheLocalPolicyANodeHasOnlyItsOwn()
    {
        Bench bench;
        QCOMPARE(bench.spread(local, 20, bench.nodes[0]),
                 (std::map<EndpointId, int>{{bench.pods[0], 20}}));
        QCOMPARE(bench.once(local, bench.nodes[2]).outcome, Outcome::NotLocal);
    }

    void theLoadBalancerAvoidsNodesWithoutPods()
    {
        Bench bench;
        const auto counts = bench.spread(local, 100);
        QCOMPARE(distinct(counts), std::size_t{2});
        QVERIFY(!counts.contains(EndpointId()));
    }

    void everyNodeGetsTheSameShareWhateverItsPods()
    {
        Bench bench;
        std::vector<EndpointId> pods = bench.pods;
        for (int i = 2; i < 9; ++i) {
            pods.push_back(bench.builder.pod("web-" + std::to_string(i)));
            bench.builder.at(pods.back()).node = bench.nodes[1];
        }
        bench.builder.at(bench.door).ports[0].upstream = bench.builder.upstream("uneven", pods);
        const auto counts = bench.spread(local, 400);
        QVERIFY(counts.at(pods[0]) > 150); // alone on its node: one half
        QVERIFY(counts.at(pods[1]) < 60);  // one of eight: a sixteenth
    }

    void inIpvsModeEachNodeTakesTurnsForItself()
    {
        Bench bench;
        bench.builder.at(bench.door).path = {false, false, false, {}, true};
        const L4Door l4(bench.builder.build(), bench.door);
        for (const NodeId node : bench.nodes) {
            for (int i = 0; i < 6; ++i) {
                const L4Decision decided = l4.decide({0, node, "10.0.0.7"}, {}, bench.random);
                QCOMPARE(decided.endpoint, bench.pods[static_cast<std::size_t>(i % 2)]);
            }
        }
    }

    void aNodeRemembersItsClientForATime()
    {
        Bench bench;
        bench.builder.at(bench.door).path = {false, false, false, std::chrono::seconds(10), false};
        const L4Door l4(bench.builder.build(), bench.door);
        std::set<EndpointId> first;
        for (int client = 0; client < 40; ++client) {
            const std::string address = "10.0.0." + std::to_string(client);
            const NodeId node = bench.nodes[1];
            const EndpointId kept = l4.decide({0, node, address}, {}, bench.random).endpoint;
            for (int second = 0; second < 100; second += 10) {
                const Instant now{std::chrono::seconds(second)};
                QCOMPARE(l4.decide({0, node, address}, now, bench.random).endpoint, kept);
            }
            first.insert(kept);
        }
        QCOMPARE(first.size(), std::size_t{2}); // clients differ
        int moved = 0;
        for (int turn = 0; turn < 40; ++turn) {
            const Instant late{std::chrono::seconds(200 + 100 * turn)};
            const Instant later{std::chrono::seconds(211 + 100 * turn)};
            const L4Arrival arrival{0, bench.nodes[0], "10.0.1.1"};
            const EndpointId before = l4.decide(arrival, late, bench.random).endpoint;
            moved += l4.decide(arrival, later, bench.random).endpoint != before ? 1 : 0;
        }
        QVERIFY(moved > 5); // forgotten each time, drawn anew
    }

    void nodesDoNotShareWhatTheyRemember()
    {
        Bench bench;
        bench.builder.at(bench.door).path = {false, false, false, std::chrono::hours(3), false};
        const L4Door l4(bench.builder.build(), bench.door);
        int differing = 0;
        for (int client = 0; client < 40; ++client) {
            const std::string address = "10.0.0." + std::to_string(client);
            const auto at = [&](NodeId node) {
                return l4.decide({0, node, address}, {}, bench.random).endpoint;
            };
            differing += at(bench.nodes[0]) != at(bench.nodes[1]) ? 1 : 0;
        }
        QVERIFY(differing > 5);
    }

    void withAffinityTheLoadBalancerKeepsAClientOnOneNode()
    {
        Bench bench;
        const auto counts = bench.spread({false, false, false, std::chrono::hours(3), false}, 50);
        QCOMPARE(distinct(counts), std::size_t{1});
    }

    void aClientMovesWhenItsPodIsNotReady()
    {
        Bench bench;
        bench.builder.at(bench.pods[0]).isReady = false;
        const auto counts = bench.spread(byNodes, 20);
        QCOMPARE(counts, (std::map<EndpointId, int>{{bench.pods[1], 20}}));
    }

    void terminatingOnesAreTheLastResortOfKubeProxy()
    {
        Bench bench;
        for (const EndpointId pod : bench.pods) {
            bench.builder.at(pod).isReady = false;
            bench.builder.at(pod).isLastResort = true;
        }
        QVERIFY(bench.once(byNodes).isPassed());
        QVERIFY(bench.once(local).isPassed());
        QCOMPARE(bench.once({}).outcome, Outcome::NoEndpoint); // no kube-proxy on that path
        bench.builder.at(bench.pods[0]).isReady = true;
        QCOMPARE(bench.spread(byNodes, 20), (std::map<EndpointId, int>{{bench.pods[0], 20}}));
    }

    void withoutAnyItIsRejected()
    {
        Bench bench;
        bench.builder.at(bench.pods[0]).isReady = false;
        bench.builder.at(bench.pods[1]).isReady = false;
        for (const ConnectionPath& path : {ConnectionPath{}, byNodes, local}) {
            QCOMPARE(bench.once(path).outcome, Outcome::NoEndpoint);
        }
    }

    void onlyTheSourceRangesMayConnect()
    {
        Bench bench;
        bench.builder.at(bench.door).sourceRanges = {*limiting::parseAddressRange("10.0.0.0/24"),
                                                     *limiting::parseAddressRange("127.0.0.9")};
        const L4Door l4(bench.builder.build(), bench.door);
        QVERIFY(l4.admits("10.0.0.200") && l4.admits("127.0.0.9"));
        QVERIFY(!l4.admits("10.0.1.1") && !l4.admits("127.0.0.1"));
        QCOMPARE(l4.decide({0, {}, "10.0.1.1"}, {}, bench.random).outcome, Outcome::RefusedSource);
        QVERIFY(l4.decide({0, {}, "10.0.0.1"}, {}, bench.random).isPassed());
    }

    void theHealthCheckCountsTheNodesOwn()
    {
        Bench bench;
        const UpstreamId upstream = bench.builder.at(bench.door).ports[0].upstream;
        bench.builder.at(bench.door).ports.push_back({32000, false, upstream, true});
        bench.builder.at(bench.pods[1]).isReady = false;
        const L4Door l4(bench.builder.build(), bench.door);
        QCOMPARE(l4.localEndpoints(bench.nodes[0]), std::size_t{1});
        QCOMPARE(l4.localEndpoints(bench.nodes[1]), std::size_t{0});
        QCOMPARE(l4.localEndpoints(bench.nodes[2]), std::size_t{0});
    }

    void controllersAreChosenByTheSameRules()
    {
        PlanBuilder builder;
        const std::vector<NodeId> nodes{builder.node("a"), builder.node("b")};
        const DoorId cloud = builder.door("ingress", DoorMode::Tcp);
        const DoorId first = builder.controllerOf(cloud, "controller-0");
        const DoorId second = builder.controllerOf(cloud, "controller-1");
        builder.at(first).node = nodes[0];
        builder.at(second).node = nodes[1];
        builder.at(cloud).path = local;
        Random random(9);
        const L4Door l4(builder.build(), cloud);
        std::set<DoorId> seen;
        for (int i = 0; i < 50; ++i) {
            const L4Decision decided = l4.decide({0, {}, "10.0.0.7"}, {}, random);
            QCOMPARE(decided.replica, decided.node == nodes[0] ? first : second);
            QVERIFY(!decided.endpoint.isValid());
            seen.insert(decided.replica);
        }
        QCOMPARE(seen.size(), std::size_t{2});
    }

    /// Whatever the path: who is chosen is ready, and under Local on the node that chose.
    void noRuleIsEverBroken()
    {
        Random random(20261125);
        for (int round = 0; round < 300; ++round) {
            PlanBuilder builder;
            std::vector<EndpointId> pods;
            const std::size_t nodes = 1 + random.below(5);
            for (std::size_t i = 0; i < nodes; ++i) {
                builder.node("n" + std::to_string(i));
            }
            for (std::size_t i = 0; i < random.below(8); ++i) {
                pods.push_back(builder.pod("p" + std::to_string(i), random.below(3) > 0));
                builder.at(pods.back()).node = NodeId(random.below(nodes));
            }
            const DoorId door = builder.door("shop/web", DoorMode::Tcp);
            builder.at(door).ports[0].upstream = builder.upstream("web", pods);
            builder.at(door).path = {random.below(3) == 0,
                                     random.below(2) == 0,
                                     random.below(2) == 0,
                                     std::chrono::seconds(random.below(2) * 100),
                                     random.below(2) == 0};
            const auto plan = builder.build();
            const L4Door l4(plan, door);
            for (int i = 0; i < 20; ++i) {
                const std::string client = "10.0.0." + std::to_string(random.below(9));
                const L4Decision decided =
                    l4.decide({0, {}, client}, Instant(std::chrono::seconds(i)), random);
                const bool hasReady = std::any_of(pods.begin(), pods.end(), [&](EndpointId id) {
                    return plan->endpoint(id).isReady;
                });
                QCOMPARE(decided.isPassed(), hasReady);
                if (decided.isPassed()) {
                    QVERIFY(plan->endpoint(decided.endpoint).isReady);
                    const bool isLocal = plan->door(door).path.isLocal && decided.node.isValid();
                    QVERIFY(!isLocal || plan->endpoint(decided.endpoint).node == decided.node);
                }
            }
        }
    }

    void clientsAreRememberedByTheNextPlanWhileItsPodsAreTheSame()
    {
        constexpr int clients = 64;
        Bench bench;
        ConnectionPath path = byNodes;
        path.affinity = std::chrono::hours(1);
        bench.builder.at(bench.door).path = path;
        const L4Door first(bench.builder.build(), bench.door);
        const L4Door next(bench.builder.build(), bench.door, &first);
        bench.builder.at(bench.pods[0]).name = "shop/renamed:80";
        const L4Door other(bench.builder.build(), bench.door, &next);
        int moved = 0;
        for (int i = 0; i < clients; ++i) {
            const std::string client = "10.0.0." + std::to_string(i);
            const auto of = [&](const L4Door& door) {
                return door.decide({0, bench.nodes[0], client}, {}, bench.random).endpoint;
            };
            const EndpointId kept = of(first);
            QCOMPARE(of(next), kept);
            moved += of(other) == kept ? 0 : 1;
        }
        QVERIFY(moved > 0);
    }

    void everyOutcomeHasItsWord()
    {
        QVERIFY(toText(Outcome::Passed).empty());
        QCOMPARE(toText(Outcome::RefusedSource), std::string_view("source-range"));
        QCOMPARE(toText(Outcome::NoEndpoint), std::string_view("no-endpoint"));
        QCOMPARE(toText(Outcome::NotLocal), std::string_view("not-local"));
    }
};

LAB_TEST(L4DoorTest)
#include "tst_l4_door.moc"
