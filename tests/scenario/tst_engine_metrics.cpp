#include "support/test_main.hpp"

#include "scenario/engine_metrics.hpp"
#include "scenario/two_doors_fixture.hpp"

using namespace lab;

/// What Prometheus scrapes.
class EngineMetricsTest : public QObject {
    Q_OBJECT

private slots:
    void everyDoorHasItsCounters()
    {
        live::DoorCounters door;
        door.style = plan::Style::PerService;
        door.name = "default/web";
        door.requests = 12;
        door.responsesByClass[2] = 9;
        door.responsesByClass[4] = 3;
        door.refusedByLimit = 3;
        door.connectionsOpen = 2;
        door.durations[3] = 10;
        door.durationSum = std::chrono::milliseconds(4);
        const auto plans = test::planTwoDoors();
        const QString text = QString::fromStdString(
            scenario::engineMetrics({door}, {plans.perService, plans.ingress}));
        const QString at = R"({style="per-service",door="default/web")";
        for (const QString& line : {"ingresslab_requests_total" + at + R"(,code_class="2xx"} 9)",
                                    "ingresslab_requests_total" + at + R"(,code_class="4xx"} 3)",
                                    "ingresslab_requests_received_total" + at + "} 12",
                                    "ingresslab_ratelimit_refused_total" + at + "} 3",
                                    "ingresslab_connections_open" + at + "} 2",
                                    "ingresslab_requests_in_flight" + at + "} 2",
                                    "ingresslab_request_duration_seconds_count" + at + "} 10",
                                    "ingresslab_request_duration_seconds_sum" + at + "} 0.004",
                                    QString(R"(ingresslab_load_balancers{style="per-service"} 2)"),
                                    QString(R"(ingresslab_certificates{style="ingress"} 1)")}) {
            QVERIFY2(text.contains(line + '\n'), qPrintable(line + " not in\n" + text));
        }
    }

    void everyFamilyHasOneHead()
    {
        const QStringList lines =
            QString::fromStdString(scenario::engineMetrics({}, {})).split('\n');
        const QStringList heads = lines.filter("# TYPE ");
        QCOMPARE(QSet<QString>(heads.begin(), heads.end()).size(), heads.size());
        QCOMPARE(lines.filter("# HELP ").size(), heads.size());
        QVERIFY(!lines.filter("process_resident_memory_bytes ").isEmpty());
    }
};

LAB_TEST(EngineMetricsTest)
#include "tst_engine_metrics.moc"
