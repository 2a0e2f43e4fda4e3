#include "support/test_main.hpp"

#include "scenario/scenario_runner.hpp"
#include "support/file_fixture.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>
#include <vector>

using namespace lab;
using namespace std::chrono_literals;

namespace {

/// A pod's 25 ms outweigh what the machine adds, and the limit refuses a third. Evenly spaced:
/// the live clock counts other stretches of the same traffic, as it begins anew with every slice.
constexpr const char* parityScenario = "apiVersion: ingresslab.dev/v1\n"
                                       "kind: Scenario\n"
                                       "metadata: {name: parity}\n"
                                       "spec:\n"
                                       "  manifests: [k8s/]\n"
                                       "  styles: {per-service: {door: http}}\n"
                                       "  backendDefaults: {latency: 25ms}\n"
                                       "  limits: {overall: {rate: 100/s, burst: 20}}\n"
                                       "  traffic:\n"
                                       "    - name: a\n"
                                       "      arrivals: {constant: 150/s}\n"
                                       "      clients: 5\n"
                                       "      mix:\n"
                                       "        - {get: \"http://web.default.lab/\"}\n"
                                       "  seed: 11\n"
                                       "  duration: 6s\n";

/// How late does the machine wake somebody?  What the parity of two clocks hangs on.
class WakeProbe {
public:
    WakeProbe()
        : thread_([this] { look(); })
    {
    }
    ~WakeProbe() { stop(); }
    WakeProbe(const WakeProbe&) = delete;
    WakeProbe& operator=(const WakeProbe&) = delete;

    /// Of a hundred times it was woken, the tenth latest.
    [[nodiscard]] std::chrono::nanoseconds lateness()
    {
        stop();
        std::ranges::sort(late_);
        return late_.empty() ? 0ns : late_[late_.size() * 9 / 10];
    }

private:
    void look()
    {
        while (!isOver_) {
            const auto due = std::chrono::steady_clock::now() + 1ms;
            std::this_thread::sleep_until(due);
            late_.push_back(std::chrono::steady_clock::now() - due);
        }
    }
    void stop()
    {
        isOver_ = true;
        if (thread_.joinable()) {
            thread_.join();
        }
    }

    std::atomic<bool> isOver_ = false;
    std::vector<std::chrono::nanoseconds> late_;
    std::thread thread_;
};

struct Parity {
    double throughput = 0;    ///< Relative difference.
    double refusedPoints = 0; ///< Difference in points.
    double p50 = 0;           ///< Relative difference.
};

double relative(double a, double b)
{
    return b == 0.0 ? 0.0 : std::abs(a - b) / b;
}

Parity parityOf(const measurement::Measurements& live, const measurement::Measurements& simulated)
{
    const auto share = [](const measurement::Measurements& sums) {
        return 100.0 * static_cast<double>(sums.refused) / static_cast<double>(sums.offered);
    };
    return {relative(live.perSecond(live.admitted), simulated.perSecond(simulated.admitted)),
            std::abs(share(live) - share(simulated)),
            relative(toSeconds(live.latency.quantile(0.5)),
                     toSeconds(simulated.latency.quantile(0.5)))};
}

} // namespace

/// One decision, two clocks: the same scenario comes to the same over sockets and simulated.
class ParityTest : public QObject {
    Q_OBJECT

private slots:
    void liveAndVirtualComeToTheSameOrTheMachineIsTooBusyToTell()
    {
        test::FileFixture files;
        files.file("scenario.yaml", parityScenario).file("k8s/web.yaml", test::webManifest);
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto simulated = scenario::runScenario(files.path(), options);
        QVERIFY2(simulated.has_value(), simulated ? "" : simulated.error().message().c_str());
        constexpr int triesMax = 3; // a busy machine may be quiet in a moment
        QString busy;
        for (int i = 0; i < triesMax; ++i) {
            options.clock = "live";
            WakeProbe probe;
            const auto live = scenario::runScenario(files.path(), options);
            QVERIFY2(live.has_value(), live ? "" : live.error().message().c_str());
            busy = whyBusy(*live, probe.lateness());
            if (busy.isEmpty()) {
                compare(*live, *simulated);
                return;
            }
        }
        QSKIP(qPrintable("inconclusive: " + busy));
    }

private:
    static QString whyBusy(const report::Report& live, std::chrono::nanoseconds lateness)
    {
        constexpr auto latenessMax = 500us;
        for (const report::StyleReport& style : live.styles) {
            if (style.measurements.isGeneratorSaturated()) {
                return QString("%1 sends were late").arg(style.measurements.lateSends);
            }
        }
        return lateness < latenessMax
                   ? QString()
                   : QString("every tenth wake-up came %1 us late").arg(lateness.count() / 1000);
    }

    static void compare(const report::Report& live, const report::Report& simulated)
    {
        for (const report::StyleReport& style : live.styles) {
            const auto& other = simulated.style(style.style)->measurements;
            QVERIFY(other.refused > 50 && other.admitted > 300); // there is something to compare
            const Parity parity = parityOf(style.measurements, other);
            const QString figures =
                QString("%1: throughput %2 %, refused %3 points, p50 %4 %")
                    .arg(QString::fromStdString(std::string(plan::toText(style.style))))
                    .arg(parity.throughput * 100, 0, 'f', 2)
                    .arg(parity.refusedPoints, 0, 'f', 2)
                    .arg(parity.p50 * 100, 0, 'f', 2);
            qInfo("%s", qPrintable(figures));
            QVERIFY2(parity.throughput <= 0.02, qPrintable(figures));
            QVERIFY2(parity.refusedPoints <= 2.0, qPrintable(figures));
            QVERIFY2(parity.p50 <= 0.10, qPrintable(figures));
        }
    }
};

LAB_TEST(ParityTest)
#include "tst_parity.moc"
