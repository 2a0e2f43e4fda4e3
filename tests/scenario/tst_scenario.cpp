#include "support/test_main.hpp"

#include "scenario/scenario.hpp"

using namespace lab;
using namespace std::chrono_literals;

/// What a scenario leaves open is settled by its profile.
class ScenarioTest : public QObject {
    Q_OBJECT

private slots:
    void timeoutsAreTheProfilesUnlessSet()
    {
        const auto spec = scenario::timeoutsOf(plan::Profile::Spec, {});
        QCOMPARE(spec.head, Duration(3s));
        QCOMPARE(spec.answer, Duration(5s));
        const auto nginx = scenario::timeoutsOf(plan::Profile::IngressNginx, {});
        QCOMPARE(nginx.head, Duration(60s));
        QCOMPARE(nginx.answer, Duration(60s));
        scenario::TimeoutSettings settings;
        settings.answer = 250ms;
        const auto own = scenario::timeoutsOf(plan::Profile::IngressNginx, settings);
        QCOMPARE(own.answer, Duration(250ms));
        QCOMPARE(own.head, Duration(60s));
    }

    void comparisonsHaveSigns()
    {
        using scenario::Comparison;
        QCOMPARE(scenario::toText(Comparison::Equal), "=");
        QCOMPARE(scenario::toText(Comparison::Below), "<");
        QCOMPARE(scenario::toText(Comparison::Above), ">");
        QCOMPARE(scenario::toText(Comparison::AtMost), "≤");
        QCOMPARE(scenario::toText(Comparison::AtLeast), "≥");
    }
};

LAB_TEST(ScenarioTest)
#include "tst_scenario.moc"
