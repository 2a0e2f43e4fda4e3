#include "support/test_main.hpp"

#include "scenario/reader_fixture.hpp"

using namespace lab;
using lab::workload::ServiceTime;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(lab::workload::ServiceTime)

/// How long pods take, in all the ways it can be written.
class BackendReaderTest : public QObject {
    Q_OBJECT

private slots:
    void latenciesAreRead_data()
    {
        QTest::addColumn<QString>("latency");
        QTest::addColumn<ServiceTime>("time");
        QTest::newRow("plain") << "5ms" << ServiceTime::constant(5ms);
        QTest::newRow("fixed") << "{fixed: 5ms}" << ServiceTime::constant(5ms);
        QTest::newRow("exponential") << "{exponential: 2ms}" << ServiceTime::exponential(2ms);
        QTest::newRow("with a base")
            << "{base: 5ms, exponential: 2ms}" << ServiceTime::exponential(2ms, 5ms);
        QTest::newRow("lognormal")
            << "{lognormal: 10ms, variation: 0.8}" << ServiceTime::lognormal(10ms, 0.8);
        QTest::newRow("hyperexponential")
            << "{hyperexponential: 3ms, variation: 2}" << ServiceTime::hyperexponential(3ms, 2.0);
        QTest::newRow("uniform") << "{from: 2ms, to: 6ms}" << ServiceTime::uniform(2ms, 6ms);
    }
    void latenciesAreRead()
    {
        QFETCH(QString, latency);
        QFETCH(ServiceTime, time);
        const auto read = test::readSpec(
            "  manifests: [k8s/]\n  backendDefaults: {latency: " + latency.toStdString() +
            ", maxInFlight: 3, queueMax: 0}\n");
        QCOMPARE(read.findings.size(), std::size_t{0});
        const scenario::Backend& backend = read.scenario.backendDefaults;
        QVERIFY(time.isConstant() ? backend.latency == time.mean() : backend.time == time);
        QVERIFY(backend.maxInFlight == 3U && backend.queueMax == 0U);
        QCOMPARE(scenario::virtualOnly(read.scenario, Severity::Warning).size(),
                 std::size_t(time.isConstant() ? 1 : 2));
    }

    void mistakesAreTold_data()
    {
        QTest::addColumn<QString>("backend");
        QTest::addColumn<QString>("words");
        QTest::newRow("no way") << "{latency: {base: 5ms}}"
                                << "must say how long in one way";
        QTest::newRow("two ways") << "{latency: {exponential: 5ms, lognormal: 2ms}}"
                                  << "must say how long in one way";
        QTest::newRow("no time") << "{latency: {exponential: 0s}}"
                                 << "must be above 0";
        QTest::newRow("backwards") << "{latency: {from: 6ms, to: 2ms}}"
                                   << "must not be above";
        QTest::newRow("variation") << "{latency: {hyperexponential: 6ms, variation: 0.5}}"
                                   << "variation";
        QTest::newRow("unknown") << "{latency: {expnential: 6ms}}"
                                 << "expnential";
        QTest::newRow("nobody served") << "{maxInFlight: 0}"
                                       << "maxInFlight";
        QTest::newRow("address") << "{address: here}"
                                 << "is no address with a port";
    }
    void mistakesAreTold()
    {
        QFETCH(QString, backend);
        QFETCH(QString, words);
        const auto read = test::readSpec(
            "  manifests: [k8s/]\n  backends: {cart: " + backend.toStdString() + "}\n");
        QString all;
        for (const Finding& finding : read.findings) {
            all += QString::fromStdString(toText(finding)) + '\n';
        }
        QVERIFY2(all.contains(words), qPrintable(all));
    }
};

LAB_TEST(BackendReaderTest)
#include "tst_backend_reader.moc"
