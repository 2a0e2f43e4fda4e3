#include "support/test_main.hpp"

#include "manifest/reading_bench.hpp"

using namespace lab::manifest;
using namespace lab::model;

namespace {

const std::string head = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x";
const std::string backend = "backend: {service: {name: a, port: {number: 80}}}";

std::string ingress(const std::string& spec)
{
    return head + "}\nspec: " + spec + '\n';
}

std::string withPath(const std::string& path, const std::string& type)
{
    return ingress("{rules: [{http: {paths: [{path: \"" + path + "\", pathType: " + type + ", " +
                   backend + "}]}}]}");
}

} // namespace

/// Ingress and IngressClass of networking.k8s.io/v1, refused as the API server does.
class ReadIngressTest : public QObject {
    Q_OBJECT

private slots:
    void everyFieldIsRead()
    {
        const ReadCluster read = readText(
            ingress("\n  ingressClassName: nginx\n  defaultBackend: {service: {name: d, port: "
                    "{name: http}}}\n"
                    "  tls:\n    - hosts: [a.test, \"*.b.test\"]\n      secretName: s\n    - {}\n"
                    "  rules:\n    - host: \"*.b.test\"\n      http:\n        paths:\n"
                    "          - {path: /x, pathType: Exact, " +
                    backend +
                    "}\n"
                    "          - {pathType: ImplementationSpecific, " +
                    backend +
                    "}\n"
                    "    - host: only.test\n"));
        QCOMPARE(said(read), QString());
        const Ingress& one = read.cluster.ingresses.at(0);
        QCOMPARE(one.className.value_or(""), std::string("nginx"));
        QCOMPARE(toText(one.defaultBackend.value().port), std::string("http"));
        QCOMPARE(one.tls.size(), 2U);
        QCOMPARE(one.tls[0].hosts.at(1), std::string("*.b.test"));
        QCOMPARE(one.tls[0].secretName, std::string("s"));
        QCOMPARE(one.tls[1].secretName, std::string());
        QCOMPARE(one.rules.size(), 2U);
        QCOMPARE(one.rules[0].paths.size(), 2U);
        QVERIFY(one.rules[0].paths[0].type == PathType::Exact);
        QCOMPARE(one.rules[0].paths[0].backend.service, std::string("a"));
        QCOMPARE(lab::toText(one.rules[0].paths[0].place), std::string("t.yaml:15:13"));
        QCOMPARE(one.rules[0].paths[1].path, std::string());
        QVERIFY(one.rules[1].paths.empty());
    }

