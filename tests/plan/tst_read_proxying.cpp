#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;

/// How a request is sent on.
class ReadProxyingTest : public QObject {
    Q_OBJECT

private slots:
    void sizesTimesAndNamesAreRead()
    {
        const auto read = test::readAnnotations({{"proxy-body-size", "8m"},
                                                 {"proxy-read-timeout", "1"},
                                                 {"upstream-vhost", "inner.lab"},
                                                 {"x-forwarded-prefix", "/api"},
                                                 {"backend-protocol", "grpc"},
                                                 {"default-backend", "errors"},
                                                 {"custom-http-errors", "404,503"}});
        const plan::RoutePolicy& route = read.policy.route;
        QCOMPARE(route.bodyBytesMax, std::uint64_t{8 << 20});
        QCOMPARE(route.timeouts.read, Duration(std::chrono::seconds(1)));
        QCOMPARE(route.timeouts.connect, Duration(std::chrono::seconds(5)));
        QCOMPARE(route.upstreamHost, std::string("inner.lab"));
        QCOMPARE(route.backendProtocol, std::string("GRPC"));
        QCOMPARE(route.interceptedStatuses, (std::vector<int>{404, 503}));
        QCOMPARE(read.policy.defaultBackend, std::string("errors"));
        QVERIFY(route.speaksHttp2());
        QCOMPARE(test::idsOf(read.findings), // a prefix without a rewrite
                 (std::vector<std::string>(1, "annotation-without-effect")));
    }

    void retriesAreReadInNginxWords()
    {
        const auto retry =
            test::readAnnotations({{"proxy-next-upstream", "timeout http_503 non_idempotent"},
                                   {"proxy-next-upstream-tries", "5"}})
                .policy.route.retry;
        QVERIFY(!retry.onError && retry.onTimeout && retry.evenIfNotIdempotent);
        QCOMPARE(retry.onStatuses, (std::vector<int>{503}));
        QCOMPARE(retry.triesMax, 5);
        const auto off = test::readAnnotations({{"proxy-next-upstream", "off"}}).policy.route.retry;
        QVERIFY(!off.onError && !off.onTimeout);
        const auto broken = test::readAnnotations({{"proxy-next-upstream", "errors"}});
        QVERIFY(broken.policy.route.retry.onError);
        QCOMPARE(broken.findings.size(), std::size_t{1});
    }

    void brokenStatusesAndNamesRefuseTheIngress()
    {
        QVERIFY(
            !test::readAnnotations({{"custom-http-errors", "200"}}).policy.refusedBecause.empty());
        QVERIFY(!test::readAnnotations({{"upstream-vhost", "a; b"}}).policy.refusedBecause.empty());
    }
};

LAB_TEST(ReadProxyingTest)
#include "tst_read_proxying.moc"
