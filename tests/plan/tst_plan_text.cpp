#include "support/test_main.hpp"

#include "manifest/manifest_reader.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/plan_text.hpp"
#include "support/cluster_builder.hpp"
#include "support/golden.hpp"

using namespace lab;
using namespace lab::plan;
using test::ClusterBuilder;

/// A plan in words.
class PlanTextTest : public QObject {
    Q_OBJECT

private slots:
    void everyFactIsALine()
    {
        ClusterBuilder builder;
        builder.deployment("web", 1, 8080);
        builder.service("web", 80, 8080);
        builder.ingress("shop",
                        {{"shop.lab", "/", "web"},
                         {"shop.lab", "/x", "web", 80, model::PathType::Exact},
                         {"", "/", "gone"}});
        PlanOptions options;
        options.overallLimit = OverallLimit{100, 20, false};
        QCOMPARE(renderPlan(planFrontDoors(builder.cluster, options).ingress),
                 std::string(R"(ingress style, profile ingress-nginx
load balancers 1, controllers 1, certificates to renew 0
door ingress: tcp load balancer
  hosts: shop.lab
  ports: 80, 443 tls
  behind it: ingress-nginx-controller-0
door ingress-nginx-controller-0: http controller
  hosts: shop.lab
  ports: 80, 443 tls
  limit: 100/s, burst 20
  route shop.lab / -> default/web:80 by default/shop
  route shop.lab /x exact -> default/web:80 by default/shop
  route (any host) / -> default/gone:80 by default/shop
  default certificate: default
upstream default/web:80: round robin, default/web-0:8080
upstream default/gone:80: round robin; broken: no Service "gone" in namespace default
certificate default self-signed
)"));
    }

    void noKeyIsEverWritten()
    {
        FrontDoorPlan plan;
        PlannedCertificate planned;
        planned.name = "a";
        planned.pem = std::make_shared<const PemPair>(PemPair{"PEM", "SECRET"});
        plan.certificates.push_back(planned);
        const std::string text = renderPlan(plan);
        QVERIFY(text.find("SECRET") == std::string::npos);
        QVERIFY(text.find("PEM") == std::string::npos);
    }

    /// LAB_UPDATE_GOLDEN=1 writes them anew: read the difference.
    void manifestsBecomeThesePlans_data()
    {
        QTest::addColumn<QString>("manifest");
        QTest::addColumn<bool>("derivesTwin");
        for (const char* name : {"small", "small-ingress", "shop-ingress", "shop-loadbalancers"}) {
            QTest::addRow("%s", name) << name << false;
            QTest::addRow("%s with its twin", name) << name << true;
        }
    }

    void manifestsBecomeThesePlans()
    {
        QFETCH(QString, manifest);
        QFETCH(bool, derivesTwin);
        QFile file(QDir(LAB_SOURCE_DIR).filePath("tests/manifests/" + manifest + ".yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto read = manifest::readManifests(
            {{file.fileName().toStdString(), file.readAll().toStdString()}});
        plan::PlanOptions options;
        options.derivesTwin = derivesTwin;
        options.issuesLabCertificates = derivesTwin;
        if (derivesTwin) {
            options.perServiceMode = plan::DoorMode::Http;
            options.overallLimit = plan::OverallLimit{100, 20, false};
        }
        const plan::PlannedStyles styles = planFrontDoors(read.cluster, options);
        test::compareWithGolden(renderPlan(styles.perService) + '\n' + renderPlan(styles.ingress),
                                "plans/" + manifest + (derivesTwin ? "-twin.txt" : ".txt"));
    }
};

LAB_TEST(PlanTextTest)
#include "tst_plan_text.moc"
