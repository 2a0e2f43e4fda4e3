#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;

/// Which endpoint, and which part of the traffic.
class ReadBalancingTest : public QObject {
    Q_OBJECT

private slots:
    void affinityNeedsItsAnnotation()
    {
        QVERIFY(!test::readAnnotations({{"session-cookie-name", "x"}}).policy.affinity);
        const auto read = test::readAnnotations({{"affinity", "cookie"},
                                                 {"session-cookie-name", "route"},
                                                 {"session-cookie-max-age", "172800"},
                                                 {"session-cookie-secure", "true"},
                                                 {"affinity-mode", "persistent"}});
        QCOMPARE(read.policy.affinity->cookie, std::string("route"));
        QCOMPARE(read.policy.affinity->maxAgeSeconds, std::optional<std::int64_t>(172'800));
        QCOMPARE(read.policy.affinity->isSecure, std::optional(true));
        QVERIFY(read.policy.affinity->isPersistent && read.policy.route.setsSessionCookie);
        QCOMPARE(test::readAnnotations({{"affinity", "ip"}}).findings.size(), std::size_t{1});
    }

    void canarySettingsCountOnlyWithCanary()
    {
        const auto without = test::readAnnotations({{"canary-weight", "30"}});
        QVERIFY(!without.policy.isCanary);
        QCOMPARE(without.policy.canary.weight, 0);
        const auto read = test::readAnnotations({{"canary", "true"},
                                                 {"canary-weight", "30"},
                                                 {"canary-weight-total", "50"},
                                                 {"canary-by-header", "X-Canary"},
                                                 {"canary-by-header-pattern", "a("}});
        QCOMPARE(read.policy.canary.weight, 30);
        QCOMPARE(read.policy.canary.weightTotal, 100); // below 100 it is 100
        QVERIFY(read.policy.canary.headerPattern.empty());
        QCOMPARE(read.findings.size(), std::size_t{1});
    }

    void anUnknownBalancerRefusesTheIngress()
    {
        QVERIFY(test::readAnnotations({{"load-balance", "ewma"}}).policy.isEwma);
        QVERIFY(
            !test::readAnnotations({{"load-balance", "ip_hash"}}).policy.refusedBecause.empty());
        QCOMPARE(test::readAnnotations({{"upstream-hash-by", "$request_uri"}}).policy.hashBy,
                 std::string("$request_uri"));
    }
};

LAB_TEST(ReadBalancingTest)
#include "tst_read_balancing.moc"
