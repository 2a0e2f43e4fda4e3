#include "support/test_main.hpp"

#include "plan/select_ingresses.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

Names namesOf(const SelectedIngresses& selected)
{
    Names names;
    for (const model::Ingress* ingress : selected.ingresses) {
        names.push_back(ingress->meta.fullName());
    }
    return names;
}

constexpr const char* classAnnotation = "kubernetes.io/ingress.class";

} // namespace

/// Whose Ingresses are ours, and in which order they count.
class SelectIngressesTest : public QObject {
    Q_OBJECT

private slots:
    void withoutAnyClassObjectClassesAreAssumedAndSaid()
    {
        ClusterBuilder builder;
        builder.ingress("a", {});
        builder.ingress("b", {});
        builder.ingress("c", {}).className = "internal";
        Findings findings;
        const auto selected = selectIngresses(builder.cluster, {}, false, findings);
        QCOMPARE(selected.ingresses.size(), std::size_t{3});
        QCOMPARE(selected.profile, Profile::IngressNginx);
        QCOMPARE(test::idsOf(findings), (Names{"class-assumed", "class-assumed"}));
        PlanOptions strict;
        strict.assumesClasses = false;
        findings.clear();
        QVERIFY(selectIngresses(builder.cluster, strict, false, findings).ingresses.empty());
        QCOMPARE(test::idsOf(findings), (Names{"class-missing", "class-missing", "class-missing"}));
    }

    void aClassIsOursByItsController_data()
    {
        QTest::addColumn<QString>("controller");
        QTest::addColumn<bool>("isOurs");
        QTest::addColumn<int>("profile");
        QTest::newRow("nginx") << nginxController << true
                               << static_cast<int>(Profile::IngressNginx);
        QTest::newRow("lab") << labController << true << static_cast<int>(Profile::Spec);
        QTest::newRow("other") << "traefik.io/ingress-controller" << false
                               << static_cast<int>(Profile::Spec);
    }

    void aClassIsOursByItsController()
    {
        QFETCH(QString, controller);
        QFETCH(bool, isOurs);
        QFETCH(int, profile);
        ClusterBuilder builder;
        builder.ingressClass("edge", controller.toStdString());
        builder.ingress("a", {}).className = "edge";
        Findings findings;
        const auto selected = selectIngresses(builder.cluster, {}, false, findings);
        QCOMPARE(!selected.ingresses.empty(), isOurs);
        QCOMPARE(static_cast<int>(selected.profile), profile);
        QCOMPARE(findings.empty(), isOurs); // never left out in silence
    }

    void aMisspeltClassGetsASuggestion()
    {
        ClusterBuilder builder;
        builder.ingressClass("nginx", nginxController);
        builder.ingress("a", {}).className = "ngnix";
        Findings findings;
        QVERIFY(selectIngresses(builder.cluster, {}, false, findings).ingresses.empty());
        QCOMPARE(findings[0].remedy, std::string("did you mean \"nginx\"?"));
    }

    void theAnnotationNamesNginxWithoutAnObject()
    {
        ClusterBuilder builder;
        builder.ingressClass("edge", labController);
        for (const char* value : {"nginx", "edge", "other"}) {
            auto& ingress = builder.ingress(value, {});
            ingress.className.reset();
            test::annotate(ingress.meta, classAnnotation, value);
        }
        Findings findings;
        const auto selected = selectIngresses(builder.cluster, {}, false, findings);
        QCOMPARE(selected.ingresses.size(), std::size_t{2});
        QCOMPARE(test::idsOf(findings), (Names{"foreign-class"}));
    }

    void withoutAClassTheDefaultClassTakesIt()
    {
        ClusterBuilder builder;
        builder.ingress("a", {}).className.reset();
        Findings findings;
        QVERIFY(selectIngresses(builder.cluster, {}, false, findings).ingresses.empty());
        QCOMPARE(test::idsOf(findings), (Names{"ingress-without-class"}));
        PlanOptions watching;
        watching.controller.watchesWithoutClass = true;
        QCOMPARE(selectIngresses(builder.cluster, watching, false, findings).ingresses.size(),
                 std::size_t{1});
        builder.ingressClass("edge", labController);
        builder.cluster.ingressClasses[0].isDefault = true;
        QCOMPARE(selectIngresses(builder.cluster, {}, false, findings).ingresses.size(),
                 std::size_t{1});
    }

    void theOldestComesFirstAndTiesGoByProfile()
    {
        ClusterBuilder builder;
        builder.ingress("young", {}).meta.createdSeconds = 300;
        builder.ingress("b/same", {}).meta.createdSeconds = 200;
        builder.ingress("c/same", {}).meta.createdSeconds = 200;
        builder.ingress("undated", {});
        builder.ingress("old", {}).meta.createdSeconds = 100;
        Findings findings;
        PlanOptions options;
        options.profile = Profile::IngressNginx;
        QCOMPARE(namesOf(selectIngresses(builder.cluster, options, false, findings)),
                 (Names{"default/old", "c/same", "b/same", "default/young", "default/undated"}));
        options.profile = Profile::Spec;
        QCOMPARE(namesOf(selectIngresses(builder.cluster, options, false, findings)),
                 (Names{"default/old", "b/same", "c/same", "default/young", "default/undated"}));
    }
};

LAB_TEST(SelectIngressesTest)
#include "tst_select_ingresses.moc"
