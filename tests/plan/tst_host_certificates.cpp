#include "support/test_main.hpp"

#include "plan/host_certificates.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

struct Assigned {
    FrontDoorPlan plan;
    Door door;
    Findings findings;

    Names lines() const
    {
        Names result;
        for (const NamedCertificate& named : door.certificates) {
            result.push_back(named.host + ' ' + plan.certificates[named.certificate.index()].name);
        }
        return result;
    }

    std::string defaultName() const
    {
        return plan.certificates[door.defaultCertificate.index()].name;
    }
};

Assigned assign(const ClusterBuilder& builder, const PlanOptions& options)
{
    Assigned assigned;
    SelectedIngresses selected;
    for (const model::Ingress& ingress : builder.cluster.ingresses) {
        selected.ingresses.push_back(&ingress);
    }
    const auto hosts = mergeIngresses(selected, assigned.findings);
    HostCertificates(builder.cluster, options, assigned.plan, assigned.findings)
        .assign(selected, hosts, assigned.door);
    return assigned;
}

void addSecret(ClusterBuilder& builder,
               PlanOptions& options,
               const std::string& name,
               std::vector<std::string> dnsNames)
{
    builder.secret(name, {{"tls.crt", "certificate of " + name}, {"tls.key", "key"}});
    options.secretCertificates["default/" + name] = {std::move(dnsNames), "", true, 0};
}

} // namespace

/// Which certificate a host gets.
class HostCertificatesTest : public QObject {
    Q_OBJECT

private slots:
    void theListedSecretIsPresentedIfItCoversTheHost()
    {
        ClusterBuilder builder;
        PlanOptions options;
        addSecret(builder, options, "shop-tls", {"shop.lab", "*.shop.lab"});
        builder.ingress("a", {{"shop.lab", "/", "web"}, {"other.lab", "/", "web"}}).tls = {
            {{"Shop.lab", "other.lab"}, "shop-tls", {}}};
        const Assigned assigned = assign(builder, options);
        QCOMPARE(assigned.lines(), (Names{"shop.lab default/shop-tls", "other.lab default"}));
        QCOMPARE(test::idsOf(assigned.findings), (Names{"certificate-not-for-host"}));
        const auto& planned = assigned.plan.certificates[1];
        QCOMPARE(planned.pem->certificate, std::string("certificate of shop-tls"));
        QVERIFY(planned.mustBeRenewed());
    }

    void anUnlistedHostTakesTheFirstSecretThatCoversIt()
    {
        ClusterBuilder builder;
        PlanOptions options;
        addSecret(builder, options, "one", {"x.lab"});
        addSecret(builder, options, "two", {"*.shop.lab"});
        builder.ingress("a", {{"api.shop.lab", "/", "web"}}).tls = {{{}, "one", {}},
                                                                    {{}, "two", {}}};
        QCOMPARE(assign(builder, options).lines(), (Names{"api.shop.lab default/two"}));
    }

    void theOldestIngressWithTlsDecidesForGood()
    {
        ClusterBuilder builder;
        PlanOptions options;
        addSecret(builder, options, "good", {"shop.lab"});
        builder.ingress("plain", {{"shop.lab", "/a", "web"}});
        builder.ingress("first", {{"shop.lab", "/b", "web"}}).tls = {{{"shop.lab"}, "gone", {}}};
        builder.ingress("second", {{"shop.lab", "/c", "web"}}).tls = {{{"shop.lab"}, "good", {}}};
        const Assigned assigned = assign(builder, options);
        QCOMPARE(assigned.lines(), (Names{"shop.lab default"}));
        QCOMPARE(test::idsOf(assigned.findings), (Names{"secret-missing"}));
        QCOMPARE(assigned.plan.certificateCount(), std::size_t{0});
    }

