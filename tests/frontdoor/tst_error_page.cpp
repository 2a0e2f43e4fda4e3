#include "support/test_main.hpp"

#include "support/nginx_bench.hpp"

using namespace lab;
using test::NginxBench;

/// Whose answer the client gets when the pod's will not do.
class ErrorPageTest : public QObject {
    Q_OBJECT

private slots:
    void anInterceptedStatusIsAskedForElsewhere()
    {
        NginxBench bench(
            test::Annotations{{"custom-http-errors", "404"}, {"default-backend", "other"}});
        const auto decided = bench.decide("/some/page?x=1");
        const test::FieldMap fields(test::FieldValues{{"accept", "text/html"}});
        frontdoor::RequestView request;
        request.target = "/some/page?x=1";
        request.fields = &fields;
        QVERIFY(!bench.door->errorPage(decided, 500, request, *bench.worker));
        const auto page = bench.door->errorPage(decided, 404, request, *bench.worker);
        QVERIFY(page.has_value());
        QCOMPARE(bench.serviceOf(*page), std::string("other"));
        QCOMPARE(page->target, std::string("/?x=1"));
        QCOMPARE(page->podFields,
                 std::string("X-Code: 404\r\nX-Format: text/html\r\nX-Original-URI: "
                             "/some/page?x=1\r\nX-Namespace: default\r\nX-Ingress-Name: "
                             "shop\r\nX-Service-Name: web\r\nX-Service-Port: 80\r\n"));
        QVERIFY(!bench.door->errorPage(*page, 404, request, *bench.worker)); // its own status stays
    }

    void withoutAServiceTheControllerAnswers404()
    {
        NginxBench bench(test::Annotations{{"custom-http-errors", "500"}});
        const auto decided = bench.decide("/");
        const auto page = bench.door->errorPage(decided, 500, {}, *bench.worker);
        QVERIFY(page.has_value());
        QCOMPARE(int{page->status}, 404);
    }

    void aServiceWithoutEndpointsIsAnsweredByTheDefaultBackend()
    {
        NginxBench bench(test::Annotations{{"default-backend", "other"}});
        const auto decided = bench.decide("/empty/x");
        QCOMPARE(bench.serviceOf(decided), std::string("other"));
        QVERIFY(decided.isErrorPage);
        QVERIFY(decided.podFields.starts_with("X-Code: 503\r\n"));
        QVERIFY(decided.target.empty());
    }
};

LAB_TEST(ErrorPageTest)
#include "tst_error_page.moc"
