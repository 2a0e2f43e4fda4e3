#include "support/test_main.hpp"

#include "plan/plan_front_doors.hpp"
#include "scenario/audit.hpp"
#include "scenario/lint.hpp"
#include "scenario/plan_input.hpp"
#include "support/file_fixture.hpp"
#include "support/raw_client.hpp"

#include <boost/json/parse.hpp>

#include <set>

using namespace lab;
using scenario::CostOptions;

namespace {

const std::string dump = LAB_SOURCE_DIR "/tests/manifests/cluster-dump.yaml";

report::AuditReport auditOf(const std::vector<std::string>& inputs)
{
    CostOptions options;
    options.inputs = inputs;
    auto audit = scenario::auditCluster(options);
    if (!audit) {
        qFatal("no audit: %s", audit.error().message().c_str());
    }
    return std::move(*audit);
}

/// The pods behind each Service's load balancer, as the input has it.
std::map<std::string, std::set<std::string>> podsBehind(const plan::FrontDoorPlan& plan)
{
    std::map<std::string, std::set<std::string>> pods;
    for (const plan::Door& door : plan.doors) {
        for (const plan::DoorPort& port : door.ports) {
            if (!port.upstream.isValid()) {
                continue;
            }
            for (const EndpointId endpoint : plan.upstream(port.upstream).endpoints) {
                pods[door.service].insert(plan.endpoint(endpoint).name);
            }
        }
    }
    return pods;
}

plan::PlannedStyles planOf(const std::vector<std::string>& inputs)
{
    auto input = scenario::readPlanInput(inputs);
    if (!input || !input->isReadable()) {
        qFatal("the input cannot be read");
    }
    return plan::planFrontDoors(input->cluster, input->options);
}

std::string loadBalancer(const std::string& name)
{
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: " + name +
           ", namespace: shop}\nspec:\n  type: LoadBalancer\n  selector: {app: " + name +
           "}\n  ports: [{name: http, port: 80, targetPort: 8080}]\n";
}

} // namespace

/// A real cluster's dump: every load balancer is found, judged, and those that move answer as
/// before.
class AuditTest : public QObject {
    Q_OBJECT

private slots:
    void everyLoadBalancerOfTheDumpHasAVerdict()
    {
        const report::AuditReport audit = auditOf({dump});
        QCOMPARE(audit.rows.size(), std::size_t{60});
        QCOMPARE(audit.count(audit::Verdict::Move), std::size_t{15});
        QCOMPARE(audit.count(audit::Verdict::Keep), std::size_t{45});
        for (const report::AuditRow& row : audit.rows) {
            const bool moves = row.judgement.verdict == audit::Verdict::Move;
            QCOMPARE(row.judgement.reasons.empty(), moves);
            QCOMPARE(row.hosts.empty(), !moves);
            QVERIFY(!row.product.empty());
            QVERIFY(row.place.find("cluster-dump.yaml:") != std::string::npos);
        }
        const auto pending = std::count_if(audit.rows.begin(), audit.rows.end(), [](const auto& r) {
            return r.addresses.empty();
        });
        QCOMPARE(pending, 4); // status.loadBalancer is empty
        QCOMPARE(audit.before.loadBalancers - audit.after.loadBalancers, std::size_t{15});
        QVERIFY(audit.after.bill.amount < audit.before.bill.amount);
        QCOMPARE(audit.ingressAlbs, std::size_t{1}); // of class alb
        QCOMPARE(audit.outage.availability, 0.9999);
        QVERIFY(std::abs(audit.outage.anyMinutesNow - 65.65) < 0.01); // (1 − 0.9999¹⁵) · 43,800
        QVERIFY(std::abs(audit.outage.minutesThen - 4.38) < 0.001);
    }

