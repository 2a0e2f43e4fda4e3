#include "support/test_main.hpp"
#include <QJsonDocument>

#include "headless/console_fixture.hpp"
#include "support/file_fixture.hpp"

using namespace lab;

namespace {

const std::string manifests = std::string(test::webManifest) + R"(---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.test
      http:
        paths:
          - path: /cart
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
)";

} // namespace

/// `explain`: the answer is on stdout, and a 404 is one.
class ExplainVerbTest : public QObject {
    Q_OBJECT

private slots:
    void init() { files_.file("web.yaml", manifests); }

    void theAnswerIsTheResult()
    {
        test::ConsoleFixture program;
        QCOMPARE(program.run({"explain", "http://shop.test/cart", "-m", files_.path("web.yaml")}),
                 0);
        QVERIFY2(program.out().startsWith("GET http://shop.test/cart → default/web:80 (pod default/"
                                          "web-0:80)\n"),
                 qPrintable(program.out()));
        QVERIFY(!program.out().contains("\033["));
    }

    void a404IsAnAnswer()
    {
        test::ConsoleFixture program;
        QCOMPARE(
            program.run({"explain", "-m", files_.path("web.yaml"), "http://shop.test/cartoons"}),
            0);
        QVERIFY(program.out().contains("404"));
        QVERIFY(program.out().contains("nearly took it"));
    }

    void theRequestHasItsFlags()
    {
        test::ConsoleFixture program;
        QCOMPARE(program.run({"explain",
                              "-H",
                              "Cookie: a=1",
                              "-H",
                              "X-B: 2",
                              "http://shop.test/cart",
                              "-X",
                              "DELETE",
                              "--client-ip",
                              "203.0.113.7",
                              "--style",
                              "ingress",
                              "--profile",
                              "spec",
                              "-o",
                              "json",
                              "-m",
                              files_.path("web.yaml")}),
                 0);
        const auto root = QJsonDocument::fromJson(program.out().toUtf8());
        QCOMPARE(root["schemaVersion"].toInt(), 1);
        QCOMPARE(root["profile"].toString(), "spec");
        QCOMPARE(root["request"]["method"].toString(), "DELETE");
        QCOMPARE(root["request"]["client"].toString(), "203.0.113.7");
        QCOMPARE(root["request"]["headers"][1]["name"].toString(), "X-B");
    }

    void mistakesHaveTheirCode_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("no URL") << QStringList{"shop.test/cart"} << 2 << "write https://shop.test";
        QTest::newRow("style") << QStringList{"http://a/", "--style", "ingres"} << 2
                               << "did you mean \"ingress\"?";
        QTest::newRow("output") << QStringList{"http://a/", "-o", "md"} << 2
                                << "it takes json or text";
        QTest::newRow("unreadable")
            << QStringList{"http://a/", "-m", "BROKEN"} << 3 << "broken.yaml:";
        QTest::newRow("missing") << QStringList{"http://a/", "-m", "/nowhere.yaml"} << 4
                                 << "/nowhere.yaml";
    }
    void mistakesHaveTheirCode()
    {
        QFETCH(QStringList, arguments);
        files_.file("broken.yaml", "kind: [");
        std::vector<std::string> words{"explain", "-m", files_.path("web.yaml")};
        for (const QString& word : arguments) {
            words.push_back(word == "BROKEN" ? files_.path("broken.yaml") : word.toStdString());
        }
        test::ConsoleFixture program;
        QTEST(program.run(words), "code");
        QFETCH(QString, says);
        QVERIFY2(program.err().contains(says), qPrintable(program.err()));
    }

private:
    test::FileFixture files_;
};

LAB_TEST(ExplainVerbTest)
#include "tst_explain_verb.moc"
