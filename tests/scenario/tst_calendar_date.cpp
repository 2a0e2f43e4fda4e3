#include "support/test_main.hpp"

#include "scenario/calendar_date.hpp"

using namespace lab::scenario;

/// Dates are days that exist, in one form.
class CalendarDateTest : public QObject {
    Q_OBJECT

private slots:
    void onlyDaysThatExistAreDates_data()
    {
        QTest::addColumn<bool>("expected");
        QTest::newRow("2026-11-23") << true;
        QTest::newRow("2024-02-29") << true;
        QTest::newRow("2026-02-29") << false;
        QTest::newRow("2026-13-01") << false;
        QTest::newRow("2026-00-10") << false;
        QTest::newRow("2026-1-10") << false;
        QTest::newRow("26-11-23") << false;
        QTest::newRow("2026/11/23") << false;
        QTest::newRow("2026-11-2a") << false;
        QTest::newRow("") << false;
    }
    void onlyDaysThatExistAreDates()
    {
        QFETCH(bool, expected);
        QCOMPARE(isDate(QTest::currentDataTag()), expected);
    }

    void todayIsADate() { QVERIFY2(isDate(today()), today().c_str()); }
};

LAB_TEST(CalendarDateTest)
#include "tst_calendar_date.moc"
