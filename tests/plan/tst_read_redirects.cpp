#include "support/test_main.hpp"

#include "support/nginx_annotations.hpp"

using namespace lab;
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Redirects, rewrites and names.
class ReadRedirectsTest : public QObject {
    Q_OBJECT

private slots:
    void temporalBeatsPermanentAndCodesAreBounded()
    {
        auto read = test::readAnnotations(
            {{"permanent-redirect", "https://p.lab"}, {"permanent-redirect-code", "308"}});
        QCOMPARE(read.policy.route.redirect->url, std::string("https://p.lab"));
        QCOMPARE(int{read.policy.route.redirect->status}, 308);
        read = test::readAnnotations({{"permanent-redirect", "https://p.lab"},
                                      {"temporal-redirect", "https://t.lab"},
                                      {"temporal-redirect-code", "308"}});
        QCOMPARE(read.policy.route.redirect->url, std::string("https://t.lab"));
        QCOMPARE(int{read.policy.route.redirect->status}, 302); // 308 is out of range there
    }

    void anUnusableUrlRefusesTheIngress_data()
    {
        QTest::addColumn<QString>("url");
        for (const char* url : {"ftp://x", "/path", "https://x/$uri"}) {
            QTest::newRow(url) << url;
        }
    }

    void anUnusableUrlRefusesTheIngress()
    {
        QFETCH(QString, url);
        const auto read = test::readAnnotations({{"permanent-redirect", url.toStdString()}});
        QVERIFY(!read.policy.refusedBecause.empty());
    }

    void unusableTextsFallBackToNothing()
    {
        const auto read =
            test::readAnnotations({{"rewrite-target", "/a b"}, {"app-root", "http://other.lab"}});
        QVERIFY(read.policy.rewriteTarget.empty());
        QVERIFY(read.policy.route.appRoot.empty());
        QCOMPARE(read.findings.size(), std::size_t{2});
    }

    void flagsAndNamesAreRead()
    {
        const auto read = test::readAnnotations({{"use-regex", "true"},
                                                 {"rewrite-target", "/$2"},
                                                 {"app-root", "/home"},
                                                 {"ssl-redirect", "false"},
                                                 {"force-ssl-redirect", "true"},
                                                 {"preserve-trailing-slash", "true"},
                                                 {"from-to-www-redirect", "true"},
                                                 {"server-alias", "a.lab, b.lab"}});
        QVERIFY(read.policy.usesRegex && !read.policy.redirectsToHttps);
        QVERIFY(read.policy.alwaysRedirectsToHttps && read.policy.redirectsWww);
        QVERIFY(read.policy.route.keepsTrailingSlash);
        QCOMPARE(read.policy.rewriteTarget, std::string("/$2"));
        QCOMPARE(read.policy.aliases, (std::vector<std::string>{"a.lab", "b.lab"}));
        QVERIFY(read.findings.empty());
    }
};

LAB_TEST(ReadRedirectsTest)
#include "tst_read_redirects.moc"
