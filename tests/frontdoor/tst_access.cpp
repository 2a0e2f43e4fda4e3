#include "support/test_main.hpp"

#include "frontdoor/access.hpp"
#include "support/nginx_bench.hpp"

using namespace lab;
using frontdoor::Access;
using test::FieldMap;

namespace {

plan::RoutePolicy policyWith(const char* denied, const char* allowed, bool hasPassword)
{
    plan::RoutePolicy policy;
    if (denied != nullptr) {
        policy.deniedClients = {*limiting::parseAddressRange(denied)};
    }
    if (allowed != nullptr) {
        policy.allowedClients = {*limiting::parseAddressRange(allowed)};
    }
    if (hasPassword) {
        policy.basicAuth = plan::BasicAuth{"Lab", {{"ann", "secret"}}};
    }
    return policy;
}

Access judge(const plan::RoutePolicy& policy, const char* client, const char* authorization)
{
    const FieldMap fields(test::FieldValues{{"authorization", authorization}});
    frontdoor::RequestView request;
    request.fields = &fields;
    return judgeAccess(
        policy, request, client, [](std::string_view a, std::string_view b) { return a == b; });
}

constexpr const char* annSecret = "Basic YW5uOnNlY3JldA==";
constexpr const char* annNope = "basic YW5uOm5vcGU=";

} // namespace

/// Addresses first, then the password.
class AccessTest : public QObject {
    Q_OBJECT

private slots:
    void theDenyListGoesBeforeTheAllowList()
    {
        const auto policy = policyWith("10.0.0.1", "10.0.0.0/8", false);
        QCOMPARE(judge(policy, "10.0.0.2", ""), Access::Granted);
        QCOMPARE(judge(policy, "10.0.0.1", ""), Access::Forbidden);
        QCOMPARE(judge(policy, "11.0.0.1", ""), Access::Forbidden);
        QCOMPARE(judge(policyWith(nullptr, nullptr, false), "11.0.0.1", ""), Access::Granted);
    }

    void aPasswordIsAskedFor_data()
    {
        QTest::addColumn<QString>("authorization");
        QTest::addColumn<bool>("isGranted");
        QTest::newRow("right") << annSecret << true;
        QTest::newRow("wrong") << annNope << false;
        QTest::newRow("none") << "" << false;
        QTest::newRow("other scheme") << "Bearer YW5uOnNlY3JldA==" << false;
        QTest::newRow("no colon") << "Basic YW5u" << false;
        QTest::newRow("no base64") << "Basic !!!" << false;
        QTest::newRow("unknown user") << "Basic Ym9iOnNlY3JldA==" << false;
    }

    void aPasswordIsAskedFor()
    {
        QFETCH(QString, authorization);
        QFETCH(bool, isGranted);
        const auto verdict = judge(
            policyWith(nullptr, nullptr, true), "127.0.0.1", authorization.toUtf8().constData());
        QCOMPARE(verdict, isGranted ? Access::Granted : Access::Unauthorized);
    }

    void satisfyAnyNeedsOnlyOne()
    {
        auto policy = policyWith(nullptr, "10.0.0.0/8", true);
        QCOMPARE(judge(policy, "11.0.0.1", annSecret), Access::Forbidden);
        QCOMPARE(judge(policy, "10.0.0.1", ""), Access::Unauthorized);
        policy.isEitherEnough = true;
        QCOMPARE(judge(policy, "11.0.0.1", annSecret), Access::Granted);
        QCOMPARE(judge(policy, "10.0.0.1", ""), Access::Granted);
        QCOMPARE(judge(policy, "11.0.0.1", ""), Access::Unauthorized);
    }
};

LAB_TEST(AccessTest)
#include "tst_access.moc"
