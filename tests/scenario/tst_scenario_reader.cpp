#include "support/test_main.hpp"

#include "scenario/reader_fixture.hpp"

using namespace lab;
using namespace std::chrono_literals;
using test::scenarioWith;

namespace {

constexpr const char* full =
    "  title: Two doors\n"
    "  manifests: [k8s/, more.yaml]\n"
    "  profile: spec\n"
    "  styles: {per-service: {door: tls}, ingress: {}}\n"
    "  controller:\n"
    "    replicas: 3\n"
    "    watchIngressWithoutClass: true\n"
    "    defaultSSLCertificate: shop/tls\n"
    "    configMap: {use-forwarded-headers: \"true\"}\n"
    "    proxyMode: ipvs\n"
    "  backends:\n"
    "    cart: {latency: 5ms}\n"
    "    shop/web: {address: \"127.0.0.1:3000\", latency: {fixed: 1s}}\n"
    "  backendDefaults: {latency: 2ms}\n"
    "  traffic:\n"
    "    - name: shoppers\n"
    "      arrivals: {constant: 60/m}\n"
    "      mix: [{get: \"https://shop.test/\"}]\n"
    "  limits: {overall: {rate: 100/s, burst: 20, split: even}}\n"
    "  timeouts: {head: 3s, answer: 250ms}\n"
    "  prices: {provider: gcp, region: europe-west1, zones: 2, zoneAware: true}\n"
    "  certificates: manifests\n"
    "  expect: [{metric: certificates, equal: 1}]\n"
    "  clock: live\n"
    "  seed: 42\n"
    "  date: 2026-11-23\n"
    "  duration: 1m\n";

} // namespace

/// The format's reader: every key arrives, every mistake is told with its place.
class ScenarioReaderTest : public QObject {
    Q_OBJECT

private slots:
    void everyKeyArrives()
    {
        const auto read = scenario::readScenario(scenarioWith(full), "shop/s.yaml", "shop");
        QVERIFY2(read.findings.empty(), qPrintable(test::findingsOf(scenarioWith(full))));
        const scenario::Scenario& s = read.scenario;
        QCOMPARE(s.name, "t");
        QCOMPARE(s.title, "Two doors");
        QCOMPARE(s.folder, "shop");
        QCOMPARE(s.manifests.size(), std::size_t{2});
        QCOMPARE(s.manifests[1].path, "more.yaml");
        QCOMPARE(toText(s.manifests[1].place), "shop/s.yaml:7:21");
        QVERIFY(s.profile == plan::Profile::Spec);
        QVERIFY(s.perServiceMode == plan::DoorMode::Tls);
        QCOMPARE(s.controllerReplicas, 3);
        QVERIFY(s.proxyMode == plan::ProxyMode::Ipvs);
        QVERIFY(s.controller.watchesWithoutClass);
        QCOMPARE(s.controller.defaultCertificate, "shop/tls");
        QCOMPARE(s.controller.configMap.at("use-forwarded-headers"), "true");
        QVERIFY(s.backends.at("cart").latency == Duration(5ms));
        QVERIFY(s.backends.at("shop/web").latency == Duration(1s));
        QCOMPARE(s.backends.at("shop/web").addresses.front(), "127.0.0.1:3000");
        QVERIFY(s.backendDefaults.latency == Duration(2ms));
        QCOMPARE(s.traffic.front().ratePerSecond, 1.0);
        QCOMPARE(s.overallLimit->ratePerSecond, 100.0);
        QCOMPARE(s.overallLimit->burst, 20.0);
        QVERIFY(s.overallLimit->isSplitEvenly);
        QVERIFY(s.timeouts.answer == Duration(250ms));
        QVERIFY(!s.timeouts.connect);
        QCOMPARE(s.pricing.provider, "gcp");
        QCOMPARE(s.pricing.region, "europe-west1");
        QCOMPARE(s.pricing.zones, 2);
        QVERIFY(s.pricing.isZoneAware);
        QVERIFY(!s.issuesLabCertificates);
        QCOMPARE(s.expectations.size(), std::size_t{1});
        QCOMPARE(s.seed, std::uint64_t{42});
        QCOMPARE(s.date, "2026-11-23");
        QCOMPARE(s.duration, Duration(1min));
    }

    void whatIsLeftOutHasItsDefault()
    {
        const auto read =
            scenario::readScenario(scenarioWith("  manifests: [k8s/]\n"), "s.yaml", "");
        QVERIFY(read.findings.empty());
        QVERIFY(read.scenario.issuesLabCertificates);
        QVERIFY(!read.scenario.overallLimit);
        QVERIFY(!read.scenario.profile);
        QCOMPARE(read.scenario.duration, Duration(4s));
        QCOMPARE(read.scenario.clock, "live");
    }

