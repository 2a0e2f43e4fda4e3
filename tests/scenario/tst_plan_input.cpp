#include "support/test_main.hpp"

#include "scenario/plan_input.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using namespace std::chrono_literals;

namespace {

constexpr const char* scenarioText = "apiVersion: ingresslab.dev/v1\n"
                                     "kind: Scenario\n"
                                     "metadata: {name: t}\n"
                                     "spec:\n"
                                     "  manifests: [k8s/]\n"
                                     "  styles: {per-service: {door: http}}\n"
                                     "  controller: {replicas: 2, proxyMode: ipvs}\n"
                                     "  limits: {overall: {rate: 10/s}}\n"
                                     "  backends:\n"
                                     "    web: {latency: 3ms, address: \"127.0.0.1:3000\"}\n"
                                     "  traffic:\n"
                                     "    - name: a\n"
                                     "      arrivals: {constant: 1/s}\n"
                                     "      mix: [{get: \"http://a.test/\", service: web}]\n";

QString shownFindings(const test::FileFixture& files, const Findings& findings)
{
    QStringList lines;
    for (const Finding& finding : findings) {
        lines << files.shown(toText(finding));
    }
    return lines.join('\n');
}

} // namespace

/// Files become a cluster and the wishes for its plan.
class PlanInputTest : public QObject {
    Q_OBJECT

private slots:
    void bareManifestsArePlannedAsTheyStand()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        const auto input = scenario::readPlanInput({files.path("web.yaml")});
        QVERIFY(!input->scenario);
        QCOMPARE(input->cluster.services.size(), std::size_t{1});
        QVERIFY(!input->options.derivesTwin);
        QVERIFY(!input->options.issuesLabCertificates);
        QVERIFY(input->options.assumesClasses);
        QVERIFY(
            !scenario::readPlanInput({files.path("web.yaml")}, {false})->options.assumesClasses);
    }

    void aScenariosWishesReachThePlan()
    {
        test::FileFixture files;
        files.file("scenario.yaml", scenarioText).file("k8s/web.yaml", test::webManifest);
        const auto input = scenario::readPlanInput({files.path()});
        QVERIFY2(input->isReadable(), qPrintable(shownFindings(files, input->findings)));
        QVERIFY(input->options.derivesTwin);
        QVERIFY(input->options.issuesLabCertificates);
        QVERIFY(input->options.perServiceMode == plan::DoorMode::Http);
        QCOMPARE(input->options.controllerReplicas, 2);
        QVERIFY(input->options.proxyMode == plan::ProxyMode::Ipvs);
        QCOMPARE(input->options.overallLimit->ratePerSecond, 10.0);
        QCOMPARE(input->options.backendAddresses.at("default/web").front(), "127.0.0.1:3000");
        QCOMPARE(input->podLatency.at("default/web"), Duration(3ms));
        QCOMPARE(input->scenario->traffic[0].mix[0].service, "default/web");
    }

    void aServiceThatDoesNotExistIsTold()
    {
        test::FileFixture files;
        QString text = scenarioText;
        text.replace("    web: {", "    wbe: {").replace("service: web", "service: api");
        files.file("scenario.yaml", text.toStdString()).file("k8s/web.yaml", test::webManifest);
        const auto input = scenario::readPlanInput({files.path()});
        QCOMPARE(shownFindings(files, input->findings),
                 "scenario.yaml:10:10: unreadable: service \"wbe\" does not exist; did you mean "
                 "\"web\"?\n"
                 "scenario.yaml:14:46: unreadable: service \"api\" does not exist; defined are "
                 "web");
    }

    void everyFileIsReadBeforeAnythingIsSaid()
    {
        test::FileFixture files;
        files
            .file("scenario.yaml",
                  "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: t}\n"
                  "spec: {manifests: [k8s/], sed: 1}\n")
            .file("k8s/web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: [a\n");
        const auto input = scenario::readPlanInput({files.path()});
        QVERIFY(!input->isReadable());
        const QString shown = shownFindings(files, input->findings);
        QVERIFY2(shown.contains("scenario.yaml:4:27: unreadable: unknown key \"sed\" in spec"),
                 qPrintable(shown));
        QVERIFY2(shown.contains("k8s/web.yaml:"), qPrintable(shown));
    }

    void aSecretWithoutCertificateIsTold_data()
    {
        QTest::addColumn<QString>("finding");
        QTest::newRow("x") << "error: secret \"default/tls\" holds no usable certificate";
        QTest::newRow("REDACTED") << "warning: secret \"default/tls\" is redacted";
    }
    void aSecretWithoutCertificateIsTold()
    {
        QFETCH(QString, finding);
        test::FileFixture files;
        files.file("tls.yaml",
                   std::string("apiVersion: v1\nkind: Secret\nmetadata: {name: tls}\n"
                               "type: kubernetes.io/tls\nstringData: {tls.key: y, tls.crt: ") +
                       QTest::currentDataTag() + "}\n");
        const auto input = scenario::readPlanInput({files.path("tls.yaml")});
        const QString shown = shownFindings(files, input->findings);
        QVERIFY2(shown.contains(finding), qPrintable(shown));
        QVERIFY(input->options.secretCertificates.empty());
    }
};

LAB_TEST(PlanInputTest)
#include "tst_plan_input.moc"
