#include "support/test_main.hpp"

#include "frontdoor/redirects.hpp"
#include "support/nginx_bench.hpp"

using namespace lab;
using frontdoor::RequestView;
using test::NginxBench;

/// Who is sent elsewhere, and where to.
class RedirectsTest : public QObject {
    Q_OBJECT

private slots:
    void plainHttpIsSentToHttps_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("location");
        QTest::newRow("root") << "a.lab"
                              << "/"
                              << "https://a.lab";
        QTest::newRow("slash goes") << "a.lab"
                                    << "/x/"
                                    << "https://a.lab/x";
        QTest::newRow("slash before a query stays") << "a.lab"
                                                    << "/x/?a=1"
                                                    << "https://a.lab/x/?a=1";
        QTest::newRow("port goes") << "a.lab:80"
                                   << "/x"
                                   << "https://a.lab/x";
        QTest::newRow("literal") << "[::1]:80"
                                 << "/x"
                                 << "https://[::1]/x";
    }

    void plainHttpIsSentToHttps()
    {
        QFETCH(QString, host);
        QFETCH(QString, target);
        QFETCH(QString, location);
        const std::string hostText = host.toStdString();
        const std::string targetText = target.toStdString();
        RequestView request{"GET", hostText, "/", targetText, "127.0.0.1", false};
        plan::RoutePolicy policy;
        QVERIFY(!frontdoor::httpsRedirect(policy, request, false, request.hostAsReceived()));
        policy.redirectsToHttps = true;
        QVERIFY(!frontdoor::httpsRedirect(policy, request, true, request.hostAsReceived()));
        const auto answer =
            frontdoor::httpsRedirect(policy, request, false, request.hostAsReceived());
        QCOMPARE(QString::fromStdString(answer->location), location);
        QCOMPARE(int{answer->status}, 308);
        policy.keepsTrailingSlash = true;
        QVERIFY(frontdoor::httpsRedirect(policy, request, false, request.hostAsReceived())
                    ->location.ends_with(targetText));
    }

    void namesRootsAndSlashes()
    {
        RequestView request{"GET", "www.a.lab", "/x", "/x/?q", "127.0.0.1", false};
        plan::RoutePolicy policy;
        QVERIFY(!frontdoor::wwwRedirect(policy, request));
        policy.wwwHost = "a.lab";
        QCOMPARE(frontdoor::wwwRedirect(policy, request)->location,
                 std::string("http://a.lab:80/x/?q"));
        policy.appRoot = "/home";
        QVERIFY(!frontdoor::appRootRedirect(policy, request));
        request.path = "/";
        QCOMPARE(frontdoor::appRootRedirect(policy, request)->location,
                 std::string("http://www.a.lab/home"));
        request.path = "/a b";
        request.isTls = true;
        QCOMPARE(frontdoor::slashRedirect(request).location,
                 std::string("https://www.a.lab/a%20b/?q"));
    }

    void annotationsReachTheDoor()
    {
        NginxBench bench(test::Annotations{{"permanent-redirect", "https://new.lab"}});
        const auto decision = bench.decide("/x");
        QCOMPARE(decision.refusal, frontdoor::Refusal::Redirect);
        QCOMPARE(decision.location, std::string("https://new.lab"));
        QCOMPARE(decision.answerFields, std::string("Location: https://new.lab\r\n"));
    }
};

LAB_TEST(RedirectsTest)
#include "tst_redirects.moc"
