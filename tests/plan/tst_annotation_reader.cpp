#include "support/test_main.hpp"

#include "plan/annotation_reader.hpp"
#include "support/nginx_annotations.hpp"

using namespace lab;
using test::ClusterBuilder;

/// Typed access, with every mistake reported at its place.
class AnnotationReaderTest : public QObject {
    Q_OBJECT

private slots:
    void wrongValuesCountAsAbsentAndAreReported()
    {
        ClusterBuilder builder;
        model::Ingress& ingress = builder.ingress("shop", {});
        test::annotateNginx(ingress.meta, "use-regex", "yes");
        test::annotateNginx(ingress.meta, "cors-max-age", "-1");
        test::annotateNginx(ingress.meta, "proxy-body-size", "big");
        test::annotateNginx(ingress.meta, "app-root", "");
        Findings findings;
        const plan::ControllerSettings settings;
        plan::AnnotationReader reader(ingress, settings, findings);
        QVERIFY(!reader.boolean("use-regex", false));
        QVERIFY(reader.boolean("ssl-redirect", true));
        QVERIFY(!reader.integer("cors-max-age", 0, 10));
        QVERIFY(!reader.size("proxy-body-size"));
        QVERIFY(!reader.text("app-root")); // empty is absent
        QCOMPARE(findings.size(), std::size_t{3});
        QVERIFY(findings[0].message.find("use-regex") != std::string::npos);
        QVERIFY(findings[0].place.isKnown());
    }

    void valuesAreQuotedOnOneLineAndCut()
    {
        ClusterBuilder builder;
        model::Ingress& ingress = builder.ingress("shop", {});
        test::annotateNginx(ingress.meta, "use-regex", "a\nb" + std::string(200, 'x'));
        Findings findings;
        const plan::ControllerSettings settings;
        plan::AnnotationReader reader(ingress, settings, findings);
        QVERIFY(!reader.boolean("use-regex", false));
        QVERIFY(findings[0].message.find('\n') == std::string::npos);
        QVERIFY(findings[0].message.size() < 220);
    }

    void consequencesHaveTheirWords()
    {
        ClusterBuilder builder;
        model::Ingress& ingress = builder.ingress("shop", {});
        test::annotateNginx(ingress.meta, "limit-rpm", "ten");
        Findings findings;
        const plan::ControllerSettings settings;
        plan::AnnotationReader reader(ingress, settings, findings);
        QCOMPARE(reader.refuse("limit-rpm", "why"), std::string("limit-rpm: why"));
        QCOMPARE(reader.deny("limit-rpm", "why"), std::string("limit-rpm: why"));
        QCOMPARE(test::idsOf(findings),
                 (std::vector<std::string>{"annotation-refused", "annotation-closes-paths"}));
        QCOMPARE(findings[0].severity, Severity::Error);
    }
};

LAB_TEST(AnnotationReaderTest)
#include "tst_annotation_reader.moc"
