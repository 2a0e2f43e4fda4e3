#include "support/test_main.hpp"

#include "cost/made_balancer.hpp"
#include "cost/products.hpp"

using namespace lab;

namespace {

using Annotations = std::vector<std::pair<std::string, std::string>>;

model::Service service(const Annotations& annotations, const std::string& balancerClass = {})
{
    model::Service made;
    made.meta.nameSpace = "shop";
    made.meta.name = "cart";
    made.type = model::ServiceType::LoadBalancer;
    made.loadBalancerClass = balancerClass;
    made.ports.resize(2);
    for (const auto& [key, value] : annotations) {
        made.meta.annotations.push_back({key, value, {}});
    }
    return made;
}

model::Ingress ingress(const Annotations& annotations, const std::string& className)
{
    model::Ingress made;
    made.meta.name = "web";
    made.className = className;
    for (const auto& [key, value] : annotations) {
        made.meta.annotations.push_back({key, value, {}});
    }
    return made;
}

const std::string aws = "service.beta.kubernetes.io/aws-load-balancer-";

} // namespace

Q_DECLARE_METATYPE(Annotations)

/// Provider, class and annotations say what a Service of type LoadBalancer becomes.
class MadeBalancerTest : public QObject {
    Q_OBJECT

private slots:
    void awsMakesWhatIsAsked_data()
    {
        QTest::addColumn<Annotations>("annotations");
        QTest::addColumn<QString>("balancerClass");
        QTest::addColumn<QString>("product");
        QTest::addColumn<bool>("isFacing");
        QTest::addColumn<bool>("isDefaultScheme");
        QTest::newRow("nothing said") << Annotations{} << ""
                                      << "aws.nlb" << false << true;
        QTest::newRow("class") << Annotations{} << "service.k8s.aws/nlb"
                               << "aws.nlb" << false << true;
        QTest::newRow("external, facing")
            << Annotations{{aws + "type", "external"}, {aws + "scheme", "internet-facing"}} << ""
            << "aws.nlb" << true << false;
        QTest::newRow("external, internal")
            << Annotations{{aws + "type", "external"}, {aws + "scheme", "internal"}} << ""
            << "aws.nlb" << false << false;
        QTest::newRow("in-tree NLB") << Annotations{{aws + "type", "nlb"}} << ""
                                     << "aws.nlb" << true << false;
        QTest::newRow("in-tree classic") << Annotations{{aws + "ssl-cert", "arn:x"}} << ""
                                         << "aws.clb" << true << false;
        QTest::newRow("in-tree classic, internal") << Annotations{{aws + "internal", "true"}} << ""
                                                   << "aws.clb" << false << false;
        QTest::newRow("class and annotation")
            << Annotations{{aws + "ssl-cert", "arn:x"}, {aws + "scheme", "internet-facing"}}
            << "service.k8s.aws/nlb"
            << "aws.nlb" << true << false;
    }
    void awsMakesWhatIsAsked()
    {
        QFETCH(Annotations, annotations);
        QFETCH(QString, balancerClass);
        QFETCH(QString, product);
        QFETCH(bool, isFacing);
        QFETCH(bool, isDefaultScheme);
        const auto made = cost::madeFor(service(annotations, balancerClass.toStdString()), "aws");
        QCOMPARE(QString::fromStdString(made.product), product);
        QCOMPARE(made.isInternetFacing, isFacing);
        QCOMPARE(made.isDefaultScheme, isDefaultScheme);
        QVERIFY(!made.why.empty());
    }

    void otherProvidersMakeTheirOneProduct()
    {
        for (const char* provider : {"gcp",
                                     "azure",
                                     "digitalocean",
                                     "akamai-linode",
                                     "hetzner",
                                     "ovhcloud",
                                     "oracle",
                                     "scaleway",
                                     "on-premises"}) {
            const auto made = cost::madeFor(service({}), provider);
            QCOMPARE(made.product, std::string(cost::productsOf(provider)->layer4));
            QVERIFY(made.isInternetFacing);
        }
        QVERIFY(cost::madeFor(service({}), "moon").product.empty());
        QVERIFY(
            !cost::madeFor(service({{"networking.gke.io/load-balancer-type", "Internal"}}), "gcp")
                 .isInternetFacing);
        QVERIFY(!cost::madeFor(
                     service({{"service.beta.kubernetes.io/azure-load-balancer-internal", "true"}}),
                     "azure")
                     .isInternetFacing);
    }

    void theProviderIsInferredFromWhatIsWritten()
    {
        model::Cluster cluster;
        QVERIFY(cost::inferProvider(cluster).provider.empty());
        cluster.services.push_back(service({{"metallb.io/address-pool", "a"}}));
        QCOMPARE(cost::inferProvider(cluster).provider, "on-premises");
        cluster.services.push_back(service({{"load-balancer.hetzner.cloud/location", "nbg1"}}));
        QCOMPARE(cost::inferProvider(cluster).provider, "on-premises"); // the first of equal ones
        cluster.services.push_back(service({{"load-balancer.hetzner.cloud/type", "lb11"},
                                            {"load-balancer.hetzner.cloud/location", "nbg1"}}));
        const auto inferred = cost::inferProvider(cluster);
        QCOMPARE(inferred.provider, "hetzner");
        QCOMPARE(inferred.sign, "load-balancer.hetzner.cloud/location");
        QCOMPARE(inferred.service, "shop/cart");
    }

    void aServiceThatIsNoLoadBalancerSaysNothing()
    {
        model::Cluster cluster;
        cluster.services.push_back(service({{"metallb.io/address-pool", "a"}}));
        cluster.services.back().type = model::ServiceType::ClusterIP;
        QVERIFY(cost::inferProvider(cluster).provider.empty());
        cluster.services.push_back(service({}, "service.k8s.aws/nlb"));
        QCOMPARE(cost::inferProvider(cluster).provider, "aws");
    }

    void nodePortsAreTakenByThePort()
    {
        model::Service one = service({});
        QCOMPARE(cost::nodePortsTaken(one), 2U);
        one.externalTrafficPolicy = model::TrafficPolicy::Local;
        QCOMPARE(cost::nodePortsTaken(one), 3U);
        one.externalTrafficPolicy = model::TrafficPolicy::Cluster;
        one.allocatesNodePorts = false;
        QCOMPARE(cost::nodePortsTaken(one), 0U);
        one.ports[0].nodePort = 30'080; // Switched off later: it is not given back.
        QCOMPARE(cost::nodePortsTaken(one), 1U);
        one.type = model::ServiceType::NodePort;
        QCOMPARE(cost::nodePortsTaken(one), 2U);
        one.type = model::ServiceType::ClusterIP;
        QCOMPARE(cost::nodePortsTaken(one), 0U);
    }

    void ingressesOfAGroupShareOneBalancer()
    {
        const std::string group = "alb.ingress.kubernetes.io/group.name";
        model::Cluster cluster;
        QCOMPARE(cost::applicationBalancersMade(cluster), 0U);
        cluster.ingresses.push_back(ingress({{group, "shop"}}, "alb"));
        cluster.ingresses.push_back(ingress({{group, "shop"}}, "alb"));
        cluster.ingresses.push_back(ingress({{group, "pay"}}, "alb"));
        cluster.ingresses.push_back(ingress({}, "alb"));
        cluster.ingresses.push_back(ingress({}, "nginx"));
        QCOMPARE(cost::applicationBalancersMade(cluster), 3U);
    }
};

LAB_TEST(MadeBalancerTest)
#include "tst_made_balancer.moc"
