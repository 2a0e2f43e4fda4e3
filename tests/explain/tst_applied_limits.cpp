#include "support/test_main.hpp"

#include "explain/applied_limits.hpp"
#include "support/explain_bench.hpp"

using namespace lab;

/// The limits on a request's way, and what each said.
class AppliedLimitsTest : public QObject {
    Q_OBJECT

private slots:
    void eachHasItsAmountAndState()
    {
        test::ExplainBench bench(
            {{"limit-rps", "5"}, {"limit-connections", "2"}, {"proxy-body-size", "8k"}});
        const auto limits = bench.ask("http://shop.lab/").limits;
        QCOMPARE(limits.size(), std::size_t{3});
        QCOMPARE(limits[0].name, "body size");
        QCOMPARE(limits[0].amount, "8 KiB");
        QVERIFY(QString::fromStdString(limits[1].amount).startsWith("5 requests/s, burst "));
        QCOMPARE(limits[1].scope, "client 127.0.0.1");
        QCOMPARE(limits[1].state, "admits it: full, as at start");
        QCOMPARE(limits[2].amount, "2 requests at once");
    }

    void aRedirectIsNotLimited()
    {
        test::ExplainBench bench({{"limit-rpm", "6"}, {"force-ssl-redirect", "true"}});
        const auto limits = bench.ask("http://shop.lab/").limits;
        const auto& last = limits.back();
        QVERIFY(QString::fromStdString(last.amount).startsWith("6 requests/min"));
        QCOMPARE(last.state, "not asked: the redirect comes first");
    }

    void exemptClientsAreNamed()
    {
        test::ExplainBench bench({{"limit-rps", "5"}, {"limit-whitelist", "127.0.0.0/8"}});
        QCOMPARE(bench.ask("http://shop.lab/").limits.back().state, "this client is exempt");
    }

    void everyQuestionFindsFullBuckets()
    {
        test::ExplainBench bench({{"limit-rpm", "1"}, {"limit-burst-multiplier", "1"}});
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(bench.ask("http://shop.lab/").outcome.kind, explain::OutcomeKind::Backend);
        }
    }

    void aBodyOverTheLimitIsRefused()
    {
        test::ExplainBench bench({{"proxy-body-size", "1k"}, {"limit-rps", "5"}});
        const auto said = bench.ask("http://shop.lab/", {"Content-Length: 2000"}, "POST");
        QCOMPARE(int{said.outcome.status}, 413);
        QCOMPARE(said.limits[0].state, "refuses it");
        QCOMPARE(said.limits[1].state, "not asked: the size of the body is judged first");
    }
};

LAB_TEST(AppliedLimitsTest)
#include "tst_applied_limits.moc"