    void pathsAreThoseOfTheApi_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("message");
        const QString absolute = "must be an absolute path";
        for (const char* type : {"Prefix", "Exact"}) {
            QTest::addRow("%s app", type) << "app" << type << absolute;
            QTest::addRow("%s empty", type) << "" << type << absolute;
            QTest::addRow("%s //", type) << "/a//b" << type << "must not contain '//'";
            QTest::addRow("%s /./", type) << "/a/./b" << type << "must not contain '/./'";
            QTest::addRow("%s /../", type) << "/a/../b" << type << "must not contain '/../'";
            QTest::addRow("%s %%2f", type) << "/a%2fb" << type << "must not contain '%2f'";
            QTest::addRow("%s %%2F", type) << "/a%2Fb" << type << "must not contain '%2F'";
            QTest::addRow("%s /..", type) << "/a/.." << type << "cannot end with '/..'";
            QTest::addRow("%s /.", type) << "/a/." << type << "cannot end with '/.'";
            QTest::addRow("%s good", type) << "/a/b/" << type << "";
            QTest::addRow("%s dots in names", type) << "/a../.b/..c" << type << "";
        }
        QTest::newRow("own app") << "app"
                                 << "ImplementationSpecific" << absolute;
        QTest::newRow("own empty") << ""
                                   << "ImplementationSpecific"
                                   << "";
        QTest::newRow("own //") << "/a//b"
                                << "ImplementationSpecific"
                                << "";
        QTest::newRow("own regex") << "/a(/|$)(.*)"
                                   << "ImplementationSpecific"
                                   << "";
    }

    void pathsAreThoseOfTheApi()
    {
        QFETCH(QString, path);
        QFETCH(QString, type);
        QFETCH(QString, message);
        const ReadCluster read = readText(withPath(path.toStdString(), type.toStdString()));
        QCOMPARE(read.refused.size(), message.isEmpty() ? 0U : 1U);
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
        QVERIFY(message.isEmpty() || said(read).contains("spec.rules[0].http.paths[0].path "));
    }

    void mistakesAreRefused_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("message");
        const auto rule = [](const std::string& text) {
            return QString::fromStdString("{rules: [" + text + "]}");
        };
        const auto path = [&](const std::string& text) {
            return rule("{http: {paths: [{path: /, pathType: Prefix, " + text + "}]}}");
        };
        QTest::newRow("nothing") << "{}"
                                 << "either defaultBackend or rules must be specified";
        QTest::newRow("no spec") << "~"
                                 << "must be specified";
        QTest::newRow("no path type") << rule("{http: {paths: [{path: /, " + backend + "}]}}")
                                      << "spec.rules[0].http.paths[0].pathType is missing";
        QTest::newRow("path type")
            << rule("{http: {paths: [{path: /, pathType: prefix, " + backend + "}]}}")
            << "did you mean \"Prefix\"?";
        QTest::newRow("no paths") << rule("{http: {}}")
                                  << "spec.rules[0].http.paths must be specified";
        QTest::newRow("an address")
            << rule("{host: 192.0.2.1}") << "must be a DNS name, not an IP address";
        QTest::newRow("upper case") << rule("{host: Foo.test}") << "spec.rules[0].host";
        QTest::newRow("wildcard inside") << rule("{host: \"foo*.test\"}") << "spec.rules[0].host";
        QTest::newRow("wildcard alone") << rule("{host: \"*\"}") << "spec.rules[0].host";
        QTest::newRow("no backend") << path("x: y") << "resource or service backend is required";
        QTest::newRow("both backends")
            << path(
                   "backend: {resource: {kind: A, name: a}, service: {name: a, port: {number: 1}}}")
            << "cannot set both resource and service backends";
        QTest::newRow("no service name") << path("backend: {service: {port: {number: 80}}}")
                                         << "backend.service.name is missing";
        QTest::newRow("no port") << path("backend: {service: {name: a}}")
                                 << "port name or number is required";
        QTest::newRow("empty port")
            << path("backend: {service: {name: a, port: {}}}") << "needs a port name or number";
        QTest::newRow("both ports")
            << path("backend: {service: {name: a, port: {name: b, number: 80}}}")
            << "cannot set both port name & port number";
        QTest::newRow("port number") << path("backend: {service: {name: a, port: {number: 70000}}}")
                                     << "port.number must be a whole number";
        QTest::newRow("port name")
            << path("backend: {service: {name: a, port: {name: sixteen-letters-}}}") << "port.name";
        QTest::newRow("tls host")
            << "{defaultBackend: {service: {name: a, port: {number: 1}}}, tls: [{hosts: [A.test]}]}"
            << "spec.tls[0].hosts[0]";
        QTest::newRow("secret name")
            << "{defaultBackend: {service: {name: a, port: {number: 1}}}, tls: [{secretName: A_b}]}"
            << "spec.tls[0].secretName";
    }

    void mistakesAreRefused()
    {
        QFETCH(QString, spec);
        QFETCH(QString, message);
        const ReadCluster read = readText(ingress(spec.toStdString()));
        QVERIFY2(said(read).contains(message), qPrintable(said(read)));
        QVERIFY(read.cluster.ingresses.empty());
        QCOMPARE(read.refused.at(0).name, std::string("x"));
    }

    void classFieldAndAnnotationMustAgree()
    {
        const auto withClass = [](const std::string& annotation) {
            return readText(head + ", annotations: {kubernetes.io/ingress.class: " + annotation +
                            "}}\nspec: {ingressClassName: nginx, rules: [{host: a.test}]}\n");
        };
        QCOMPARE(said(withClass("nginx")), QString());
        QVERIFY(said(withClass("other")).contains("must match spec.ingressClassName"));
    }

    void resourceBackendsAreLeftOutAndTold()
    {
        const ReadCluster read =
            readText(ingress("{rules: [{http: {paths: [{path: /, pathType: Prefix, backend: "
                             "{resource: {kind: B, name: b}}}]}}]}"));
        QVERIFY(read.refused.empty());
        QVERIFY(said(read).contains("backend.resource is not honoured"));
        QVERIFY(read.cluster.ingresses.at(0).rules.at(0).paths.empty());
    }

    void theOldShapeOfABackendIsExplained()
    {
        const ReadCluster read =
            readText(ingress("{rules: [{http: {paths: [{path: /, pathType: Prefix, backend: "
                             "{serviceName: a, servicePort: 80}}]}}]}"));
        QVERIFY(said(read).contains("write service: {name: …, port: {number: …}}"));
    }

    void classesAreRead()
    {
        const ReadCluster read = readText(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: nginx\n"
            "  annotations: {ingressclass.kubernetes.io/is-default-class: \"true\"}\n"
            "spec: {controller: k8s.io/ingress-nginx, parameters: {kind: A}}\n");
        QCOMPARE(said(read), QString());
        QVERIFY(read.cluster.ingressClasses.at(0).isDefault);
        QCOMPARE(read.cluster.ingressClasses[0].controller, std::string("k8s.io/ingress-nginx"));
    }

    void aClassNeedsAController_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::newRow("nothing") << "{}";
        QTest::newRow("no slash") << "{controller: nginx}";
        QTest::newRow("too long") << "{controller: a/" + QString(250, 'b') + "}";
    }

    void aClassNeedsAController()
    {
        QFETCH(QString, spec);
        const ReadCluster read = readText(
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: n}\nspec: " +
            spec.toStdString() + '\n');
        QCOMPARE(read.refused.size(), 1U);
        QVERIFY(said(read).contains("controller"));
    }
};

LAB_TEST(ReadIngressTest)
#include "tst_read_ingress.moc"