    void withoutTlsThereIsOnlyTheDefault()
    {
        ClusterBuilder builder;
        builder.ingress("a", {{"shop.lab", "/", "web"}, {"", "/", "web"}});
        const Assigned assigned = assign(builder, {});
        QVERIFY(assigned.lines().empty());
        QCOMPARE(assigned.defaultName(), std::string("default"));
    }

    void theControllersDefaultCertificateIsUsedWhereNamed()
    {
        ClusterBuilder builder;
        PlanOptions options;
        addSecret(builder, options, "wild", {"*.lab"});
        options.controller.defaultCertificate = "default/wild";
        builder.ingress("a", {{"shop.lab", "/", "web"}}).tls = {{{"shop.lab"}, "", {}}};
        const Assigned assigned = assign(builder, options);
        QCOMPARE(assigned.defaultName(), std::string("default/wild"));
        QCOMPARE(assigned.lines(), (Names{"shop.lab default/wild"}));
    }

    void theLabIssuesOneForAllHostsWithoutASecret()
    {
        ClusterBuilder builder;
        PlanOptions options;
        options.issuesLabCertificates = true;
        addSecret(builder, options, "own", {"own.lab"});
        builder
            .ingress("a", {{"own.lab", "/", "web"}, {"b.lab", "/", "web"}, {"*.c.lab", "/", "web"}})
            .tls = {{{"own.lab"}, "own", {}}};
        const Assigned assigned = assign(builder, options);
        QCOMPARE(assigned.lines(),
                 (Names{"own.lab default/own", "b.lab lab:ingress", "*.c.lab lab:ingress"}));
        QCOMPARE(assigned.defaultName(), std::string("lab:ingress"));
        QCOMPARE(assigned.plan.certificateCount(), std::size_t{2});
        const auto& issued = assigned.plan.certificates[assigned.door.defaultCertificate.index()];
        QCOMPARE(issued.dnsNames,
                 (Names{"b.lab", "b.lab.localhost", "*.c.lab", "*.c.lab.localhost"}));
    }

    void aHundredHostsShareACertificate()
    {
        ClusterBuilder builder;
        PlanOptions options;
        options.issuesLabCertificates = true;
        std::vector<test::PathTo> paths;
        for (int i = 0; i < 201; ++i) {
            paths.push_back({"h" + std::to_string(i) + ".lab", "/", "web"});
        }
        builder.ingress("a", paths);
        const Assigned assigned = assign(builder, options);
        QCOMPARE(assigned.plan.certificateCount(), std::size_t{3});
        const Names lines = assigned.lines();
        QCOMPARE(lines.at(99), std::string("h99.lab lab:ingress"));
        QCOMPARE(lines.at(100), std::string("h100.lab lab:ingress-2"));
        QCOMPARE(lines.at(200), std::string("h200.lab lab:ingress-3"));
        QCOMPARE(assigned.defaultName(), std::string("lab:ingress"));
    }

    void aWildcardCoversOneLabel_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isCovered");
        QTest::newRow("itself") << "a.lab"
                                << "a.lab" << true;
        QTest::newRow("one label") << "*.lab"
                                   << "a.lab" << true;
        QTest::newRow("two labels") << "*.lab"
                                    << "b.a.lab" << false;
        QTest::newRow("no label") << "*.lab"
                                  << "lab" << false;
        QTest::newRow("literal") << "*.lab"
                                 << "*.lab" << true;
        QTest::newRow("other") << "a.lab"
                               << "b.lab" << false;
    }

    void aWildcardCoversOneLabel()
    {
        QFETCH(QString, name);
        QFETCH(QString, host);
        QFETCH(bool, isCovered);
        const std::string text = name.toStdString();
        QCOMPARE(covers({{text}, "", true, 0}, host.toStdString()), isCovered);
        QCOMPARE(covers({{}, text, true, 0}, host.toStdString()), isCovered);
    }
};

LAB_TEST(HostCertificatesTest)
#include "tst_host_certificates.moc"
