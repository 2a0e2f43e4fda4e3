#include "support/test_main.hpp"

#include "plan/unhonoured_annotations.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using test::ClusterBuilder;

/// Nothing that asks for behaviour is passed over in silence.
class UnhonouredAnnotationsTest : public QObject {
    Q_OBJECT

private slots:
    void aMisspeltNameGetsASuggestion()
    {
        ClusterBuilder builder;
        auto& meta = builder.ingress("a", {}).meta;
        test::annotate(meta, "nginx.ingress.kubernetes.io/rewrite-targett", "/");
        plan::SelectedIngresses selected;
        selected.profile = plan::Profile::IngressNginx;
        selected.ingresses = {&builder.cluster.ingresses[0]};
        Findings findings;
        plan::reportUnhonoured(selected, builder.cluster, findings);
        QCOMPARE(findings.size(), std::size_t{1});
        QCOMPARE(findings[0].remedy, std::string("did you mean \"rewrite-target\"?"));
    }

    void eachKeyIsReportedOnceWithItsFirstPlace()
    {
        ClusterBuilder builder;
        plan::SelectedIngresses selected;
        for (const char* name : {"a", "b"}) {
            auto& meta = builder.ingress(name, {}).meta;
            test::annotate(meta, "nginx.ingress.kubernetes.io/mirror-target", "https://x");
            test::annotate(meta, "kubectl.kubernetes.io/last-applied-configuration", "{}");
        }
        auto& service = builder.loadBalancer("web", 80, 80);
        test::annotate(service.meta, "service.beta.kubernetes.io/aws-load-balancer-type", "nlb");
        test::annotate(service.meta, "service.beta.kubernetes.io/azure-pip-name", "x");
        for (const auto& ingress : builder.cluster.ingresses) {
            selected.ingresses.push_back(&ingress);
        }
        Findings findings;
        plan::reportUnhonoured(selected, builder.cluster, findings);
        QCOMPARE(findings.size(), std::size_t{2});
        QVERIFY(findings[0].message.find("mirror-target") != std::string::npos);
        QVERIFY(findings[0].message.find("(2 objects)") != std::string::npos);
        QCOMPARE(findings[0].place.line, 1U);
        QVERIFY(findings[1].message.find("azure-pip-name") != std::string::npos);
    }
};

LAB_TEST(UnhonouredAnnotationsTest)
#include "tst_unhonoured_annotations.moc"
