#include "support/test_main.hpp"

#include "plan/derive_twin.hpp"
#include "plan/derived_yaml.hpp"
#include "plan/select_ingresses.hpp"
#include "support/cluster_builder.hpp"

using namespace lab;
using test::ClusterBuilder;

/// What was derived can be printed and applied.
class DerivedYamlTest : public QObject {
    Q_OBJECT

private slots:
    void derivedObjectsArePrintedAndNothingElse()
    {
        ClusterBuilder builder;
        builder.service("web", 8000, std::string("http"));
        builder.loadBalancer("shop/api", 80, 8080);
        builder.ingress("front", {{"front.lab", "/", "web", 8000}});
        builder.ingressClass("nginx", plan::nginxController);
        const std::string yaml = plan::derivedYaml(plan::deriveTwin(builder.cluster, {}));
        QCOMPARE(yaml, std::string(R"(apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
spec:
  type: LoadBalancer
  selector:
    "app": "web"
  ports:
    - name: http
      port: 80
      targetPort: "http"
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  namespace: shop
spec:
  ingressClassName: "nginx"
  rules:
    - host: "api.shop.lab"
      http:
        paths:
          - path: "/"
            pathType: Prefix
            backend:
              service:
                name: api
                port:
                  number: 80
)"));
    }

    void nothingDerivedIsNothingPrinted()
    {
        ClusterBuilder builder;
        builder.loadBalancer("web", 80, 80);
        QVERIFY(plan::derivedYaml(builder.cluster).empty());
    }
};

LAB_TEST(DerivedYamlTest)
#include "tst_derived_yaml.moc"
