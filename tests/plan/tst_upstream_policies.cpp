#include "support/test_main.hpp"

#include "plan/plan_front_doors.hpp"
#include "support/nginx_annotations.hpp"

#include <algorithm>
#include <stdexcept>

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

namespace {

ClusterBuilder withServices()
{
    ClusterBuilder builder;
    for (const char* name : {"web", "next"}) {
        builder.deployment(name, 2, 80);
        builder.service(name, 80, 80);
    }
    return builder;
}

model::Ingress& aged(ClusterBuilder& builder, const char* name, std::int64_t age)
{
    model::Ingress& ingress = builder.ingress(name, {{std::string(name) + ".lab", "/", "web"}});
    ingress.meta.createdSeconds = age;
    return ingress;
}

const Upstream& upstreamOf(const PlannedStyles& styles, const std::string& service)
{
    for (const Upstream& upstream : styles.ingress.upstreams) {
        if (upstream.service == service) {
            return upstream;
        }
    }
    throw std::logic_error("no upstream " + service);
}

} // namespace

/// Properties of an upstream that several Ingresses share.
class UpstreamPoliciesTest : public QObject {
    Q_OBJECT

private slots:
    void balancingComesFromTheFirstAndTheCookieFromTheLast()
    {
        ClusterBuilder builder = withServices();
        test::annotateNginx(aged(builder, "first", 1).meta, "load-balance", "ewma");
        model::Ingress& second = aged(builder, "second", 2);
        test::annotateNginx(second.meta, "upstream-hash-by", "$host");
        test::annotateNginx(second.meta, "affinity", "cookie");
        test::annotateNginx(second.meta, "affinity-mode", "persistent");
        model::Ingress& third = aged(builder, "third", 3);
        test::annotateNginx(third.meta, "affinity", "cookie");
        test::annotateNginx(third.meta, "session-cookie-name", "last");
        const PlannedStyles styles = planFrontDoors(builder.cluster, {});
        const Upstream& web = upstreamOf(styles, "web");
        QCOMPARE(web.policy, balancing::Policy::Ewma);
        QVERIFY(web.hashBy.empty());
        QCOMPARE(web.affinity->cookie, std::string("last"));
        QVERIFY(web.affinity->isPersistent);
    }

    void aCanaryAttachesToTheUpstreamOfTheSamePath()
    {
        ClusterBuilder builder = withServices();
        aged(builder, "main", 1);
        model::Ingress& canary = builder.ingress("canary", {{"main.lab", "/", "next"}});
        test::annotateNginx(canary.meta, "canary", "true");
        test::annotateNginx(canary.meta, "canary-weight", "30");
        const PlannedStyles styles = planFrontDoors(builder.cluster, {});
        const Upstream& web = upstreamOf(styles, "web");
        QVERIFY(web.canary != nullptr);
        QCOMPARE(styles.ingress.upstream(web.canary->upstream).service, std::string("next"));
        QCOMPARE(web.canary->weight, 30);
        QCOMPARE(styles.ingress.doors.at(1).routes.size(), std::size_t{1}); // it makes no route
    }

    void aCanaryWithoutAMainPathIsReported()
    {
        ClusterBuilder builder = withServices();
        aged(builder, "main", 1);
        model::Ingress& canary = builder.ingress("canary", {{"main.lab", "/x", "next"}});
        test::annotateNginx(canary.meta, "canary", "true");
        const PlannedStyles styles = planFrontDoors(builder.cluster, {});
        const auto ids = test::idsOf(styles.findings);
        QVERIFY(std::find(ids.begin(), ids.end(), "canary-without-main") != ids.end());
        QVERIFY(!upstreamOf(styles, "web").canary);
    }

    void aServiceAddressIsChosenFromByKubeProxy()
    {
        ClusterBuilder builder = withServices();
        test::annotateNginx(aged(builder, "main", 1).meta, "service-upstream", "true");
        PlanOptions options;
        const Upstream kept = upstreamOf(planFrontDoors(builder.cluster, options), "web");
        QCOMPARE(kept.policy, balancing::Policy::KeptConnection);
        QVERIFY(kept.isServiceAddress);
        options.controller.configMap["upstream-keepalive-connections"] = "0";
        QCOMPARE(upstreamOf(planFrontDoors(builder.cluster, options), "web").policy,
                 balancing::Policy::Random);
        builder.cluster.services[0].isHeadless = true;
        QCOMPARE(upstreamOf(planFrontDoors(builder.cluster, {}), "web").policy,
                 balancing::Policy::RoundRobin);
    }
};

LAB_TEST(UpstreamPoliciesTest)
#include "tst_upstream_policies.moc"
