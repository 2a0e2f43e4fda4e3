#include "support/test_main.hpp"

#include "support/nginx_bench.hpp"

using namespace lab;
using frontdoor::Refusal;
using test::NginxBench;

/// Cross-origin answers.
class CorsTest : public QObject {
    Q_OBJECT

private slots:
    void anOriginIsAllowedByNameOrByOneLabel_data()
    {
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("isAllowed");
        QTest::newRow("listed") << "https://one.test" << true;
        QTest::newRow("any case") << "HTTPS://ONE.test" << true;
        QTest::newRow("one label") << "https://x.two.test:8443" << true;
        QTest::newRow("two labels") << "https://y.x.two.test:8443" << false;
        QTest::newRow("no label") << "https://.two.test:8443" << false;
        QTest::newRow("other port") << "https://x.two.test" << false;
        QTest::newRow("evil") << "https://evil.test" << false;
        QTest::newRow("none") << "" << false;
    }

    void anOriginIsAllowedByNameOrByOneLabel()
    {
        QFETCH(QString, origin);
        QFETCH(bool, isAllowed);
        NginxBench bench(
            test::Annotations{{"enable-cors", "true"},
                              {"cors-allow-origin", "https://one.test, https://*.two.test:8443"}});
        const auto ordinary = bench.decide("/", {{"origin", origin.toStdString()}});
        QVERIFY(ordinary.isForward());
        QCOMPARE(ordinary.answerFields.find("Access-Control-Allow-Origin") != std::string::npos,
                 isAllowed);
        const auto preflight = bench.decide("/", {{"origin", origin.toStdString()}}, "OPTIONS");
        QCOMPARE(preflight.refusal == Refusal::Preflight, isAllowed);
        QVERIFY(isAllowed || preflight.isForward());
    }

    void aStarAllowsAnybody()
    {
        NginxBench bench(test::Annotations{{"enable-cors", "true"}});
        const auto decision = bench.decide("/", {}, "OPTIONS");
        QCOMPARE(int{decision.status}, 204);
        QVERIFY(decision.answerFields.find("Access-Control-Allow-Origin: *\r\n") !=
                std::string::npos);
        QVERIFY(decision.answerFields.ends_with("Access-Control-Max-Age: 1728000\r\n"));
    }
};

LAB_TEST(CorsTest)
#include "tst_cors.moc"
