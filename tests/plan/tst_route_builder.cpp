#include "support/test_main.hpp"

#include "plan/plan_front_doors.hpp"
#include "support/nginx_annotations.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

PlannedStyles planned(const ClusterBuilder& builder)
{
    return planFrontDoors(builder.cluster, {});
}

/// The table's rules as "host kind path", in order.
QStringList rulesOf(const PlannedStyles& styles)
{
    QStringList lines;
    for (const routing::RouteRule& rule : styles.ingress.doors.at(1).table.rules()) {
        const char* kind = rule.kind == routing::PathKind::Exact    ? "="
                           : rule.kind == routing::PathKind::Prefix ? ""
                                                                    : "~";
        lines.append(QString::fromStdString(rule.host + ' ' + kind + rule.path));
    }
    return lines;
}

ClusterBuilder withServices()
{
    ClusterBuilder builder;
    builder.deployment("web", 1, 80);
    builder.service("web", 80, 80);
    return builder;
}

} // namespace

/// Locations as ingress-nginx writes them.
class RouteBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void everyHostHasAnImplicitRoot()
    {
        ClusterBuilder builder = withServices();
        builder.ingress("a", {{"a.lab", "/x", "web"}});
        const PlannedStyles styles = planned(builder);
        QCOMPARE(rulesOf(styles), (QStringList{"a.lab /x", "a.lab /"}));
        const Route& root = styles.ingress.doors[1].routes[1];
        QVERIFY(root.isImplicitRoot && !root.upstream.isValid());
    }

    void onePatternTurnsTheWholeHostAndTheLongestTextComesFirst()
    {
        ClusterBuilder builder = withServices();
        model::Ingress& regex = builder.ingress(
            "re", {{"a.lab", "/f/[a-z]+", "web", 80, model::PathType::ImplementationSpecific}});
        test::annotateNginx(regex.meta, "use-regex", "true");
        builder.ingress("plain",
                        {{"a.lab", "/ba", "web"},
                         {"a.lab", "/only", "web", 80, model::PathType::Exact},
                         {"b.lab", "/ba", "web"}});
        QStringList rules = rulesOf(planned(builder));
        rules.sort(); // hosts come in the order of the Ingresses, which have no age here
        QVERIFY(rules.contains("a.lab ~/ba/") && rules.contains("a.lab ~/ba"));
        QVERIFY(rules.contains("a.lab ~/only") && !rules.contains("a.lab ~/only/"));
        QVERIFY(rules.contains("b.lab /ba"));
        const QStringList ordered = rulesOf(planned(builder)).filter("a.lab");
        QCOMPARE(ordered.first(), QString("a.lab ~/f/[a-z]+"));
        QCOMPARE(ordered.last(), QString("a.lab ~/"));
    }

    void aliasesAndWwwNamesAreFurtherHosts()
    {
        ClusterBuilder builder = withServices();
        model::Ingress& ingress = builder.ingress("a", {{"a.lab", "/", "web"}});
        test::annotateNginx(ingress.meta, "server-alias", "b.lab,c.lab");
        test::annotateNginx(ingress.meta, "from-to-www-redirect", "true");
        builder.ingress("c", {{"c.lab", "/", "web"}});
        const QStringList rules = rulesOf(planned(builder));
        QVERIFY(rules.contains("b.lab /"));
        QVERIFY(rules.contains("www.a.lab /"));
        QCOMPARE(rules.filter("c.lab").size(), 1); // a host of its own is no alias
    }

    void tlsHostsRedirectButNotTheAcmeChallenge()
    {
        ClusterBuilder builder = withServices();
        builder
            .ingress("a",
                     {{"a.lab", "/", "web"},
                      {"a.lab", "/.well-known/acme-challenge/x", "web"},
                      {"plain.lab", "/", "web"}})
            .tls = {{{"a.lab"}, "", {}}};
        const PlannedStyles styles = planned(builder);
        for (const Route& route : styles.ingress.doors.at(1).routes) {
            // plain.lab stands in the rules of an Ingress with tls: it gets the default certificate
            QCOMPARE(route.policy->redirectsToHttps, route.path == "/");
        }
    }

    void zonesBelongToTheIngress()
    {
        ClusterBuilder builder = withServices();
        model::Ingress& limited =
            builder.ingress("a", {{"a.lab", "/", "web"}, {"a.lab", "/x", "web"}});
        test::annotateNginx(limited.meta, "limit-rpm", "60");
        test::annotateNginx(limited.meta, "limit-connections", "2");
        builder.ingress("b", {{"b.lab", "/", "web"}});
        const Door& door = planned(builder).ingress.doors.at(1);
        QCOMPARE(door.rateZones.size(), std::size_t{1});
        QCOMPARE(door.rateZones[0].bucket.ratePerSecond, 1.0);
        QCOMPARE(door.rateZones[0].bucket.burst, 301.0); // one, and five times the limit
        QCOMPARE(door.connectionZones[0].perClientMax, 2);
    }

    void theDefaultBackendMustExistAndHaveEndpoints()
    {
        ClusterBuilder builder = withServices();
        builder.service("lonely", 80, 80);
        const std::vector<std::pair<std::string, bool>> cases{
            {"web", true}, {"lonely", false}, {"gone", false}};
        for (const auto& [name, isThere] : cases) {
            ClusterBuilder copy = builder;
            test::annotateNginx(
                copy.ingress("a", {{"a.lab", "/", "web"}}).meta, "default-backend", name);
            const PlannedStyles styles = planned(copy);
            const Route& route = styles.ingress.doors.at(1).routes.at(0);
            QCOMPARE(route.policy->defaultBackend.isValid(), isThere);
        }
    }
};

LAB_TEST(RouteBuilderTest)
#include "tst_route_builder.moc"
