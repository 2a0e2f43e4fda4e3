#include "support/test_main.hpp"

#include "frontdoor/canary.hpp"
#include "support/nginx_bench.hpp"

using namespace lab;
using test::FieldMap;

namespace {

bool isCanary(const plan::CanaryPolicy& canary, std::map<std::string, std::string> fields)
{
    const FieldMap map(std::move(fields));
    frontdoor::RequestView request;
    request.fields = &map;
    Random random(1);
    std::optional<routing::PathPattern> pattern;
    if (!canary.headerPattern.empty()) {
        pattern.emplace(canary.headerPattern);
    }
    return frontdoor::isForCanary(canary, pattern, request, random);
}

} // namespace

/// Header, cookie, weight: the first that decides.
class CanaryTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstThatDecidesDecides()
    {
        plan::CanaryPolicy canary;
        canary.header = "X-Canary";
        canary.cookie = "beta";
        canary.weight = 100;
        QVERIFY(!isCanary(canary, {{"x-canary", "never"}, {"cookie", "beta=always"}}));
        QVERIFY(isCanary(canary, {{"x-canary", "always"}, {"cookie", "beta=never"}}));
        QVERIFY(!isCanary(canary, {{"x-canary", "hm"}, {"cookie", "a=b; beta=never"}}));
        QVERIFY(isCanary(canary, {{"cookie", "beta=hm"}}));
        canary.weight = 0;
        QVERIFY(!isCanary(canary, {}));
    }

    void withAValueOrPatternAlwaysIsNoWord()
    {
        plan::CanaryPolicy canary;
        canary.header = "X-Canary";
        canary.headerValue = "blue";
        QVERIFY(isCanary(canary, {{"x-canary", "blue"}}));
        QVERIFY(!isCanary(canary, {{"x-canary", "always"}}));
        canary.headerValue.clear();
        canary.headerPattern = "^b.ue$";
        QVERIFY(isCanary(canary, {{"x-canary", "blue"}}));
        QVERIFY(!isCanary(canary, {{"x-canary", "always"}}));
    }

    void theWeightIsAShare()
    {
        plan::CanaryPolicy canary;
        canary.weight = 30;
        Random random(9);
        int taken = 0;
        for (int i = 0; i < 10'000; ++i) {
            taken += frontdoor::isForCanary(canary, std::nullopt, {}, random) ? 1 : 0;
        }
        QVERIFY(taken > 2'800 && taken < 3'200); // four standard errors
    }

    void cookiesAreFoundByName()
    {
        QCOMPARE(frontdoor::cookieValue("a=1; b=2;c=3", "b"), std::string_view("2"));
        QCOMPARE(frontdoor::cookieValue("a=1; b=2;c=3", "c"), std::string_view("3"));
        QCOMPARE(frontdoor::cookieValue("ab=1", "b"), std::string_view(""));
        QCOMPARE(frontdoor::cookieValue("", "b"), std::string_view(""));
    }
};

LAB_TEST(CanaryTest)
#include "tst_canary.moc"
