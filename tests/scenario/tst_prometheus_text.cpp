#include "support/test_main.hpp"

#include "scenario/prometheus_text.hpp"

/// The text format, to the byte.
class PrometheusTextTest : public QObject {
    Q_OBJECT

private slots:
    void familiesAndSamples()
    {
        lab::scenario::PrometheusText text;
        text.counter("a_total", "What it counts.");
        text.sample({{"style", "ingress"}, {"door", "x"}}, std::uint64_t{3});
        text.gauge("b", "Now.");
        text.sample({}, 0.5);
        QCOMPARE(text.take(),
                 "# HELP a_total What it counts.\n"
                 "# TYPE a_total counter\n"
                 "a_total{style=\"ingress\",door=\"x\"} 3\n"
                 "# HELP b Now.\n"
                 "# TYPE b gauge\n"
                 "b 0.5\n");
    }

    void histogramsAreCumulative()
    {
        using namespace std::chrono_literals;
        constexpr std::array<lab::Duration, 2> bounds{50us, 2500us};
        constexpr std::array<std::uint64_t, 3> counts{1, 0, 2};
        lab::scenario::PrometheusText text;
        text.histogram("d_seconds", "How long.");
        text.distribution({{"door", "x"}}, bounds, counts, 1250ms);
        QCOMPARE(text.take(),
                 "# HELP d_seconds How long.\n"
                 "# TYPE d_seconds histogram\n"
                 "d_seconds_bucket{door=\"x\",le=\"0.00005\"} 1\n"
                 "d_seconds_bucket{door=\"x\",le=\"0.0025\"} 1\n"
                 "d_seconds_bucket{door=\"x\",le=\"+Inf\"} 3\n"
                 "d_seconds_sum{door=\"x\"} 1.25\n"
                 "d_seconds_count{door=\"x\"} 3\n");
    }

    void labelValuesAreEscaped()
    {
        lab::scenario::PrometheusText text;
        text.gauge("a", "A.");
        text.sample({{"x", "a\"b\\c\nd"}}, std::uint64_t{1});
        QVERIFY(QString::fromStdString(text.take()).endsWith("a{x=\"a\\\"b\\\\c\\nd\"} 1\n"));
    }
};

LAB_TEST(PrometheusTextTest)
#include "tst_prometheus_text.moc"
