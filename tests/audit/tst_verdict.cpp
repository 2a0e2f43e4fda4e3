#include "support/test_main.hpp"

#include "audit/verdict.hpp"
#include "manifest/manifest_reader.hpp"

using namespace lab;
using audit::Circumstances;
using audit::Judgement;
using audit::Verdict;

namespace {

model::Service serviceOf(const QString& annotations, const QString& spec)
{
    const std::string text =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  annotations: {" +
        annotations.toStdString() + "}\nspec:\n  type: LoadBalancer\n" + spec.toStdString() +
        "status: {loadBalancer: {ingress: [{ip: 203.0.113.9}]}}\n";
    const auto read = manifest::readManifests({{"cart.yaml", text}});
    return read.cluster.services.at(0);
}

QString idsOf(const std::vector<audit::Reason>& reasons)
{
    QStringList ids;
    for (const audit::Reason& reason : reasons) {
        ids << QString::fromStdString(reason.id);
    }
    return ids.join(' ');
}

const QString http = "  ports: [{name: http, port: 80, targetPort: 8080}]\n";
const QString beta = "service.beta.kubernetes.io/";

} // namespace

/// What may move behind an ingress, and what would be lost: every sign of every cloud.
class VerdictTest : public QObject {
    Q_OBJECT

private slots:
    void everyReasonHasItsSign_data()
    {
        QTest::addColumn<QString>("annotations");
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("verdict");
        QTest::addColumn<QString>("reasons");
        const auto annotated = [](const QString& annotation, const char* verdict, const char* why) {
            QTest::newRow(qPrintable(annotation)) << annotation << http << verdict << why;
        };
        const auto shaped = [](const QString& spec, const char* verdict, const char* why) {
            QTest::newRow(qPrintable(spec)) << QString() << spec << verdict << why;
        };
        shaped(http, "move", "");
        shaped("  ports: [{port: 80, targetPort: 8080}]\n", "move", "");
        shaped("  ports: [{name: dns, port: 53, protocol: UDP}]\n", "cannot", "not-http");
        shaped("  ports: [{name: pg, port: 5432}]\n", "cannot", "not-http");
        shaped("  ports: [{name: x, port: 9000, appProtocol: mqtt}]\n", "cannot", "not-http");
        shaped("  ports: [{name: http, port: 80}, {name: ssh, port: 22}]\n", "keep", "other-ports");
        shaped("  ports: [{name: http, port: 80}, {name: quic, port: 443, protocol: UDP}]\n",
               "keep",
               "other-ports");
        shaped("  ports: [{name: http, port: 80, targetPort: 8080}, "
               "{name: https, port: 443, targetPort: 8443}]\n",
               "keep",
               "tls-in-pods");
        shaped("  ports: [{name: https, port: 443, targetPort: 8443}]\n", "keep", "tls-in-pods");
        shaped(http + "  loadBalancerSourceRanges: [10.0.0.0/8]\n", "keep", "source-ranges");
        shaped(http + "  loadBalancerIP: 203.0.113.9\n", "keep", "own-address");
        shaped(http + "  externalTrafficPolicy: Local\n", "keep", "client-address");
        shaped(http + "  sessionAffinity: ClientIP\n", "keep", "session-affinity");
        annotated(beta + "aws-load-balancer-scheme: internal", "keep", "internal");
        annotated(beta + "aws-load-balancer-scheme: internet-facing", "move", "");
        annotated(beta + "aws-load-balancer-internal: \"true\"", "keep", "internal");
        annotated(beta + "aws-load-balancer-internal: \"false\"", "move", "");
        annotated(beta + "azure-load-balancer-internal: \"true\"", "keep", "internal");
        annotated("networking.gke.io/load-balancer-type: Internal", "keep", "internal");
        annotated(beta + "aws-load-balancer-proxy-protocol: \"*\"", "keep", "proxy-protocol");
        annotated(
            "load-balancer.hetzner.cloud/uses-proxyprotocol: \"true\"", "keep", "proxy-protocol");
        annotated("load-balancer.hetzner.cloud/uses-proxyprotocol: \"false\"", "move", "");
        annotated(beta + "aws-load-balancer-ssl-cert: arn", "keep", "own-certificate");
        annotated(beta + "do-loadbalancer-certificate-id: abc", "keep", "own-certificate");
        annotated(beta + "aws-load-balancer-eip-allocations: eipalloc-1", "keep", "own-address");
        annotated(beta + "azure-dns-label-name: cart", "keep", "own-address");
        annotated("metallb.universe.tf/loadBalancerIPs: 192.0.2.1", "keep", "own-address");
        annotated(beta + "azure-allowed-ip-ranges: 10.0.0.0/8", "keep", "source-ranges");
        annotated(beta + "aws-load-balancer-scheme: internal, " + beta +
                      "aws-load-balancer-proxy-protocol: \"*\"",
                  "keep",
                  "internal proxy-protocol");
    }
    void everyReasonHasItsSign()
    {
        QFETCH(QString, annotations);
        QFETCH(QString, spec);
        QFETCH(QString, verdict);
        QFETCH(QString, reasons);
        Circumstances known;
        known.hasKnownHost = true;
        const Judgement judged = audit::judge(serviceOf(annotations, spec), known);
        QCOMPARE(QString::fromUtf8(audit::toText(judged.verdict).data()), verdict);
        QCOMPARE(idsOf(judged.reasons), reasons);
        QCOMPARE(idsOf(judged.notes), QString());
        for (const audit::Reason& reason : judged.reasons) {
            QVERIFY(!reason.sign.empty());
            QVERIFY(!reason.text.empty() && !reason.text.ends_with('.'));
        }
    }

    void theControllersOwnIsTheIngressAlready()
    {
        Circumstances controller;
        controller.isController = true;
        const Judgement judged =
            audit::judge(serviceOf({}, http + "  externalTrafficPolicy: Local\n"), controller);
        QCOMPARE(judged.verdict, Verdict::IsIngress);
        QCOMPARE(idsOf(judged.reasons), QString("controller"));
    }

    void whatMovesMayHaveToBeMinded()
    {
        model::Service service = serviceOf({},
                                           "  ports: [{name: http, port: 80, targetPort: 1}, "
                                           "{name: https, port: 443, targetPort: 1}]\n");
        service.balancerAddresses.clear();
        const Judgement judged = audit::judge(service, {});
        QCOMPARE(judged.verdict, Verdict::Move);
        QCOMPARE(idsOf(judged.notes), QString("unknown-host no-address https-as-http"));
        Circumstances routed;
        routed.isRouted = true;
        QCOMPARE(idsOf(audit::judge(serviceOf({}, http), routed).notes), QString("already-routed"));
    }

    void heavyTrafficStaysOnlyAboveTheBreakEven()
    {
        Circumstances heavy;
        heavy.gigabytesPerMonth = 1'000;
        const model::Service service = serviceOf({}, http);
        QCOMPARE(audit::judge(service, heavy).verdict, Verdict::Move); // no break-even is known
        heavy.gigabytesLess = 1'000;
        QCOMPARE(audit::judge(service, heavy).verdict, Verdict::Move);
        heavy.gigabytesLess = 999;
        QCOMPARE(idsOf(audit::judge(service, heavy).reasons), QString("traffic"));
    }
};

LAB_TEST(VerdictTest)
#include "tst_verdict.moc"
