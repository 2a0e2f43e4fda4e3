#include "support/test_main.hpp"

#include "scenario/reader_fixture.hpp"

using namespace lab;

namespace {

/// A scenario with one source of traffic from line 7 on.
std::string withTraffic(const std::string& source)
{
    return test::scenarioWith("  manifests: [k8s/]\n  traffic:\n" + source);
}

scenario::Scenario read(const std::string& source)
{
    return scenario::readScenario(withTraffic(source), "s.yaml", "").scenario;
}

} // namespace

/// `traffic`: who sends what.
class TrafficReaderTest : public QObject {
    Q_OBJECT

private slots:
    void aSourceIsRead()
    {
        const auto scenario = read("    - name: a\n"
                                   "      model: open\n"
                                   "      arrivals: {poisson: 120/m}\n"
                                   "      clients: 9\n"
                                   "      mix:\n"
                                   "        - {get: \"https://a.test/x?y=1\", weight: 3}\n"
                                   "        - {post: \"http://a.test/\", body: 2Ki, service: w}\n");
        const workload::Traffic& traffic = scenario.traffic.at(0);
        QVERIFY(traffic.process == workload::ArrivalProcess::Poisson);
        QCOMPARE(traffic.ratePerSecond, 2.0);
        QCOMPARE(traffic.clients, 9U);
        QCOMPARE(traffic.mix.size(), std::size_t{2});
        QCOMPARE(traffic.mix[0].url, "https://a.test/x?y=1");
        QCOMPARE(traffic.mix[0].weight, 3.0);
        QCOMPARE(traffic.mix[1].method, "POST");
        QCOMPARE(traffic.mix[1].bodyBytes, std::uint64_t{2048});
        QCOMPARE(traffic.mix[1].service, "w");
        QCOMPARE(toText(scenario.mixPlaces[0][1]), "s.yaml:14:56");
    }

    void rangesBecomeEntries()
    {
        const auto scenario = read("    - name: a\n"
                                   "      arrivals: {constant: 1/s}\n"
                                   "      mix: [{get: \"http://a.test/{1..4}\", weight: 8}]\n");
        QCOMPARE(scenario.traffic[0].mix.size(), std::size_t{4});
        QCOMPARE(scenario.mixPlaces[0].size(), std::size_t{4});
        QCOMPARE(scenario.traffic[0].mix[3].url, "http://a.test/4");
        QCOMPARE(scenario.traffic[0].mix[3].weight, 2.0);
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("finding");
        const auto arrivals = [](const char* value) {
            return QString("    - name: a\n      arrivals: %1\n"
                           "      mix: [{get: \"http://a.test/\"}]\n")
                .arg(value);
        };
        const auto mix = [](const char* value) {
            return QString("    - name: a\n      arrivals: {poisson: 1/s}\n      mix: %1\n")
                .arg(value);
        };
        QTest::newRow("no rate") << arrivals("{poisson: 100}")
                                 << "9:27: spec.traffic[0].arrivals.poisson \"100\" needs a unit, "
                                    "such as \"100/s\"";
        QTest::newRow("endless") << arrivals("{poisson: .inf}") << "9:27:";
        QTest::newRow("two processes")
            << arrivals("{poisson: 1/s, constant: 1/s}")
            << "9:17: spec.traffic[0].arrivals must hold one of poisson, constant, ramp and burst; "
               "write it as `{ poisson: 100/s }`";
        QTest::newRow("zero") << arrivals("{poisson: 0/s}")
                              << "9:27: spec.traffic[0].arrivals.poisson must be above 0 and at "
                                 "most 1000000/s";
        QTest::newRow("a ramp to nowhere")
            << arrivals("{ramp: {from: 0/s, to: 0/s}}")
            << "9:40: spec.traffic[0].arrivals.ramp.to must be at most 1000000/s, and one of them "
               "above 0";
        QTest::newRow("half a ramp") << arrivals("{ramp: {from: 1/s}}") << "9:24: ";
        QTest::newRow("dense bursts")
            << arrivals("{burst: {size: 5, every: 1us}}")
            << "9:42: spec.traffic[0].arrivals.burst.every must be at least 1ms";
        QTest::newRow("closed") << "    - name: a\n      model: closed\n"
                                   "      arrivals: {poisson: 1/s}\n"
                                   "      mix: [{get: \"http://a.test/\"}]\n"
                                << "9:14: spec.traffic[0].model \"closed\" is not supported yet; "
                                   "leave the key out";
        QTest::newRow("no URL") << mix("[{get: /cart}]")
                                << "10:19: spec.traffic[0].mix[0]: \"/cart\" is no absolute URL; "
                                   "write it as https://shop.example.com/cart";
        QTest::newRow("scheme") << mix("[{get: \"ftp://a.test/\"}]")
                                << "10:19: spec.traffic[0].mix[0]: \"ftp://a.test/\" must start "
                                   "with http:// or https://; write it as "
                                   "https://shop.example.com/cart";
        QTest::newRow("no request") << mix("[{weight: 1}]")
                                    << "10:13: spec.traffic[0].mix[0] names no request; write it "
                                       "as `get: https://shop.example.com/`";
        QTest::newRow("two methods")
            << mix("[{get: \"http://a.test/\", put: \"http://a.test/\"}]")
            << "10:42: spec.traffic[0].mix[0].put an entry of a mix is one request; make it an "
               "entry of its own";
        QTest::newRow("empty") << mix("[]")
                               << "10:12: spec.traffic[0].mix must hold at least one request; "
                                  "write it as `[ { get: \"https://shop.example.com/\" } ]`";
        QTest::newRow("body") << mix("[{put: \"http://a.test/\", body: 17Mi}]")
                              << "10:43: spec.traffic[0].mix[0].body must be at most 16Mi";
    }
    void mistakesAreTold()
    {
        QFETCH(QString, source);
        QFETCH(QString, finding);
        const QString actual = test::onlyFinding(withTraffic(source.toStdString()));
        QVERIFY2(actual.startsWith(finding), qPrintable(actual));
    }

    void rampsAndBurstsAreRead()
    {
        const auto scenario = read("    - name: a\n"
                                   "      arrivals: {ramp: {from: 0/s, to: 60/m}}\n"
                                   "      mix: [{get: \"http://a.test/\"}]\n"
                                   "    - name: b\n"
                                   "      arrivals: {burst: {size: 50, every: 2s}}\n"
                                   "      mix: [{get: \"http://a.test/\"}]\n");
        const auto& ramp = scenario.traffic[0];
        QVERIFY(ramp.process == workload::ArrivalProcess::Ramp);
        QVERIFY(ramp.ratePerSecond == 0.0 && ramp.rateAtEnd == 1.0);
        const auto& burst = scenario.traffic[1];
        QVERIFY(burst.process == workload::ArrivalProcess::Burst);
        QVERIFY(burst.burstSize == 50 && burst.burstInterval == std::chrono::seconds(2));
        QCOMPARE(burst.ratePerSecond, 25.0);
    }

    void namesAreUnique()
    {
        const QString source = "    - name: a\n      arrivals: {poisson: 1/s}\n"
                               "      mix: [{get: \"http://a.test/\"}]\n";
        QCOMPARE(test::onlyFinding(withTraffic((source + source).toStdString())),
                 "11:13: spec.traffic[1].name \"a\" is the name of an earlier source; "
                 "choose another");
    }
};

LAB_TEST(TrafficReaderTest)
#include "tst_traffic_reader.moc"
