#include "support/test_main.hpp"

#include "scenario/lesson_fixture.hpp"
#include "scenario/lint.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using scenario::ExitCode;

/// `lint`: everything at once, and a code that says how bad it is.
class LintTest : public QObject {
    Q_OBJECT

private slots:
    void theCodeSaysHowBadItIs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("code");
        QTest::newRow("good") << test::webManifest << 0;
        QTest::newRow("broken") << "apiVersion: v1\nkind: Service\nmetadata: {name: [a\n" << 3;
        QTest::newRow("refused") << QString(test::webManifest).replace("port: 80\n", "port: 0\n")
                                 << 3;
        QTest::newRow("backend missing")
            << "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\n"
               "spec:\n  ingressClassName: nginx\n  rules:\n    - host: a.test\n      http:\n"
               "        paths:\n          - path: /\n            pathType: Prefix\n"
               "            backend: {service: {name: none, port: {number: 80}}}\n"
            << 1;
    }
    void theCodeSaysHowBadItIs()
    {
        QFETCH(QString, text);
        QFETCH(int, code);
        test::FileFixture files;
        files.file("x.yaml", text.toStdString());
        const auto linted = scenario::lint({{files.path("x.yaml")}});
        QStringList all;
        for (const Finding& finding : linted->findings) {
            all << QString::fromStdString(toText(finding));
        }
        QVERIFY2(static_cast<int>(linted->code) == code, qPrintable(all.join('\n')));
    }

    void warningsCountWhenAsked()
    {
        test::FileFixture files;
        files.file("k8s/web.yaml", test::webManifest).file("k8s/values.yaml", "replicas: 1\n");
        scenario::LintOptions options;
        options.inputs = {files.path("k8s")};
        QCOMPARE(scenario::lint(options)->code, ExitCode::Held);
        options.failsOnWarning = true;
        QCOMPARE(scenario::lint(options)->code, ExitCode::ExpectationFailed);
    }

    void aLessonIsReadWithItsScenario_data()
    {
        QTest::addColumn<QString>("named");
        QTest::newRow("the folder") << "";
        QTest::newRow("the lesson alone") << "lesson.yaml";
    }
    void aLessonIsReadWithItsScenario()
    {
        QFETCH(QString, named);
        test::FileFixture files;
        files.file("k8s/web.yaml", test::webManifest)
            .file("scenario.yaml",
                  "apiVersion: ingresslab.dev/v1\nkind: Scenario\nmetadata: {name: s}\n"
                  "spec: {manifests: [k8s/]}\n")
            .file("lesson.yaml", test::lessonWith(std::string(test::predictStep) + test::runStep));
        QCOMPARE(scenario::lint({{files.path(named)}})->code, ExitCode::Held);
        files.file("lesson.yaml", test::lessonWith(test::runStep));
        const auto linted = scenario::lint({{files.path(named)}});
        QCOMPARE(linted->code, ExitCode::BadInput);
        QVERIFY(files.shown(toText(linted->findings.back())).startsWith("lesson.yaml:8:7: "));
    }

    void aLessonWithoutItsScenarioIsNone()
    {
        test::FileFixture files;
        files.file("lesson.yaml", test::lessonWith(std::string(test::predictStep) + test::runStep));
        const auto linted = scenario::lint({{files.path("lesson.yaml")}});
        QCOMPARE(linted->code, ExitCode::BadInput);
        QCOMPARE(linted->findings.at(0).id, "no-scenario");
        QVERIFY(!scenario::lint({{files.path("none/lesson.yaml")}}).has_value());
    }

    /// One of everything that goes wrong: each is said, at its line, and nothing else is refused.
    void nothingPathologicalIsSilent_data()
    {
        QTest::addColumn<QString>("says");
        for (const char* says : {
                 "Secret default/keyless-tls: data[tls.key] is missing",
                 "Ingress default/no-path-type: spec.rules[0].http.paths[0].pathType is missing",
                 "Ingress default/ip-host: spec.rules[0].host \"192.0.2.1\" must be a DNS name",
                 "Ingress default/empty: spec is empty",
                 "Kubernetes has no kind \"Ingress\" in version \"extensions/v1beta1\"",
                 "Service default/np-two: nodePort 30080 is already allocated",
                 "Service default/unnamed-ports: spec.ports[1].name is required",
                 "Service default/twice replaces the one",
                 "the kind \"Gizmo\"",
                 "\"quoted key\" must consist of",
                 "secret \"default/garbage-tls\" holds no usable certificate",
                 "ingress class \"ghost\" does not exist",
                 "ingress \"classless\" names no class",
                 "annotation ssl-redirect of ingress \"default/annotations\"",
                 "annotation proxy-body-size of ingress \"default/annotations\"",
                 "annotation canary-weight of ingress \"default/annotations\"",
                 "annotation server-snippet of ingress \"default/snippet\"",
                 "path \"/((news/?$\" is no usable pattern",
                 "path \"/(a+)+$\" repeats a repeat",
                 "path \"/good\" of host path.example.com is already served by ingress",
                 "this would block every reload of ingress-nginx",
                 "secret \"does-not-exist\" does not exist",
                 "secret \"garbage-tls\" holds no certificate with its key",
                 "names the tls host norule.example.com",
                 "service \"good\" has no port 8081",
                 "service \"good\" has no port grpc",
                 "service \"missing\" does not exist in namespace default",
                 "service \"nopods\" has no endpoint",
                 "service \"default/noport\" sends port 80 to the pods' port \"https\"",
                 "canary ingress \"default/orphan-canary\" finds no path",
                 "annotation alb.ingress.kubernetes.io/scheme is not honoured",
                 "annotation nginx.ingress.kubernetes.io/rewrite-targett is not honoured",
                 "annotation nginx.org/rewrites is not honoured",
                 "annotation traefik.ingress.kubernetes.io/router.entrypoints is not honoured",
                 "annotation cert-manager.io/cluster-issuer is not honoured",
             }) {
            QTest::newRow(says) << says;
        }
    }
    void nothingPathologicalIsSilent()
    {
        QFETCH(QString, says);
        const auto linted = scenario::lint({{LAB_SOURCE_DIR "/tests/manifests/pathological.yaml"}});
        QCOMPARE(linted->code, ExitCode::BadInput);
        bool isSaid = false;
        for (const Finding& finding : linted->findings) {
            isSaid = isSaid || (toText(finding).find(says.toStdString()) != std::string::npos &&
                                finding.place.isKnown());
            QVERIFY2(toText(finding).find("default/good\" is") == std::string::npos,
                     toText(finding).c_str()); // what works is not found fault with
        }
        QVERIFY(isSaid);
    }

    void whatIsNotThereIsNoFinding()
    {
        QCOMPARE(scenario::lint({{"/nowhere.yaml"}}).error().kind(), ErrorKind::Environment);
    }
};

LAB_TEST(LintTest)
#include "tst_lint.moc"
