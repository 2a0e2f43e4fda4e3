#include "support/test_main.hpp"

#include "plan/annotation_effects.hpp"
#include "support/nginx_annotations.hpp"

using namespace lab;

/// An annotation that changes nothing is told so, whatever its value.
class AnnotationEffectsTest : public QObject {
    Q_OBJECT

private slots:
    void whatNeedsAnotherSaysSo_data()
    {
        QTest::addColumn<QStringList>("pairs");
        QTest::addColumn<int>("count");
        using List = QStringList;
        QTest::newRow("canary-weight alone") << List{"canary-weight=10"} << 1;
        QTest::newRow("with canary") << List{"canary=true", "canary-weight=10"} << 0;
        QTest::newRow("cors alone") << List{"cors-max-age=5"} << 1;
        QTest::newRow("cors") << List{"enable-cors=true", "cors-max-age=5"} << 0;
        QTest::newRow("session-cookie alone") << List{"session-cookie-name=a"} << 1;
        QTest::newRow("affinity") << List{"affinity=cookie", "session-cookie-name=a"} << 0;
        QTest::newRow("burst alone") << List{"limit-burst-multiplier=2"} << 1;
        QTest::newRow("burst") << List{"limit-burst-multiplier=2", "limit-rpm=9"} << 0;
        QTest::newRow("code alone") << List{"permanent-redirect-code=308"} << 1;
        QTest::newRow("prefix alone") << List{"x-forwarded-prefix=/a"} << 1;
        QTest::newRow("subset alone") << List{"upstream-hash-by-subset=true"} << 1;
        QTest::newRow("temporal goes first")
            << List{"permanent-redirect=http://a", "temporal-redirect=http://b"} << 1;
        QTest::newRow("affinity goes first")
            << List{"affinity=cookie", "upstream-hash-by=$uri"} << 1;
        QTest::newRow("on a canary") << List{"canary=true", "canary-weight=1", "app-root=/a"} << 1;
        QTest::newRow("https to pods") << List{"backend-protocol=HTTPS"} << 1;
        QTest::newRow("grpcs to pods") << List{"backend-protocol=GRPCS"} << 1;
        QTest::newRow("grpc to pods") << List{"backend-protocol=GRPC"} << 0;
        QTest::newRow("http to pods") << List{"backend-protocol=http"} << 0;
        QTest::newRow("nothing") << List{"ssl-redirect=false"} << 0;
    }
    void whatNeedsAnotherSaysSo()
    {
        QFETCH(QStringList, pairs);
        QFETCH(int, count);
        test::Annotations annotations;
        for (const QString& pair : pairs) {
            annotations.emplace_back(pair.section('=', 0, 0).toStdString(),
                                     pair.section('=', 1).toStdString());
        }
        const auto read = test::readAnnotations(annotations);
        int found = 0;
        for (const Finding& finding : read.findings) {
            QCOMPARE(finding.id, std::string("annotation-without-effect"));
            QVERIFY(finding.place.isKnown());
            QVERIFY(!finding.remedy.empty());
            ++found;
        }
        QCOMPARE(found, count);
    }
};

LAB_TEST(AnnotationEffectsTest)
#include "tst_annotation_effects.moc"
