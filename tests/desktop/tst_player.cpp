#include "support/test_main.hpp"

#include "desktop/dots.hpp"
#include "desktop/scoreboard.hpp"
#include "played_scenario.hpp"
#include "scenario/scenario_runner.hpp"

#include <set>

using namespace lab;
using namespace std::chrono_literals;
using desktop::Player;

namespace {

constexpr plan::Style both[] = {plan::Style::PerService, plan::Style::Ingress};

std::vector<desktop::Dot> dots(const Player& player, plan::Style style, std::uint32_t every = 1)
{
    const desktop::StageSide& side = player.model().side(style);
    const desktop::StageLayout layout(player.model(), side, {540, 440});
    return desktop::dotsOf(player, side, layout, every);
}

} // namespace

/// The moment that is shown is a moment of the run, however one gets there.
class PlayerTest : public QObject {
    Q_OBJECT

private slots:
    void atTheScenariosEndItHasMeasuredWhatTheReportSays()
    {
        scenario::RunOptions options;
        options.clock = "virtual";
        const auto report = scenario::runScenario(LAB_SOURCE_DIR "/scenarios/two-doors", options);
        Player player = test::playerOf("two-doors");
        player.seek(Instant(4s)); // of the scenario: all that is intended by then
        for (const plan::Style style : both) {
            const auto& expected = report->style(style)->measurements;
            const auto shown = player.track(style).measurements(player.now());
            // What was under way at that moment has not ended yet.
            QVERIFY(shown.offered <= expected.offered);
            QVERIFY(shown.offered + 5 >= expected.offered);
            QVERIFY(shown.refused <= expected.refused && shown.refused + 5 >= expected.refused);
        }
    }

    void stepsAndLeapsComeToTheSameMoment()
    {
        Player steps = test::playerOf("two-doors");
        Player leap = test::playerOf("two-doors");
        for (int i = 0; i < 300; ++i) {
            steps.advance(0.01);
        }
        leap.seek(Instant(9s));
        leap.seek(steps.now());
        QVERIFY(leap.now() == steps.now());
        for (const plan::Style style : both) {
            QCOMPARE(leap.track(style).measurements(leap.now()).offered,
                     steps.track(style).measurements(steps.now()).offered);
            QCOMPARE(leap.track(style).intervals().size(), steps.track(style).intervals().size());
            const auto a = dots(steps, style);
            const auto b = dots(leap, style);
            QCOMPARE(a.size(), b.size());
            for (std::size_t i = 0; i < a.size(); ++i) {
                QCOMPARE(a[i].number, b[i].number);
                QVERIFY(QLineF(a[i].at, b[i].at).length() < 0.01);
            }
        }
    }

    void aPodThatIsKilledFailsFromThatMomentOnly()
    {
        Player player = test::playerOf("two-doors");
        player.seek(Instant(5s));
        const auto before = player.track(plan::Style::Ingress).measurements(player.now());
        const std::string web = player.model().services.front().fullName;
        simulation::PodFault fault;
        fault.kind = simulation::PodFault::Kind::Kill;
        player.befall(web, ~std::size_t{0}, fault);
        QVERIFY(player.now() == Instant(5s));
        const auto after = player.track(plan::Style::Ingress).measurements(player.now());
        QCOMPARE(after.offered, before.offered);
        QCOMPARE(after.errorCount(), before.errorCount());
        QCOMPARE(player.faultsOf(0).front().kind, fault.kind);
        player.seek(Instant(9s));
        QVERIFY(player.track(plan::Style::Ingress).measurements(player.now()).errorCount() > 20);
        player.reset();
        QCOMPARE(player.faultsOf(0).front().kind, simulation::PodFault::Kind::None);
    }

    void itStopsAtTheEnd()
    {
        Player player = test::playerOf("two-doors");
        player.seek(Instant(1h));
        QVERIFY(player.isAtEnd());
        player.advance(5);
        QVERIFY(player.now() == player.end());
    }

    void theSameRequestsFlyOnBothSides()
    {
        Player player = test::playerOf("twelve-doors");
        player.seek(Instant(6s));
        std::set<std::uint64_t> a;
        std::set<std::uint64_t> shared;
        for (const auto& dot : dots(player, plan::Style::PerService, 5)) {
            a.insert(dot.number);
        }
        for (const auto& dot : dots(player, plan::Style::Ingress, 5)) {
            if (a.contains(dot.number)) {
                shared.insert(dot.number);
            }
        }
        QVERIFY(a.size() > 20);
        QVERIFY(shared.size() * 2 > a.size());
    }

    void refusedOnesComeBackToTheClients()
    {
        Player player = test::playerOf("two-doors");
        player.seek(Instant(6s));
        int refused = 0;
        for (const auto& dot : dots(player, plan::Style::Ingress)) {
            refused += dot.ending == desktop::Ending::Refused ? 1 : 0;
            QVERIFY(QRectF(0, 0, 540, 440).contains(dot.at));
        }
        QVERIFY(refused > 20);
    }

    void aDotStandsForARoundNumberOfRequests()
    {
        QCOMPARE(desktop::requestsPerDot(10, 1, 150), 1U);
        QCOMPARE(desktop::requestsPerDot(237, 1, 150), 5U);
        QCOMPARE(desktop::requestsPerDot(237, 0.1, 150), 1U);
        QCOMPARE(desktop::requestsPerDot(10'000, 1, 150), 200U);
    }

    void theScoresAreThoseOfTheReport()
    {
        Player player = test::playerOf("two-doors");
        player.seek(Instant(30s));
        const auto scores = desktop::scoresOf(player);
        QStringList names;
        for (const desktop::ScoreCell& cell : scores) {
            names << cell.name;
            QVERIFY(!cell.how.isEmpty() && !cell.origin.isEmpty());
        }
        QVERIFY(names.contains("Monthly cost") && names.contains("Limit 100/s"));
        const auto cellOf = [&](const char* name) { return scores[names.indexOf(name)]; };
        QCOMPARE(cellOf("Load balancers").perService, QString("2"));
        QCOMPARE(cellOf("Load balancers").ingress, QString("1"));
        QCOMPARE(cellOf("Certificates").better, QString("ingress"));
        QCOMPARE(cellOf("Limit 100/s").ingress, QString("held"));
        QVERIFY(cellOf("Limit 100/s").perService.startsWith(QString::fromUtf8("×")));
        QCOMPARE(cellOf("Monthly cost").better, QString("per-service")); // two are too few
        QCOMPARE(cellOf("Errors").perService, QString("0"));
    }
};

LAB_TEST(PlayerTest)
#include "tst_player.moc"
