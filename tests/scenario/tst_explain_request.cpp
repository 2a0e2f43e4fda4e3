#include "support/test_main.hpp"

#include "scenario/explain_request.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using explain::OutcomeKind;

namespace {

const std::string ingressManifest = std::string(test::webManifest) + R"(---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.test
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
)";

} // namespace

/// From manifests to an answer.
class ExplainRequestTest : public QObject {
    Q_OBJECT

private slots:
    void theIngressAnswersIfThereIsOne()
    {
        test::FileFixture files;
        files.file("k8s/web.yaml", ingressManifest);
        scenario::ExplainOptions options;
        options.request.url = "http://shop.test/x";
        options.inputs = {files.path("k8s")};
        const auto said = scenario::explainRequest(options);
        QCOMPARE(said->explanation.style, plan::Style::Ingress);
        QCOMPARE(said->explanation.outcome.service, "default/web");
        QCOMPARE(files.shown(toText(said->explanation.outcome.rule)), "k8s/web.yaml:31:13");

        const std::string text = scenario::explainedAsText(*said, false);
        QVERIFY(text.starts_with("GET http://shop.test/x → default/web:80"));
        QVERIFY(scenario::explainedAsJson(*said).find("\"schemaVersion\": 1") != std::string::npos);

        options.style = plan::Style::PerService;
        QCOMPARE(scenario::explainRequest(options)->explanation.style, plan::Style::PerService);
        options.style.reset();
        options.profile = plan::Profile::Spec;
        QCOMPARE(scenario::explainRequest(options)->explanation.profile, plan::Profile::Spec);
    }

    void withoutAnIngressTheServicesAnswer()
    {
        test::FileFixture files;
        files.file("web.yaml", test::webManifest);
        scenario::ExplainOptions options;
        options.request.url = "http://nobody.test/";
        options.inputs = {files.path("web.yaml")};
        const auto said = scenario::explainRequest(options);
        QCOMPARE(said->explanation.style, plan::Style::PerService);
        QCOMPARE(said->explanation.outcome.kind, OutcomeKind::NotExpressible);
    }

    void mistakesHaveTheirKind()
    {
        test::FileFixture files;
        files.file("broken.yaml", "apiVersion: v1\nkind: [");
        const auto kindOf = [](const std::string& url, const std::string& input) {
            scenario::ExplainOptions options;
            options.request.url = url;
            options.inputs = {input};
            return scenario::explainRequest(options).error().kind();
        };
        QCOMPARE(kindOf("shop.test", files.path("broken.yaml")), ErrorKind::WrongUse);
        QCOMPARE(kindOf("http://shop.test", files.path("broken.yaml")), ErrorKind::BadInput);
        QCOMPARE(kindOf("http://shop.test", "/nowhere.yaml"), ErrorKind::Environment);
    }
};

LAB_TEST(ExplainRequestTest)
#include "tst_explain_request.moc"
