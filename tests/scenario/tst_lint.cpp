#include "support/test_main.hpp"

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

    void whatIsNotThereIsNoFinding()
    {
        QCOMPARE(scenario::lint({{"/nowhere.yaml"}}).error().kind(), ErrorKind::Environment);
    }
};

LAB_TEST(LintTest)
#include "tst_lint.moc"
