#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;

/// Cross-origin rules.
class ReadCorsTest : public QObject {
    Q_OBJECT

private slots:
    void itIsOffUnlessEnabled()
    {
        QVERIFY(!test::readAnnotations({{"cors-max-age", "5"}}).policy.route.cors);
    }

    void defaultsAreThoseOfTheController()
    {
        const auto cors = *test::readAnnotations({{"enable-cors", "true"}}).policy.route.cors;
        QCOMPARE(cors.origins, (std::vector<std::string>{"*"}));
        QCOMPARE(cors.methods, std::string("GET, PUT, POST, DELETE, PATCH, OPTIONS"));
        QVERIFY(cors.allowsCredentials);
        QCOMPARE(cors.maxAgeSeconds, std::int64_t{1'728'000});
    }

    void valuesAreReadAndBrokenOnesFallBack()
    {
        const auto read =
            test::readAnnotations({{"enable-cors", "true"},
                                   {"cors-allow-origin", "https://a.lab, https://b.lab"},
                                   {"cors-allow-methods", "GET;"},
                                   {"cors-allow-credentials", "false"}});
        QCOMPARE(read.policy.route.cors->origins.size(), std::size_t{2});
        QVERIFY(!read.policy.route.cors->allowsCredentials);
        QVERIFY(read.policy.route.cors->methods.starts_with("GET, PUT"));
        QCOMPARE(read.findings.size(), std::size_t{1});
    }
};

LAB_TEST(ReadCorsTest)
#include "tst_read_cors.moc"
