#include "support/test_main.hpp"

#include "frontdoor/affinity.hpp"
#include "support/nginx_bench.hpp"

using namespace lab;
using test::NginxBench;

namespace {

/// "name=value" of the Set-Cookie line, or "".
std::string cookieOf(const frontdoor::Decision& decision)
{
    const std::size_t at = decision.answerFields.find("Set-Cookie: ");
    if (at == std::string::npos) {
        return {};
    }
    return decision.answerFields.substr(at + 12, decision.answerFields.find(';', at) - at - 12);
}

} // namespace

/// A client stays with its pod.
class AffinityTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstAnswerSetsACookieThatSticks()
    {
        NginxBench bench(test::Annotations{{"affinity", "cookie"}});
        for (int client = 0; client < 20; ++client) {
            const auto first = bench.decide("/");
            const std::string cookie = cookieOf(first);
            QVERIFY(cookie.starts_with("INGRESSCOOKIE="));
            for (int i = 0; i < 5; ++i) {
                const auto next = bench.decide("/", {{"cookie", cookie}});
                QCOMPARE(bench.podOf(next), bench.podOf(first));
                QVERIFY(cookieOf(next).empty());
            }
        }
    }

    void aForeignValueSticksToo()
    {
        NginxBench bench(test::Annotations{{"affinity", "cookie"}});
        const auto first = bench.decide("/", {{"cookie", "INGRESSCOOKIE=mine"}});
        QVERIFY(cookieOf(first).empty());
        QCOMPARE(bench.podOf(bench.decide("/", {{"cookie", "INGRESSCOOKIE=mine"}})),
                 bench.podOf(first));
    }

    void theCookieHasItsAttributes()
    {
        plan::SessionAffinity affinity;
        affinity.cookie = "route";
        affinity.maxAgeSeconds = 10;
        affinity.expiresSeconds = 60;
        affinity.sameSite = "Lax";
        affinity.domain = "a.lab";
        frontdoor::RequestView request;
        request.wallSeconds = 0;
        QCOMPARE(frontdoor::sessionCookie(affinity, "k", "b", "/app", request),
                 std::string("Set-Cookie: route=k|b; Path=/app; Expires=Thu, 01 Jan 1970 00:01:00 "
                             "GMT; Max-Age=10; Domain=a.lab; HttpOnly; SameSite=Lax\r\n"));
        request.isTls = true;
        QVERIFY(frontdoor::sessionCookie(affinity, "k", "b", "/", request).find("; Secure") !=
                std::string::npos);
        affinity.isSecure = false;
        QVERIFY(frontdoor::sessionCookie(affinity, "k", "b", "/", request).find("; Secure") ==
                std::string::npos);
    }

    void datesAreThoseOfTheCalendar()
    {
        QCOMPARE(frontdoor::httpDate(784'111'777), std::string("Sun, 06 Nov 1994 08:49:37 GMT"));
        QCOMPARE(frontdoor::httpDate(1'709'210'096), std::string("Thu, 29 Feb 2024 12:34:56 GMT"));
    }
};

LAB_TEST(AffinityTest)
#include "tst_affinity.moc"
