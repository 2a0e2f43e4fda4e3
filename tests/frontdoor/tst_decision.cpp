#include "support/test_main.hpp"

#include "frontdoor/decision.hpp"

using namespace lab::frontdoor;

/// The words of refusals are part of logs and metrics.
class DecisionTest : public QObject {
    Q_OBJECT

private slots:
    void refusalsHaveTheirWords()
    {
        QCOMPARE(toText(Refusal::None), std::string_view(""));
        QCOMPARE(toText(Refusal::NoRoute), std::string_view("no-route"));
        QCOMPARE(toText(Refusal::NoEndpoint), std::string_view("no-endpoint"));
        QCOMPARE(toText(Refusal::OverallLimit), std::string_view("overall-limit"));
        QVERIFY(Decision{}.isForward());
    }
};

LAB_TEST(DecisionTest)
#include "tst_decision.moc"
