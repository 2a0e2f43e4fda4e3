#include "support/test_main.hpp"

#include "plan/annotation_names.hpp"
#include "plan/plan_front_doors.hpp"
#include "support/nginx_annotations.hpp"

#include <algorithm>

using namespace lab;

namespace {

/// Every annotation of ingress-nginx v1.15: docs annotations.md and internal/ingress/annotations.
const std::vector<const char*> known{"affinity",
                                     "affinity-canary-behavior",
                                     "affinity-mode",
                                     "allowlist-source-range",
                                     "app-root",
                                     "auth-always-set-cookie",
                                     "auth-cache-duration",
                                     "auth-cache-key",
                                     "auth-keepalive",
                                     "auth-keepalive-requests",
                                     "auth-keepalive-timeout",
                                     "auth-method",
                                     "auth-proxy-set-headers",
                                     "auth-realm",
                                     "auth-request-redirect",
                                     "auth-response-headers",
                                     "auth-secret",
                                     "auth-secret-type",
                                     "auth-signin",
                                     "auth-signin-redirect-param",
                                     "auth-snippet",
                                     "auth-tls-error-page",
                                     "auth-tls-match-cn",
                                     "auth-tls-pass-certificate-to-upstream",
                                     "auth-tls-secret",
                                     "auth-tls-verify-client",
                                     "auth-tls-verify-depth",
                                     "auth-type",
                                     "auth-url",
                                     "backend-protocol",
                                     "canary",
                                     "canary-by-cookie",
                                     "canary-by-header",
                                     "canary-by-header-pattern",
                                     "canary-by-header-value",
                                     "canary-weight",
                                     "canary-weight-total",
                                     "client-body-buffer-size",
                                     "configuration-snippet",
                                     "connection-proxy-header",
                                     "cors-allow-credentials",
                                     "cors-allow-headers",
                                     "cors-allow-methods",
                                     "cors-allow-origin",
                                     "cors-expose-headers",
                                     "cors-max-age",
                                     "custom-headers",
                                     "custom-http-errors",
                                     "default-backend",
                                     "denylist-source-range",
                                     "disable-proxy-intercept-errors",
                                     "enable-access-log",
                                     "enable-cors",
                                     "enable-global-auth",
                                     "enable-modsecurity",
                                     "enable-opentelemetry",
                                     "enable-owasp-core-rules",
                                     "enable-rewrite-log",
                                     "force-ssl-redirect",
                                     "from-to-www-redirect",
                                     "http2-push-preload",
                                     "limit-allowlist",
                                     "limit-burst-multiplier",
                                     "limit-connections",
                                     "limit-rate",
                                     "limit-rate-after",
                                     "limit-rpm",
                                     "limit-rps",
                                     "limit-whitelist",
                                     "load-balance",
                                     "mirror-host",
                                     "mirror-request-body",
                                     "mirror-target",
                                     "modsecurity-snippet",
                                     "modsecurity-transaction-id",
                                     "opentelemetry-operation-name",
                                     "opentelemetry-trust-incoming-span",
                                     "permanent-redirect",
                                     "permanent-redirect-code",
                                     "preserve-trailing-slash",
                                     "proxy-body-size",
                                     "proxy-buffer-size",
                                     "proxy-buffering",
                                     "proxy-buffers-number",
                                     "proxy-busy-buffers-size",
                                     "proxy-connect-timeout",
                                     "proxy-cookie-domain",
                                     "proxy-cookie-path",
                                     "proxy-http-version",
                                     "proxy-max-temp-file-size",
                                     "proxy-next-upstream",
                                     "proxy-next-upstream-timeout",
                                     "proxy-next-upstream-tries",
                                     "proxy-read-timeout",
                                     "proxy-redirect-from",
                                     "proxy-redirect-to",
                                     "proxy-request-buffering",
                                     "proxy-send-timeout",
                                     "proxy-ssl-ciphers",
                                     "proxy-ssl-name",
                                     "proxy-ssl-protocols",
                                     "proxy-ssl-secret",
                                     "proxy-ssl-server-name",
                                     "proxy-ssl-verify",
                                     "proxy-ssl-verify-depth",
                                     "relative-redirects",
                                     "rewrite-target",
                                     "satisfy",
                                     "server-alias",
                                     "server-snippet",
                                     "service-upstream",
                                     "session-cookie-change-on-failure",
                                     "session-cookie-conditional-samesite-none",
                                     "session-cookie-domain",
                                     "session-cookie-expires",
                                     "session-cookie-max-age",
                                     "session-cookie-name",
                                     "session-cookie-path",
                                     "session-cookie-samesite",
                                     "session-cookie-secure",
                                     "ssl-ciphers",
                                     "ssl-passthrough",
                                     "ssl-prefer-server-ciphers",
                                     "ssl-redirect",
                                     "stream-snippet",
                                     "temporal-redirect",
                                     "temporal-redirect-code",
                                     "upstream-hash-by",
                                     "upstream-hash-by-subset",
                                     "upstream-hash-by-subset-size",
                                     "upstream-vhost",
                                     "use-regex",
                                     "whitelist-source-range",
                                     "x-forwarded-prefix"};

} // namespace

/// Each annotation is acted on, or reported with its place and what happens instead.
class AnnotationNamesTest : public QObject {
    Q_OBJECT

private slots:
    void noneIsPassedOverInSilence_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : known) {
            QTest::newRow(name) << name;
        }
    }
    void noneIsPassedOverInSilence()
    {
        QFETCH(QString, name);
        const std::string text = name.toStdString();
        if (plan::isHonoured(text)) {
            QVERIFY(plan::insteadOf(text).empty() || text.starts_with("auth-"));
            return;
        }
        QVERIFY(!plan::insteadOf(text).empty());
        test::ClusterBuilder builder;
        builder.deployment("web", 1, 8080).service("web", 80, 8080);
        model::Ingress& ingress = builder.ingress("shop", {{"shop.lab", "/", "web"}});
        test::annotateNginx(ingress.meta, text, "true");
        plan::PlanOptions options;
        options.profile = plan::Profile::IngressNginx;
        const Findings findings = planFrontDoors(builder.cluster, options).findings;
        const auto found =
            std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
                return finding.id == "annotation-not-honoured";
            });
        QVERIFY(found != findings.end());
        QVERIFY(found->place.isKnown());
        QVERIFY(!found->remedy.empty());
    }

    void anUnknownNameIsNone()
    {
        QVERIFY(!plan::isHonoured("rewrite-targett"));
        QVERIFY(plan::insteadOf("rewrite-targett").empty());
        QCOMPARE(plan::nearestAnnotation("rewrite-targett"), std::string("rewrite-target"));
    }
};

LAB_TEST(AnnotationNamesTest)
#include "tst_annotation_names.moc"
