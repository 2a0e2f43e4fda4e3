#include "support/test_main.hpp"

#include "manifest/timestamp.hpp"

using lab::manifest::parseTimestamp;

/// RFC 3339 against Qt's own reading of it.
class TimestampTest : public QObject {
    Q_OBJECT

private slots:
    void timesAreUnixSeconds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("epoch") << "1970-01-01T00:00:00Z" << qint64(0);
        QTest::newRow("a leap day") << "2024-02-29T23:59:59Z" << qint64(1'709'251'199);
        QTest::newRow("before the epoch") << "1969-12-31T23:59:59Z" << qint64(-1);
        QTest::newRow("an offset") << "2024-01-01T02:00:00+02:00" << qint64(1'704'067'200);
        QTest::newRow("west") << "2023-12-31T19:00:00-05:00" << qint64(1'704'067'200);
        QTest::newRow("fractions") << "2024-01-01T00:00:00.999999Z" << qint64(1'704'067'200);
        QTest::newRow("lower case") << "2024-01-01t00:00:00z" << qint64(1'704'067'200);
    }

    void timesAreUnixSeconds()
    {
        QFETCH(QString, text);
        QFETCH(qint64, seconds);
        const auto parsed = parseTimestamp(text.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(qint64(*parsed), seconds);
    }

    void whatIsNoTimeIsNothing()
    {
        for (const char* text : {"",
                                 "2024-01-01",
                                 "2024-01-01T00:00:00",
                                 "2024-13-01T00:00:00Z",
                                 "2023-02-29T00:00:00Z",
                                 "2024-01-01T24:00:00Z",
                                 "2024-01-01T00:60:00Z",
                                 "2024-01-01T00:00:61Z",
                                 "2024-01-01 00:00:00Z",
                                 "2024-01-01T00:00:00.Z",
                                 "2024-01-01T00:00:00Zx",
                                 "2024-01-01T00:00:00+2:00",
                                 "24-01-01T00:00:00Z",
                                 "-024-01-01T00:00:00Z",
                                 "2024-1-01T00:00:00Z",
                                 "2024-01-01T0a:00:00Z"}) {
            QVERIFY2(!parseTimestamp(text), text);
        }
    }
};

LAB_TEST(TimestampTest)
#include "tst_timestamp.moc"