    void mistakesAreToldWithTheirPlace_data()
    {
        QTest::addColumn<QString>("specLines");
        QTest::addColumn<QString>("finding");
        const auto row = [](const char* name, const char* lines, const char* finding) {
            QTest::newRow(name) << QString("  manifests: [k8s/]\n") + lines << QString(finding);
        };
        row("unknown key",
            "  limts: {}\n",
            "7:3: unknown key \"limts\" in spec; did you mean \"limits\"?");
        row("not built yet",
            "  timeline: [{at: 1s, mark: here}]\n",
            "7:29: spec.timeline[0].mark is not supported yet; remove it");
        row("a clock that is none",
            "  clock: slow\n",
            "7:10: spec.clock must be live or virtual; leave the key out: live");
        row("wrong unit",
            "  duration: 4\n",
            "7:13: spec.duration \"4\" needs a unit, such as \"5s\"");
        row("too long", "  duration: 11m\n", "7:13: spec.duration must be between 100ms and 10m");
        row("seed",
            "  seed: .nan\n",
            "7:9: spec.seed must be a whole number, at least 0, not \".nan\"");
        row("date", "  date: 2026-02-30\n", "7:9: spec.date must be a day; write it as 2026-11-23");
        row("provider",
            "  prices: {provider: awz}\n",
            "7:22: spec.prices.provider \"awz\" has no prices; did you mean \"aws\"?");
        row("door",
            "  styles: {per-service: {door: htp}}\n",
            "7:32: spec.styles.per-service.door must be tcp, tls or http, not \"htp\"; "
            "did you mean \"http\"?");
        row("address",
            "  backends: {a: {address: web:80}}\n",
            "7:27: spec.backends.a.address \"web:80\" is no address with a port; "
            "write it as 127.0.0.1:3000");
        row("limit without rate",
            "  limits: {overall: {burst: 3}}\n",
            "7:21: spec.limits.overall.rate is missing");
        row("list for map", "  limits: []\n", "7:11: spec.limits must be a map, not a list");
        row("in flight",
            "  styles: {ingress: {maxInFlight: 3}}\n",
            "7:35: spec.styles.ingress.maxInFlight is not supported yet; remove it");
    }
    void mistakesAreToldWithTheirPlace()
    {
        QFETCH(QString, specLines);
        QFETCH(QString, finding);
        QCOMPARE(test::onlyFinding(scenarioWith(specLines.toStdString())), finding);
    }

    void theHeadIsChecked_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("finding");
        const QString rest = "metadata: {name: t}\nspec: {manifests: [k8s/]}\n";
        QTest::newRow("version") << "apiVersion: example.com/v7\nkind: Scenario\n" + rest
                                 << "1:13: apiVersion \"example.com/v7\" is not one of the lab's; "
                                    "write ingresslab.dev/v1";
        QTest::newRow("no version") << "kind: Scenario\n" + rest << "1:1: apiVersion is missing";
        QTest::newRow("kind") << "apiVersion: ingresslab.dev/v1\nkind: Scenaro\n" + rest
                              << "2:7: kind \"Scenaro\" is no scenario; write Scenario";
        QTest::newRow("empty") << ""
                               << "1:1: the file is empty; write one map of keys and values";
        QTest::newRow("two documents")
            << "apiVersion: ingresslab.dev/v1\nkind: Scenario\n" + rest + "---\na: b\n"
            << "6:1: a second document begins here: this file takes one; "
               "write one map of keys and values";
    }
    void theHeadIsChecked()
    {
        QFETCH(QString, text);
        QFETCH(QString, finding);
        QCOMPARE(test::onlyFinding(text.toStdString()), finding);
    }

    void everyMistakeIsToldAtOnce()
    {
        const QString all = test::findingsOf(scenarioWith("  seed: x\n  date: y\n  zzz: 1\n"));
        QCOMPARE(all.count('\n'), 4); // with the missing manifests
        QCOMPARE(all.count("unreadable"), 4);
    }

    void tooMuchTrafficIsRefused()
    {
        const QString finding =
            test::onlyFinding(scenarioWith("  manifests: [k8s/]\n  duration: 10m\n  traffic:\n"
                                           "    - name: a\n      arrivals: {poisson: 10000/s}\n"
                                           "      mix: [{get: \"http://a.test/\"}]\n"));
        QCOMPARE(finding,
                 "9:5: spec.traffic makes more than 5000000 requests a style; "
                 "lower its rates or the duration");
    }

    void ownFilesAreKnownFromManifests_data()
    {
        QTest::addColumn<bool>("expected");
        QTest::newRow("apiVersion: ingresslab.dev/v1\nkind: X") << true;
        QTest::newRow("# c\nkind: Scenario # ours\n") << true;
        QTest::newRow("kind: \"RouteTest\"\r\n") << true;
        QTest::newRow("apiVersion: v1\nkind: Service\n") << false;
        QTest::newRow("data:\n  kind: Scenario\n") << false;
        QTest::newRow("") << false;
    }
    void ownFilesAreKnownFromManifests()
    {
        QFETCH(bool, expected);
        QCOMPARE(scenario::isLabFile(QTest::currentDataTag()), expected);
    }
};

LAB_TEST(ScenarioReaderTest)
#include "tst_scenario_reader.moc"
