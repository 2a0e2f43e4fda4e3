#include "support/test_main.hpp"

#include "manifest/kinds.hpp"

using namespace lab::manifest;

/// Which kinds are read, refused, or told of.
class KindsTest : public QObject {
    Q_OBJECT

private slots:
    void everyKindIsJudged_data()
    {
        QTest::addColumn<QString>("apiVersion");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* apiVersion, const char* kind, KindVerdict verdict) {
            QTest::addRow("%s %s", apiVersion, kind)
                << apiVersion << kind << static_cast<int>(verdict);
        };
        row("v1", "Service", KindVerdict::Read);
        row("apps/v1", "StatefulSet", KindVerdict::Read);
        row("networking.k8s.io/v1", "Ingress", KindVerdict::Read);
        row("extensions/v1beta1", "Ingress", KindVerdict::Removed);
        row("networking.k8s.io/v1beta1", "IngressClass", KindVerdict::Removed);
        row("v1", "Deployment", KindVerdict::Removed);
        row("apps/v1", "Service", KindVerdict::Removed);
        row("serving.knative.dev/v1", "Service", KindVerdict::NotHonoured);
        row("networking.k8s.io/v1", "NetworkPolicy", KindVerdict::NotHonoured);
        row("example.com/v1", "Gizmo", KindVerdict::NotHonoured);
        row("v1", "ServiceAccount", KindVerdict::Irrelevant);
        row("autoscaling/v2", "HorizontalPodAutoscaler", KindVerdict::Irrelevant);
    }

    void everyKindIsJudged()
    {
        QFETCH(QString, apiVersion);
        QFETCH(QString, kind);
        QFETCH(int, verdict);
        const JudgedKind judged = judgeKind(apiVersion.toStdString(), kind.toStdString());
        QCOMPARE(static_cast<int>(judged.verdict), verdict);
        if (judged.verdict == KindVerdict::Removed) {
            QVERIFY(judgeKind(judged.apiVersion, kind.toStdString()).verdict == KindVerdict::Read);
        }
    }

    void theGroupIsBeforeTheSlash()
    {
        QCOMPARE(groupOf("apps/v1"), std::string_view("apps"));
        QCOMPARE(groupOf("v1"), std::string_view());
    }
};

LAB_TEST(KindsTest)
#include "tst_kinds.moc"
