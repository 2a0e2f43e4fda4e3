#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;

/// All annotations of an Ingress together.
class IngressPolicyTest : public QObject {
    Q_OBJECT

private slots:
    void withoutAnnotationsTheDefaultsOfIngressNginxHold()
    {
        const auto read = test::readAnnotations({});
        QVERIFY(read.findings.empty());
        QCOMPARE(read.policy.route.bodyBytesMax, std::uint64_t{1 << 20});
        QVERIFY(read.policy.redirectsToHttps && !read.policy.alwaysRedirectsToHttps);
        QCOMPARE(read.policy.burstMultiplier, std::int64_t{5});
        QVERIFY(read.policy.refusedBecause.empty());
    }

    void snippetsAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"configuration-snippet", "server-snippet", "stream-snippet", "auth-snippet"}) {
            QTest::newRow(name) << name;
        }
    }

    void snippetsAreRefused()
    {
        QFETCH(QString, name);
        const auto read = test::readAnnotations({{name.toStdString(), "more_set_headers x;"}});
        QVERIFY(read.policy.refusedBecause.find("Snippet directives are disabled") !=
                std::string::npos);
        QCOMPARE(read.findings.size(), std::size_t{1});
    }
};

LAB_TEST(IngressPolicyTest)
#include "tst_ingress_policy.moc"