    void whatMovesAnswersFromTheSamePods()
    {
        const report::AuditReport audit = auditOf({dump});
        test::FileFixture files;
        files.file("ingresses.yaml", audit.ingressYaml);
        const std::vector<std::string> inputs{dump, files.path("ingresses.yaml")};
        const auto lint = scenario::readPlanInput(inputs);
        QVERIFY(lint && worstOf(lint->findings) < Severity::Error);
        const plan::PlannedStyles planned = planOf(inputs);
        QVERIFY(worstOf(planned.findings) < Severity::Error);

        const auto before = podsBehind(planOf({dump}).perService);
        test::LiveWorld world(std::make_shared<plan::FrontDoorPlan>(planned.ingress));
        std::size_t answered = 0;
        for (const report::AuditRow& row : audit.rows) {
            for (const std::string& host : row.hosts) {
                test::RawSocket client = world.client();
                const test::RawAnswer answer = test::ask(client, test::get("/", {}, host));
                if (answer.status == 308) { // an Ingress of the dump that insists on HTTPS
                    continue;
                }
                QCOMPARE(answer.status, 200);
                const std::string pod =
                    row.service.substr(0, row.service.find('/')) + '/' +
                    std::string(boost::json::parse(answer.body).at("pod").as_string());
                const auto& expected = before.at(row.service);
                const bool isSame =
                    std::any_of(expected.begin(), expected.end(), [&pod](const auto& name) {
                        return name.starts_with(pod);
                    });
                QVERIFY2(isSame, qPrintable(QString::fromStdString(host + ": " + answer.body)));
                ++answered;
            }
        }
        QVERIFY(answered >= 13);
    }

    void jsonIsReadAsYamlIs()
    {
        test::FileFixture files;
        files.file("dump.json",
                   R"({"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1",
                   "kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
                   "spec": {"type": "LoadBalancer", "selector": {"app": "web"},
                   "ports": [{"port": 80}]},
                   "status": {"loadBalancer": {"ingress": [{"hostname": "x.elb.example"}]}}}]})");
        const report::AuditReport audit = auditOf({files.path("dump.json")});
        QCOMPARE(audit.rows.size(), std::size_t{1});
        QCOMPARE(audit.rows[0].addresses.at(0), std::string("x.elb.example"));
    }

    void onlyABunchOfServicesKeepsItsLoadBalancers()
    {
        test::FileFixture files;
        files.file("few.yaml", loadBalancer("one"));
        const report::AuditReport audit = auditOf({files.path("few.yaml")});
        QCOMPARE(audit.count(audit::Verdict::Move), std::size_t{1});
        QVERIFY(!audit.isWorthwhile());
        QVERIFY(report::recommendationOf(audit).find("keep your load balancers") !=
                std::string::npos);
    }

    void whatCannotBeReadIsNeverATotal_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("says");
        const QString good = QString::fromStdString(loadBalancer("web"));
        QTest::newRow("cut off") << good + "---\napiVersion: v1\nkind: Service\nmetadata: {name: a"
                                 << ""
                                 << "";
        QTest::newRow("unknown provider") << good << "amazon"
                                          << "no prices are known for";
    }
    void whatCannotBeReadIsNeverATotal()
    {
        QFETCH(QString, text);
        QFETCH(QString, provider);
        QFETCH(QString, says);
        test::FileFixture files;
        files.file("dump.yaml", text.toStdString());
        CostOptions options;
        options.inputs = {files.path("dump.yaml")};
        options.provider = provider.toStdString();
        const auto audit = scenario::auditCluster(options);
        QVERIFY(!audit.has_value());
        QVERIFY(QString::fromStdString(audit.error().message()).contains(says));
    }

    void secretsStaySecret()
    {
        test::FileFixture files;
        files.file("dump.yaml",
                   loadBalancer("web") +
                       "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\n"
                       "type: Opaque\ndata: {password: aHVudGVyMg==}\n");
        const report::AuditReport audit = auditOf({files.path("dump.yaml")});
        for (const std::string& text : {report::auditAsText(audit, false),
                                        report::auditAsJson(audit),
                                        report::auditAsMarkdown(audit),
                                        report::auditAsCsv(audit)}) {
            QVERIFY(text.find("aHVudGVyMg") == std::string::npos);
            QVERIFY(text.find("hunter2") == std::string::npos);
        }
    }

    void namedTrafficMayKeepAServiceWhereItIs()
    {
        test::FileFixture files;
        std::string few;
        for (const char* name : {"a", "b", "c", "d"}) {
            few += loadBalancer(name);
        }
        files.file("few.yaml", few);
        CostOptions options;
        options.inputs = {files.path("few.yaml")};
        options.traffic.requests = {"1", "shop/a=5000"};
        const auto audit = scenario::auditCluster(options);
        QVERIFY(audit.has_value());
        QCOMPARE(audit->rows[0].judgement.reasons.at(0).id, std::string("traffic"));
        QCOMPARE(audit->rows[1].judgement.verdict, audit::Verdict::Move);
    }
};

LAB_TEST(AuditTest)
#include "tst_audit.moc"
