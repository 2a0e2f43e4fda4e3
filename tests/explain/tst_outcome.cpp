#include "support/test_main.hpp"

#include "explain/outcome.hpp"
#include "support/explain_bench.hpp"
#include "support/plan_builder.hpp"

using namespace lab;
using explain::OutcomeKind;

/// Each kind of outcome, with what belongs to it.
class OutcomeTest : public QObject {
    Q_OBJECT

private slots:
    void aBackendHasServiceRuleAndPod()
    {
        test::ExplainBench bench;
        const auto said = bench.ask("http://shop.lab/x");
        QCOMPARE(said.outcome.kind, OutcomeKind::Backend);
        QCOMPARE(said.outcome.service, "default/web");
        QCOMPARE(said.outcome.port, 80);
        QVERIFY(toText(said.outcome.rule).starts_with("test.yaml:"));
        QVERIFY(said.outcome.endpoint.starts_with("default/web-"));
        QCOMPARE(said.endpointBecause, "round robin, its turn (3 are ready)");
        QCOMPARE(said.answeredBy, "endpoint");
    }

    void aBrokenLinkIsNamed()
    {
        const auto said = test::ExplainBench().ask("http://shop.lab/empty");
        QCOMPARE(said.outcome.kind, OutcomeKind::Refusal);
        QCOMPARE(int{said.outcome.status}, 503);
        QCOMPARE(said.outcome.refusal, "no-endpoint");
        QVERIFY(!said.outcome.brokenLink.empty());
    }

    void aRedirectSaysWhere()
    {
        test::ExplainBench bench(test::Annotations{{"permanent-redirect", "https://new.lab"}});
        const auto said = bench.ask("http://shop.lab/");
        QCOMPARE(said.outcome.kind, OutcomeKind::Redirect);
        QCOMPARE(said.outcome.location, "https://new.lab");
        QCOMPARE(said.answeredBy, "rewrite");
    }

    void hashesAndCookiesAreReasons()
    {
        test::ExplainBench hashed(test::Annotations{{"upstream-hash-by", "$request_uri"}});
        QCOMPARE(hashed.ask("http://shop.lab/").endpointBecause,
                 "hash of $request_uri (3 are ready)");
        test::ExplainBench sticky(test::Annotations{{"affinity", "cookie"}});
        const auto said = sticky.ask("http://shop.lab/");
        QVERIFY(said.endpointBecause.starts_with("hash of the session cookie INGRESSCOOKIE"));
        QVERIFY(!said.answerFields.empty());
    }

    void anUnknownHostHasNoRoute()
    {
        const auto said = test::ExplainBench().ask("http://other.lab/");
        QCOMPARE(said.outcome.kind, OutcomeKind::NoRoute);
        QCOMPARE(int{said.outcome.status}, 404);
    }

    void aDefaultBackendIsToldFromARule()
    {
        test::ExplainBench bench({}, [](test::ClusterBuilder& builder) {
            auto& ingress = builder.ingress("fallback", {});
            ingress.defaultBackend = model::IngressBackend{"other", 80, test::placeAt(99)};
        });
        const auto said = bench.ask("http://other.lab/x");
        QCOMPARE(said.outcome.kind, OutcomeKind::Default);
        QCOMPARE(said.outcome.service, "default/other");
    }

    void bytesGoToTheServiceOfThePort()
    {
        test::PlanBuilder builder(plan::Style::PerService);
        const UpstreamId full = builder.upstream("cart", {builder.pod("cart-0")});
        const UpstreamId empty = builder.upstream("none", {});
        builder.raw().upstreams[empty.index()].brokenLink = "no pod is ready";
        const DoorId door = builder.door("shop/cart", plan::DoorMode::Tcp);
        builder.at(door).hosts = {"cart.lab"};
        builder.at(door).ports = {{80, false, full}, {5000, false, empty}};
        explain::Explainer explainer(builder.build());
        const auto ask = [&](const char* url) {
            return explainer.explain(*explain::readQuestion({url, "GET", {}, "::1"}));
        };
        QCOMPARE(ask("http://cart.lab/any").outcome.endpoint, "shop/cart-0:8080");
        QCOMPARE(ask("http://cart.lab/any").endpointBecause, "the only ready endpoint");
        const auto refused = ask("http://cart.lab:5000/");
        QCOMPARE(refused.outcome.kind, OutcomeKind::Refusal);
        QCOMPARE(refused.outcome.brokenLink, "no pod is ready");
        const auto closed = ask("https://cart.lab/");
        QCOMPARE(closed.outcome.kind, OutcomeKind::NotExpressible);
        QVERIFY(QString::fromStdString(closed.outcome.because).endsWith("ports: 80, 5000"));
        const auto unknown = ask("http://other.lab/");
        QCOMPARE(unknown.outcome.kind, OutcomeKind::NotExpressible);
        QVERIFY(QString::fromStdString(unknown.outcome.because).contains("cart.lab"));
    }

    void withoutDoorsNothingIsExpressible()
    {
        explain::Explainer explainer(std::make_shared<const plan::FrontDoorPlan>());
        const auto said =
            explainer.explain(*explain::readQuestion({"http://a.lab/", "GET", {}, "::1"}));
        QCOMPARE(said.outcome.kind, OutcomeKind::NotExpressible);
    }
};

LAB_TEST(OutcomeTest)
#include "tst_outcome.moc"
