#include "support/test_main.hpp"

#include "plan/connection_path.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using model::TrafficPolicy;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

const std::string aws = "service.beta.kubernetes.io/aws-load-balancer-";

/// "by a node", "direct"; then what else differs from nothing.
QString described(const ConnectionPath& path)
{
    QString text = path.isDirect ? "direct" : "by a node";
    text += path.isLocal ? ", local" : "";
    text += path.keepsClient ? ", client" : "";
    text += path.affinity > Duration::zero() ? QString(", %1 s").arg(toSeconds(path.affinity))
                                             : QString();
    return text + (path.takesTurns ? ", turns" : "");
}

struct Bench {
    ClusterBuilder builder;
    model::Service& service = builder.loadBalancer("web", 80, 8080);

    QString path(ProxyMode mode = ProxyMode::Iptables) { return described(pathOf(service, mode)); }
    Names reported(DoorMode mode = DoorMode::Tcp, std::size_t nodes = 3)
    {
        Door door;
        door.mode = mode;
        door.path = pathOf(service, ProxyMode::Iptables);
        door.sourceRanges = sourceRangesOf(service);
        Findings findings;
        reportPath(service, door, nodes, findings);
        return test::idsOf(findings);
    }
};

} // namespace

/// From a load balancer to a pod, as the Service asks for it.
class ConnectionPathTest : public QObject {
    Q_OBJECT

private slots:
    void aNodeIsOnTheWay()
    {
        Bench bench;
        QCOMPARE(bench.path(), QString("by a node"));
        QCOMPARE(bench.path(ProxyMode::Ipvs), QString("by a node, turns"));
        bench.service.externalTrafficPolicy = TrafficPolicy::Local;
        QCOMPARE(bench.path(), QString("by a node, local, client"));
        bench.service.hasClientIpAffinity = true;
        bench.service.affinitySeconds = 60;
        QCOMPARE(bench.path(), QString("by a node, local, client, 60 s"));
    }

    void withoutNodePortsItGoesStraightToThePods()
    {
        Bench bench;
        bench.service.allocatesNodePorts = false;
        QCOMPARE(bench.path(), QString("direct"));
        bench.service.externalTrafficPolicy = TrafficPolicy::Local;
        QCOMPARE(bench.path(), QString("direct, client"));
        bench.service.ports[0].nodePort = 30080; // written ones are respected all the same
        QCOMPARE(bench.path(), QString("by a node, local, client"));
    }

    void awsTargetsDecideWhoIsSeen_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("targets");
        QTest::addColumn<QString>("attributes");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* name,
                            const char* type,
                            const char* targets,
                            const char* attributes,
                            const char* path) {
            QTest::newRow(name) << type << targets << attributes << path;
        };
        row("instances", "external", "instance", "", "by a node, local, client");
        row("ip", "external", "ip", "", "direct");
        row("in-tree ip", "nlb-ip", "", "", "direct");
        row("ip, kept", "external", "ip", "preserve_client_ip.enabled=true", "direct, client");
        row("instances, hidden",
            "nlb",
            "",
            "a=b,preserve_client_ip.enabled=false",
            "by a node, local");
        row("classic: a proxy", "", "instance", "", "by a node, local");
    }
    void awsTargetsDecideWhoIsSeen()
    {
        QFETCH(const QString, type);
        QFETCH(const QString, targets);
        QFETCH(const QString, attributes);
        QFETCH(const QString, path);
        Bench bench;
        bench.service.externalTrafficPolicy = TrafficPolicy::Local;
        test::annotate(bench.service.meta, aws + "type", type.toStdString());
        test::annotate(bench.service.meta, aws + "nlb-target-type", targets.toStdString());
        test::annotate(
            bench.service.meta, aws + "target-group-attributes", attributes.toStdString());
        QCOMPARE(bench.path(), path);
    }

    void nodePortsHaveAPathOfTheirOwn()
    {
        Bench bench;
        bench.service.allocatesNodePorts = false;
        QCOMPARE(described(nodePortPathOf(bench.service, ProxyMode::Iptables)),
                 QString("by a node"));
    }

    void sourceRangesAreParsed()
    {
        Bench bench;
        bench.service.loadBalancerSourceRanges = {"10.0.0.0/8", "2001:db8::/32"};
        const auto ranges = sourceRangesOf(bench.service);
        QCOMPARE(ranges.size(), std::size_t{2});
        QVERIFY(limiting::isInAny(ranges, "10.9.9.9") && !limiting::isInAny(ranges, "11.0.0.1"));
    }

    void whatADoorCannotKeepIsReported_data()
    {
        QTest::addColumn<bool>("isHttp");
        QTest::addColumn<int>("nodes");
        QTest::addColumn<QString>("ids");
        QTest::newRow("tcp") << false << 3 << "source-ranges client-ip-affinity";
        QTest::newRow("tcp, one node") << false << 1 << "source-ranges";
        QTest::newRow("http") << true << 3 << "source-ranges client-ip-affinity traffic-policy";
    }
    void whatADoorCannotKeepIsReported()
    {
        QFETCH(const bool, isHttp);
        QFETCH(const int, nodes);
        QFETCH(const QString, ids);
        Bench bench;
        QCOMPARE(bench.reported(), Names{});
        bench.service.loadBalancerSourceRanges = {"10.0.0.0/8"};
        bench.service.hasClientIpAffinity = true;
        bench.service.externalTrafficPolicy = TrafficPolicy::Local;
        QString joined;
        for (const std::string& id : bench.reported(isHttp ? DoorMode::Http : DoorMode::Tcp,
                                                    static_cast<std::size_t>(nodes))) {
            joined += (joined.isEmpty() ? "" : " ") + QString::fromStdString(id);
        }
        QCOMPARE(joined, ids);
    }

    void affinityAndAttributesOfIpTargetsAreReported()
    {
        Bench bench;
        bench.service.hasClientIpAffinity = true;
        test::annotate(bench.service.meta, aws + "type", "nlb-ip");
        test::annotate(bench.service.meta,
                       aws + "target-group-attributes",
                       "preserve_client_ip.enabled=true,stickiness.enabled=true");
        QCOMPARE(bench.reported(), (Names{"annotation-not-honoured", "client-ip-affinity"}));
    }

    void rangesWithTheLabsClientsAreFine()
    {
        Bench bench;
        bench.service.loadBalancerSourceRanges = {"127.0.0.0/8"};
        QCOMPARE(bench.reported(), Names{});
    }
};

LAB_TEST(ConnectionPathTest)
#include "tst_connection_path.moc"
