#include "support/test_main.hpp"

#include "scenario/client_resolution.hpp"
#include "scenario/two_doors_fixture.hpp"

using namespace lab;

namespace {

scenario::Scenario asking(std::vector<workload::MixEntry> mix)
{
    scenario::Scenario scenario;
    scenario.mixPlaces.emplace_back(mix.size(), test::placeAt(4));
    workload::Traffic traffic;
    traffic.mix = std::move(mix);
    scenario.traffic.push_back(std::move(traffic));
    return scenario;
}

workload::MixEntry get(const std::string& url, const std::string& service = {})
{
    workload::MixEntry entry;
    entry.url = url;
    entry.service = service;
    return entry;
}

} // namespace

/// A client knows by the ingress's own decision which Service a URL means (decision 3).
class ClientResolutionTest : public QObject {
    Q_OBJECT

private slots:
    void urlsAreResolvedByTheIngressPlan_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("target");
        QTest::newRow("https://shop.test/") << "default/web"
                                            << "shop.test"
                                            << "/";
        QTest::newRow("https://shop.test") << "default/web"
                                           << "shop.test"
                                           << "/";
        QTest::newRow("https://shop.test/api/x?y=1") << "default/api"
                                                     << "shop.test"
                                                     << "/api/x?y=1";
        QTest::newRow("http://SHOP.test:8080/apis") << "default/web"
                                                    << "SHOP.test:8080"
                                                    << "/apis";
        QTest::newRow("http://shop.test/a/../api") << "default/api"
                                                   << "shop.test"
                                                   << "/a/../api";
        QTest::newRow("http://shop.test?q") << "default/web"
                                            << "shop.test"
                                            << "/?q";
        QTest::newRow("http://other.test/") << ""
                                            << "other.test"
                                            << "/";
        QTest::newRow("http://shop.test/../..") << ""
                                                << "shop.test"
                                                << "/../..";
    }
    void urlsAreResolvedByTheIngressPlan()
    {
        QFETCH(QString, service);
        QFETCH(QString, host);
        QFETCH(QString, target);
        const auto url = scenario::UrlResolver(test::planTwoDoors().ingress)
                             .resolve(QTest::currentDataTag(), "GET");
        QCOMPARE(QString::fromStdString(url.service), service);
        QCOMPARE(QString::fromStdString(url.host), host);
        QCOMPARE(QString::fromStdString(url.target), target);
    }

    void askingTakesNothingFromTheBucket()
    {
        scenario::UrlResolver resolver(test::planTwoDoors().ingress);
        for (int i = 0; i < 100; ++i) { // the bucket holds 20
            QCOMPARE(resolver.resolve("http://shop.test/", "GET").service, "default/web");
        }
    }

    void eachStyleSendsToItsOwnDoor()
    {
        const auto plans = test::planTwoDoors();
        const auto clients = scenario::resolveClients(
            asking({get("https://shop.test/api"), get("http://shop.test/")}),
            plans.perService,
            plans.ingress,
            test::readyFor(plans));
        QVERIFY(clients.findings.empty());
        const auto& own = clients.perService.destinations.at(0);
        QCOMPARE(own[0].address, "per-service/default/api:443");
        QCOMPARE(own[1].address, "per-service/default/web:80");
        QVERIFY(own[0].isTls && own[0].hasDoor);
        QCOMPARE(own[0].host, "shop.test");
        QCOMPARE(own[0].service, "default/api");
        const auto& shared = clients.ingress.destinations.at(0);
        QCOMPARE(shared[0].address, "ingress/ingress:443");
        QCOMPARE(shared[1].address, "ingress/ingress:80");
    }

    void aNamedServiceIsTaken()
    {
        const auto plans = test::planTwoDoors();
        const auto clients =
            scenario::resolveClients(asking({get("http://shop.test/", "default/api")}),
                                     plans.perService,
                                     plans.ingress,
                                     test::readyFor(plans));
        QCOMPARE(clients.perService.destinations[0][0].address, "per-service/default/api:80");
        QCOMPARE(clients.ingress.destinations[0][0].service, "default/web");
    }

    void aUrlWithoutRouteHasNoDoor()
    {
        const auto plans = test::planTwoDoors();
        const auto clients = scenario::resolveClients(asking({get("http://other.test/")}),
                                                      plans.perService,
                                                      plans.ingress,
                                                      test::readyFor(plans));
        QVERIFY(!clients.perService.destinations[0][0].hasDoor);
        QVERIFY(clients.ingress.destinations[0][0].hasDoor); // and answers 404 there
        QCOMPARE(toText(clients.findings.at(0)),
                 "test.yaml:4:1: warning: \"http://other.test/\" has no door in the per-service "
                 "style; no route of the ingress takes it");
    }
};

LAB_TEST(ClientResolutionTest)
#include "tst_client_resolution.moc"
