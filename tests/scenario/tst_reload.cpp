#include "support/test_main.hpp"

#include "scenario/reload.hpp"

using namespace lab;

/// What came of a reload is said to programs, and counted.
class ReloadTest : public QObject {
    Q_OBJECT

private slots:
    void aFailureNamesItsFindings()
    {
        const auto outcome = scenario::failedReload(
            Error(Findings{{Severity::Unreadable, "yaml", {}, "this is no YAML", ""}}));
        QVERIFY(!outcome.isServed);
        QCOMPARE(outcome.kind, ErrorKind::BadInput);
        const QString line = QString::fromStdString(outcome.line);
        QVERIFY(line.startsWith("{\"event\":\"reload-failed\",\"error\":\"the configuration"));
        QVERIFY(line.contains("\"message\":\"this is no YAML\""));
        QVERIFY(!line.contains('\n'));
    }

    void aFailureOfTheMachineSaysWhy()
    {
        const auto outcome = scenario::failedReload(Error(ErrorKind::Environment, "port taken"));
        QVERIFY(QString::fromStdString(outcome.line).contains("\"error\":\"port taken\""));
        QVERIFY(outcome.findings.empty());
    }

    void reloadsAreCounted()
    {
        scenario::ReloadCounts counts;
        counts.succeeded("0123");
        QCOMPARE(counts.generation(), std::uint64_t{0}); // the start is none
        counts.failed();
        counts.succeeded("4567");
        QCOMPARE(counts.generation(), std::uint64_t{1});
        scenario::PrometheusText text;
        counts.write(text);
        const QString all = QString::fromStdString(text.take());
        QVERIFY(all.contains("ingresslab_config_reloads_total{result=\"ok\"} 1\n"));
        QVERIFY(all.contains("ingresslab_config_reloads_total{result=\"failed\"} 1\n"));
        QVERIFY(all.contains("ingresslab_config_info{digest=\"4567\"} 1\n"));
        QVERIFY(all.contains("ingresslab_config_last_success_timestamp_seconds"));
    }
};

LAB_TEST(ReloadTest)
#include "tst_reload.moc"
