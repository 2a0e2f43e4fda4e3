#include "support/test_main.hpp"

#include "scenario/admin_pages.hpp"

using namespace lab;

/// The admin interface before, and without, an engine.
class AdminPagesTest : public QObject {
    Q_OBJECT

private slots:
    void pagesAnswer_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("begin");
        QTest::newRow("/healthz") << 200 << "ok\n";
        QTest::newRow("/livez?verbose") << 200 << "ok\n";
        QTest::newRow("/readyz") << 503 << "starting\n";
        QTest::newRow("/metrics") << 200 << "# HELP ingresslab_build_info";
        QTest::newRow("/") << 200 << "Ingress Lab\n";
        QTest::newRow("/explain") << 400 << "\"\" is no http or https URL";
        QTest::newRow("/routes") << 200 << "{\n  \"routes\": []";
        QTest::newRow("/config_dump?resource=doors") << 200 << "{\n  \"doors\": []";
        QTest::newRow("/requests") << 503 << "starting\n";
        QTest::newRow("/cost") << 501 << "/cost comes with a later version";
        QTest::newRow("/events?since=0") << 501 << "/events comes with a later version";
        QTest::newRow("/scenario") << 404 << "manifests are served, without a scenario";
        QTest::newRow("/secrets") << 404 << "no such page";
    }
    void pagesAnswer()
    {
        QFETCH(int, status);
        QFETCH(QString, begin);
        const scenario::AdminPages pages({});
        const auto answer = pages.answer("GET", QTest::currentDataTag());
        QCOMPARE(answer.status, status);
        QVERIFY(QString::fromStdString(answer.body).startsWith(begin));
    }

    void theScenarioIsTheOneServedNow()
    {
        scenario::AdminPages pages({});
        for (const char* text : {"kind: Scenario # one\n", "kind: Scenario # two\n"}) {
            pages.serves(text);
            const auto answer = pages.answer("GET", "/scenario");
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.contentType, std::string("application/yaml"));
            QCOMPARE(answer.body, std::string(text));
        }
        pages.serves("");
        QCOMPARE(pages.answer("GET", "/scenario").status, 404);
    }

    void writesAreForbidden()
    {
        QCOMPARE(scenario::AdminPages({}).answer("PUT", "/healthz").status, 403);
    }

    void drainingTurnsReadinessFirst()
    {
        scenario::AdminPages pages({});
        pages.beginDrain();
        QCOMPARE(pages.answer("GET", "/readyz").body, "draining\n");
        QCOMPARE(pages.answer("GET", "/livez").status, 200);
    }
};

LAB_TEST(AdminPagesTest)
#include "tst_admin_pages.moc"
