#include "support/test_main.hpp"

#include "plan/service_findings.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;

/// A Service that can never answer is told so, even if nothing uses it.
class ServiceFindingsTest : public QObject {
    Q_OBJECT

private slots:
    void aNamedTargetPortThatNoPodHasIsReported()
    {
        test::ClusterBuilder builder;
        builder.deployment("web", 1, 8080);
        builder.service("web", 80, 8080);
        Findings findings;
        plan::reportUnusablePorts(plan::ClusterIndex(builder.cluster), findings);
        QVERIFY(findings.empty());
        builder.cluster.services[0].ports[0].targetPort = std::string("nobody-has-this");
        plan::reportUnusablePorts(plan::ClusterIndex(builder.cluster), findings);
        QCOMPARE(findings.size(), std::size_t{1});
        QCOMPARE(findings[0].id, std::string("target-port-missing"));
        builder.cluster.services[0].selector.clear();
        findings.clear();
        plan::reportUnusablePorts(plan::ClusterIndex(builder.cluster), findings);
        QVERIFY(findings.empty());
    }
};

LAB_TEST(ServiceFindingsTest)
#include "tst_service_findings.moc"
