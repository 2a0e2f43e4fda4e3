#include "support/test_main.hpp"

#include "support/nginx_bench.hpp"

using namespace lab;
using frontdoor::Refusal;
using frontdoor::RequestView;
using test::NginxBench;

namespace {

RequestView from(const char* client)
{
    RequestView view;
    view.clientAddress = client;
    return view;
}

} // namespace

/// The order of decisions in one request.
class DecideTest : public QObject {
    Q_OBJECT

private slots:
    void redirectsAreNotLimitedAndRefusedAddressesAre()
    {
        NginxBench redirecting(
            test::Annotations{{"force-ssl-redirect", "true"}, {"limit-rpm", "1"}});
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(redirecting.decide("/").refusal, Refusal::Redirect);
        }
        NginxBench closed(
            test::Annotations{{"whitelist-source-range", "10.0.0.0/8"}, {"limit-rpm", "1"}});
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(closed.decide("/").refusal, Refusal::Forbidden);
        }
        QCOMPARE(closed.decide("/").refusal, Refusal::ClientLimit);
    }

    void aServiceWithoutEndpointsHidesTheForbidden()
    {
        NginxBench bench(test::Annotations{{"whitelist-source-range", "10.0.0.0/8"}});
        QCOMPARE(bench.decide("/empty").refusal, Refusal::NoEndpoint);
    }

    void permanentRedirectBeatsHttpsAndPreflightBeatsThePassword()
    {
        NginxBench bench(
            {{"permanent-redirect", "https://new.lab"}, {"force-ssl-redirect", "true"}});
        QCOMPARE(int{bench.decide("/").status}, 301);
        NginxBench guarded(test::Annotations{{"enable-cors", "true"},
                                             {"auth-type", "basic"},
                                             {"auth-secret", "u"}},
                           [](test::ClusterBuilder& builder) {
                               builder.secret("u", {{"auth", "ann:secret"}});
                           });
        QCOMPARE(guarded.decide("/", {}, "OPTIONS").refusal, Refusal::Preflight);
        const auto refused = guarded.decide("/");
        QCOMPARE(refused.refusal, Refusal::Unauthorized);
        QVERIFY(refused.answerFields.find("WWW-Authenticate: Basic realm=") != std::string::npos);
        const auto let = guarded.decide("/", {{"authorization", "Basic YW5uOnNlY3JldA=="}});
        QVERIFY(let.isForward() && let.dropsAuthorization);
    }

    void theBodyIsMeasuredBeforeAnythingElseButAppRoot()
    {
        NginxBench bench(test::Annotations{{"proxy-body-size", "1k"}, {"app-root", "/home"}});
        RequestView big = from("127.0.0.1");
        big.bodyBytes = 1025;
        QCOMPARE(bench.decide("/x", {}, "POST", big).refusal, Refusal::BodyTooLarge);
        QCOMPARE(bench.decide("/", {}, "POST", big).refusal, Refusal::Redirect);
        big.bodyBytes = 1024;
        QVERIFY(bench.decide("/x", {}, "POST", big).isForward());
    }

    void limitsAreAClientsOwnAndSharedByThePathsOfAnIngress()
    {
        NginxBench bench(test::Annotations{{"limit-rpm", "1"}, {"limit-whitelist", "127.0.0.20"}});
        for (const char* client : {"127.0.0.11", "127.0.0.12"}) {
            int passed = 0;
            for (int i = 0; i < 10; ++i) {
                const auto decision =
                    bench.decide(i % 2 == 0 ? "/a" : "/b", {}, "GET", from(client));
                passed += decision.isForward() ? 1 : 0;
                QVERIFY(decision.isForward() || decision.status == 503);
            }
            QCOMPARE(passed, 6);
        }
        for (int i = 0; i < 20; ++i) {
            QVERIFY(bench.decide("/", {}, "GET", from("127.0.0.20")).isForward());
        }
    }

    void requestsUnderWayCountUntilReleased()
    {
        NginxBench bench(test::Annotations{{"limit-connections", "1"}});
        RequestView view = from("127.0.0.1");
        view.endsWithRelease = true;
        const auto first = bench.decide("/", {}, "GET", view);
        QVERIFY(first.isForward());
        QCOMPARE(bench.decide("/", {}, "GET", view).refusal, Refusal::ClientLimit);
        bench.door->release(first);
        QVERIFY(bench.decide("/", {}, "GET", view).isForward());
        QVERIFY(bench.decide("/").isForward()); // who promises no release is not counted
    }

    void theRewriteMakesTheTargetAndKeepsTheQuery()
    {
        NginxBench bench(
            test::Annotations{{"rewrite-target", "/new"}, {"x-forwarded-prefix", "/old"}});
        const auto decision = bench.decide("/empty-not?x=%20");
        QCOMPARE(decision.target, std::string("/new?x=%20"));
        QCOMPARE(decision.podFields, std::string("X-Forwarded-Prefix: /old\r\n"));
        NginxBench plain(test::Annotations{});
        QVERIFY(plain.decide("/a%20b").target.empty()); // the original goes through
    }

    void aClosedIngressAnswers503AndTheImplicitRootIs404()
    {
        NginxBench closed(test::Annotations{{"whitelist-source-range", "nobody"}});
        QCOMPARE(closed.decide("/").refusal, Refusal::Denied);
        NginxBench bench(test::Annotations{}, [](test::ClusterBuilder& builder) {
            builder.ingress("only", {{"only.lab", "/x", "web"}});
        });
        RequestView view = from("127.0.0.1");
        view.host = "only.lab";
        const auto decision = bench.decide("/y", {}, "GET", view);
        QCOMPARE(decision.refusal, Refusal::NoRoute);
        QVERIFY(decision.route.isValid());
    }

    void canariesTakeTheirShareAndSessionsStay()
    {
        NginxBench bench(test::Annotations{}, [](test::ClusterBuilder& builder) {
            auto& canary = builder.ingress("canary", {{"shop.lab", "/", "other"}});
            test::annotateNginx(canary.meta, "canary", "true");
            test::annotateNginx(canary.meta, "canary-by-header", "X-Canary");
        });
        QCOMPARE(bench.serviceOf(bench.decide("/", {{"x-canary", "always"}})),
                 std::string("other"));
        QCOMPARE(bench.serviceOf(bench.decide("/")), std::string("web"));
    }

    void httpsAnswersCarryHsts()
    {
        NginxBench bench(test::Annotations{});
        RequestView view = from("127.0.0.1");
        view.isTls = true;
        QCOMPARE(bench.decide("/", {}, "GET", view).answerFields,
                 std::string("Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"));
        QVERIFY(bench.decide("/").answerFields.empty());
    }
};

LAB_TEST(DecideTest)
#include "tst_decide.moc"
