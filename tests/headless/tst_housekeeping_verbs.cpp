#include "support/test_main.hpp"
#include <QJsonDocument>

#include "headless/console_fixture.hpp"

using namespace lab;

/// `schema` and `version`.
class HousekeepingVerbsTest : public QObject {
    Q_OBJECT

private slots:
    void schemasAreJson_data()
    {
        QTest::addColumn<QString>("part");
        QTest::newRow("scenario") << "metadata";
        QTest::newRow("lesson") << "metadata";
        QTest::newRow("report") << "schemaVersion";
    }
    void schemasAreJson()
    {
        QFETCH(QString, part);
        test::ConsoleFixture program;
        QCOMPARE(program.run({"schema", QTest::currentDataTag()}), 0);
        const auto schema = QJsonDocument::fromJson(program.out().toUtf8());
        QVERIFY(!schema["properties"][part].isUndefined());
    }

    void anUnknownSchemaIsWrongUse()
    {
        test::ConsoleFixture program;
        QCOMPARE(program.run({"schema", "lessons"}), 2);
    }

    void theVersionIsSaidThreeWays()
    {
        test::ConsoleFixture text;
        test::ConsoleFixture json;
        test::ConsoleFixture flag;
        QCOMPARE(text.run({"version"}), 0);
        QCOMPARE(json.run({"version", "-o", "json"}), 0);
        QCOMPARE(flag.run({"--version"}), 0);
        QVERIFY(text.out().startsWith("ingresslab "));
        QCOMPARE(flag.out(), text.out());
        const auto root = QJsonDocument::fromJson(json.out().toUtf8());
        QCOMPARE("ingresslab " + root["version"].toString() + '\n', text.out());
    }
};

LAB_TEST(HousekeepingVerbsTest)
#include "tst_housekeeping_verbs.moc"
