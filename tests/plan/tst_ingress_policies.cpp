#include "support/test_main.hpp"

#include "plan/ingress_policies.hpp"
#include "support/nginx_annotations.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

IngressPolicies policiesOf(const ClusterBuilder& builder, Profile profile, Findings& findings)
{
    SelectedIngresses selected;
    selected.profile = profile;
    for (const model::Ingress& ingress : builder.cluster.ingresses) {
        selected.ingresses.push_back(&ingress);
    }
    return {selected, builder.cluster, {}, findings};
}

ClusterBuilder three()
{
    ClusterBuilder builder;
    builder.ingress("main", {{"a.lab", "/", "web"}});
    test::annotateNginx(builder.ingress("canary", {{"a.lab", "/", "web"}}).meta, "canary", "true");
    test::annotateNginx(builder.ingress("refused", {{"a.lab", "/", "web"}}).meta, "limit-rps", "x");
    model::Ingress& pattern = builder.ingress(
        "pattern", {{"b.lab", "/a(?!b)", "web", 80, model::PathType::ImplementationSpecific}});
    test::annotateNginx(pattern.meta, "use-regex", "true");
    return builder;
}

} // namespace

/// Which Ingresses are configured, and how.
class IngressPoliciesTest : public QObject {
    Q_OBJECT

private slots:
    void refusedOnesAreLeftOutAndCanariesStandApart()
    {
        const ClusterBuilder builder = three();
        Findings findings;
        const auto policies = policiesOf(builder, Profile::IngressNginx, findings);
        QCOMPARE(policies.mains().ingresses.size(), std::size_t{1});
        QCOMPARE(policies.canaries().size(), std::size_t{1});
        QCOMPARE(test::idsOf(findings),
                 (std::vector<std::string>{"annotation-refused", "pattern-unusable"}));
    }

    void inProfileSpecAnnotationsDoNotExist()
    {
        const ClusterBuilder builder = three();
        Findings findings;
        const auto policies = policiesOf(builder, Profile::Spec, findings);
        QCOMPARE(policies.mains().ingresses.size(), std::size_t{4});
        QVERIFY(findings.empty());
    }

    void aPathIsAPatternByRegexOrByAnotherTarget()
    {
        IngressPolicy policy;
        QVERIFY(!isPatternPath(policy, "/x"));
        policy.rewriteTarget = "/x";
        QVERIFY(!isPatternPath(policy, "/x"));
        QVERIFY(isPatternPath(policy, "/y"));
        policy = {};
        policy.usesRegex = true;
        QVERIFY(isPatternPath(policy, "/x"));
    }
};

LAB_TEST(IngressPoliciesTest)
#include "tst_ingress_policies.moc"
