#include "support/test_main.hpp"

#include "plan/controller_config.hpp"
#include "support/nginx_annotations.hpp"

using namespace lab;
using plan::ControllerSettings;

namespace {

ControllerSettings settingsOf(const char* key, const char* value)
{
    ControllerSettings settings;
    settings.configMap.emplace(key, value);
    settings.configPlaces.emplace(key,
                                  Place{std::make_shared<const std::string>("config.yaml"), 7, 3});
    return settings;
}

/// Keys of the real controller that the lab does not act on.
const std::vector<const char*> others{"add-headers",
                                      "allow-snippet-annotations",
                                      "annotation-value-word-blocklist",
                                      "annotations-risk-level",
                                      "block-cidrs",
                                      "block-user-agents",
                                      "client-body-timeout",
                                      "enable-brotli",
                                      "enable-modsecurity",
                                      "enable-underscores-in-headers",
                                      "generate-request-id",
                                      "global-auth-url",
                                      "hide-headers",
                                      "http-snippet",
                                      "ignore-invalid-headers",
                                      "keep-alive-requests",
                                      "limit-conn-zone-variable",
                                      "log-format-upstream",
                                      "main-snippet",
                                      "proxy-add-original-uri-header",
                                      "proxy-set-headers",
                                      "server-snippet",
                                      "server-tokens",
                                      "ssl-ciphers",
                                      "ssl-protocols",
                                      "ssl-reject-handshake",
                                      "use-gzip",
                                      "use-http2",
                                      "use-proxy-protocol",
                                      "worker-processes"};

} // namespace

/// Each key of the controller's ConfigMap is acted on, or reported.
class ControllerConfigTest : public QObject {
    Q_OBJECT

private slots:
    void keysThatAreNotHonouredAreReportedAtTheirPlace_data()
    {
        QTest::addColumn<QString>("key");
        for (const char* key : others) {
            QTest::newRow(key) << key;
        }
    }
    void keysThatAreNotHonouredAreReportedAtTheirPlace()
    {
        QFETCH(QString, key);
        Findings findings;
        plan::reportConfigMap(settingsOf(key.toUtf8().constData(), "true"), findings);
        QVERIFY(!plan::isConfigHonoured(key.toStdString()));
        QCOMPARE(findings.size(), std::size_t{1});
        QCOMPARE(findings[0].id, std::string("config-key-not-honoured"));
        QCOMPARE(findings[0].place.line, 7U);
        QVERIFY(!findings[0].remedy.empty());
    }

    void wrongValuesAreReportedAndTheirDefaultHolds_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("flag") << "ssl-redirect"
                              << "no way";
        QTest::newRow("number") << "proxy-read-timeout"
                                << "60s";
        QTest::newRow("status") << "limit-req-status-code"
                                << "200";
        QTest::newRow("redirect") << "http-redirect-code"
                                  << "404";
        QTest::newRow("ranges") << "whitelist-source-range"
                                << "somewhere";
    }
    void wrongValuesAreReportedAndTheirDefaultHolds()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        const ControllerSettings settings =
            settingsOf(key.toUtf8().constData(), value.toUtf8().constData());
        Findings findings;
        plan::reportConfigMap(settings, findings);
        QCOMPARE(findings.size(), std::size_t{1});
        QCOMPARE(findings[0].id, std::string("config-value-ignored"));
        QVERIFY(!plan::configuredDefault(settings, key.toStdString()));
        plan::Door door;
        plan::applyConfigMap(settings, door);
        QCOMPARE(int{door.rateLimitStatus}, 503);
        QCOMPARE(int{door.httpsRedirectStatus}, 308);
    }

    void theDoorIsAsTheMapSays()
    {
        ControllerSettings settings = settingsOf("hsts-max-age", "60");
        settings.configMap["hsts-include-subdomains"] = "false";
        settings.configMap["http-redirect-code"] = "301";
        settings.configMap["forwarded-for-header"] = "X-Client";
        settings.configMap["proxy-real-ip-cidr"] = "10.0.0.0/8";
        plan::Door door;
        plan::applyConfigMap(settings, door);
        QCOMPARE(door.strictTransport, std::string("max-age=60"));
        QCOMPARE(int{door.httpsRedirectStatus}, 301);
        QCOMPARE(door.forwardedForHeader, std::string("X-Client"));
        QCOMPARE(door.trustedProxies.size(), std::size_t{1});
        settings.configMap["hsts"] = "false";
        plan::applyConfigMap(settings, door);
        QVERIFY(door.strictTransport.empty());
    }

    void annotationsGoBeforeTheMap()
    {
        const ControllerSettings settings = settingsOf("proxy-body-size", "2k");
        QCOMPARE(test::readAnnotations({}, {}, settings).policy.route.bodyBytesMax, 2048U);
        QCOMPARE(test::readAnnotations({{"proxy-body-size", "1k"}}, {}, settings)
                     .policy.route.bodyBytesMax,
                 1024U);
        QVERIFY(!plan::configuredDefault(settingsOf("hsts", "true"), "hsts"));
        QCOMPARE(plan::configuredList({}, "no-auth-locations", "/a,/b").size(), std::size_t{2});
        QCOMPARE(plan::configuredNumber({}, "x", 3), 3);
        QVERIFY(plan::configuredFlag({}, "x", true));
    }
};

LAB_TEST(ControllerConfigTest)
#include "tst_controller_config.moc"
