#include "support/test_main.hpp"

#include "plan/ingress_servers.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;
using Names = std::vector<std::string>;

namespace {

/// "host path service" of everything served, with "=" before Exact paths.
Names served(ClusterBuilder& builder, Profile profile, Findings& findings)
{
    SelectedIngresses selected;
    selected.profile = profile;
    for (const model::Ingress& ingress : builder.cluster.ingresses) {
        selected.ingresses.push_back(&ingress);
    }
    Names lines;
    for (const ServedHost& host : mergeIngresses(selected, findings)) {
        for (const ServedPath& path : host.paths) {
            lines.push_back((host.host.empty() ? "*" : host.host) + ' ' +
                            (path.kind == routing::PathKind::Exact ? "=" : "") + path.path + ' ' +
                            (path.backend == nullptr ? "404" : path.backend->service));
        }
    }
    return lines;
}

} // namespace

/// Many Ingresses, one set of hosts.
class IngressServersTest : public QObject {
    Q_OBJECT

private slots:
    void ingressesShareHostsAndTheOlderWins()
    {
        ClusterBuilder builder;
        builder.ingress("old", {{"a.lab", "/", "one"}, {"a.lab", "/x", "one"}});
        builder.ingress("new",
                        {{"a.lab", "/x", "two"},
                         {"a.lab", "/x", "two", 80, model::PathType::Exact},
                         {"b.lab", "", "two", 80, model::PathType::ImplementationSpecific}});
        Findings findings;
        QCOMPARE(served(builder, Profile::Spec, findings),
                 (Names{"a.lab / one", "a.lab /x one", "a.lab =/x two", "b.lab / two"}));
        QCOMPARE(test::idsOf(findings), (Names{"path-taken"}));
    }

    void aDefaultBackendTakesWhatNoRuleTakes_data()
    {
        QTest::addColumn<int>("profile");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("spec")
            << static_cast<int>(Profile::Spec)
            << QStringList{"a.lab /x one", "a.lab / own", "b.lab /x two", "b.lab / own", "* / own"};
        QTest::newRow("nginx") << static_cast<int>(Profile::IngressNginx)
                               << QStringList{"a.lab /x one",
                                              "a.lab / own",
                                              "b.lab /x two",
                                              "b.lab / 404",
                                              "* / rest"};
    }

    void aDefaultBackendTakesWhatNoRuleTakes()
    {
        ClusterBuilder builder;
        builder.ingress("ruled", {{"a.lab", "/x", "one"}}).defaultBackend =
            model::IngressBackend{"own", 80, {}};
        builder.ingress("plain", {{"b.lab", "/x", "two"}});
        builder.ingress("rest", {}).defaultBackend = model::IngressBackend{"rest", 80, {}};
        QFETCH(int, profile);
        QFETCH(QStringList, expected);
        Findings findings;
        QStringList lines;
        for (const std::string& line : served(builder, static_cast<Profile>(profile), findings)) {
            lines.append(QString::fromStdString(line));
        }
        QCOMPARE(lines, expected);
        QVERIFY(findings.empty());
    }

    void aPathWithoutSlashIsReported()
    {
        ClusterBuilder builder;
        builder.ingress("a", {{"a.lab", "x", "one", 80, model::PathType::ImplementationSpecific}});
        Findings findings;
        QVERIFY(served(builder, Profile::Spec, findings).empty());
        QCOMPARE(test::idsOf(findings), (Names{"path-without-slash"}));
    }
};

LAB_TEST(IngressServersTest)
#include "tst_ingress_servers.moc"
