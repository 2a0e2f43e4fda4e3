#include "support/test_main.hpp"

#include "plan/admission.hpp"
#include "support/nginx_annotations.hpp"

using namespace lab;
using test::ClusterBuilder;
using Type = model::PathType;

namespace {

/// The message for the last Ingress, or "".
std::string verdictOn(ClusterBuilder& builder)
{
    builder.ingressClass("nginx", "k8s.io/ingress-nginx");
    const std::string last = builder.cluster.ingresses.back().meta.fullName();
    const std::size_t before = builder.cluster.ingresses.size();
    const auto refusals = plan::applyWebhook(builder.cluster, {});
    if (refusals.empty()) {
        return {};
    }
    return refusals.back().ingress == last && builder.cluster.ingresses.size() == before - 1
               ? refusals.back().message
               : "(another)";
}

} // namespace

/// ingress-nginx's validating webhook.
class AdmissionTest : public QObject {
    Q_OBJECT

private slots:
    void pathsOverlapByTheirGeneratedText_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<int>("firstType");
        QTest::addColumn<QString>("second");
        QTest::addColumn<int>("secondType");
        QTest::addColumn<bool>("isRefused");
        const auto row = [](const char* name,
                            const char* first,
                            Type firstType,
                            const char* second,
                            Type secondType,
                            bool isRefused) {
            QTest::newRow(name) << first << static_cast<int>(firstType) << second
                                << static_cast<int>(secondType) << isRefused;
        };
        row("same prefix", "/p", Type::Prefix, "/p", Type::Prefix, true);
        row("prefix with slash", "/p", Type::Prefix, "/p/", Type::Prefix, true);
        row("prefix after exact", "/p", Type::Exact, "/p", Type::Prefix, true);
        row("exact after prefix", "/p", Type::Prefix, "/p", Type::Exact, false);
        row("roots", "/", Type::Exact, "/", Type::Prefix, true);
        row("different", "/p", Type::Prefix, "/q", Type::Prefix, false);
    }

    void pathsOverlapByTheirGeneratedText()
    {
        QFETCH(QString, first);
        QFETCH(int, firstType);
        QFETCH(QString, second);
        QFETCH(int, secondType);
        QFETCH(bool, isRefused);
        ClusterBuilder builder;
        builder.ingress("first",
                        {{"a.lab", first.toStdString(), "web", 80, static_cast<Type>(firstType)}});
        builder.ingress(
            "second", {{"a.lab", second.toStdString(), "web", 80, static_cast<Type>(secondType)}});
        const std::string message = verdictOn(builder);
        QCOMPARE(!message.empty(), isRefused);
        QVERIFY(message.empty() ||
                message.find("is already defined in ingress default/first") != std::string::npos);
    }

    void aCanaryMayOverlap()
    {
        ClusterBuilder builder;
        builder.ingress("first", {{"a.lab", "/", "web"}});
        test::annotateNginx(
            builder.ingress("second", {{"a.lab", "/", "web"}}).meta, "canary", "true");
        QVERIFY(verdictOn(builder).empty());
    }

    void patternsNeedTheirPathTypeAndLimitsTheirNumbers()
    {
        ClusterBuilder pattern;
        pattern.ingress("x", {{"a.lab", "/a(/|$)(.*)", "web"}});
        QVERIFY(verdictOn(pattern).find("cannot be used with pathType Prefix") !=
                std::string::npos);
        ClusterBuilder limit;
        test::annotateNginx(limit.ingress("x", {{"a.lab", "/", "web"}}).meta, "limit-rpm", "ten");
        QVERIFY(verdictOn(limit).find("limit-rpm") != std::string::npos);
    }

    void foreignClassesAreNotJudged()
    {
        ClusterBuilder builder;
        builder.ingress("x", {{"a.lab", "/a(b)", "web"}}).className = "other";
        QVERIFY(verdictOn(builder).empty());
    }
};

LAB_TEST(AdmissionTest)
#include "tst_admission.moc"
