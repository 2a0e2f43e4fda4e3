#include "support/test_main.hpp"

#include "scenario/query_string.hpp"

using namespace lab;

/// What stands behind a question mark.
class QueryStringTest : public QObject {
    Q_OBJECT

private slots:
    void parametersAreDecodedInOrder_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("read");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("");
        QTest::newRow("two") << QByteArray("a=1&b=2") << QByteArray("a:1;b:2;");
        QTest::newRow("twice the same") << QByteArray("a=2&a=1") << QByteArray("a:2;a:1;");
        QTest::newRow("escapes") << QByteArray("a=x+y%21%26&%62=%3d") << QByteArray("a:x y!&;b:=;");
        QTest::newRow("an equals sign in a value")
            << QByteArray("f=s=5xx") << QByteArray("f:s=5xx;");
        QTest::newRow("no value") << QByteArray("a&b=") << QByteArray("a:;b:;");
        QTest::newRow("empty parts") << QByteArray("&&a=1&") << QByteArray("a:1;");
    }
    void parametersAreDecodedInOrder()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const QByteArray, read);
        const auto parameters = scenario::readQueryString(query.toStdString());
        QVERIFY(parameters.has_value());
        std::string text;
        for (const auto& [key, value] : *parameters) {
            text += key + ':' + value + ';';
        }
        QCOMPARE(text, read.toStdString());
    }

    void brokenEscapesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char* query : {"a=%", "a=%2", "a=%zz", "%=1", "a=1&b=%g0"}) {
            QTest::newRow(query) << QByteArray(query);
        }
    }
    void brokenEscapesAreRefused()
    {
        QFETCH(const QByteArray, query);
        const auto parameters = scenario::readQueryString(query.toStdString());
        QVERIFY(!parameters);
        QCOMPARE(parameters.error().kind(), ErrorKind::WrongUse);
    }
};

LAB_TEST(QueryStringTest)
#include "tst_query_string.moc"
