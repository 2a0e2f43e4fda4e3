#include "support/test_main.hpp"

#include "measurement/door_record.hpp"

using namespace lab::measurement;
using lab::Duration;
using namespace std::chrono_literals;

/// 56 bytes that say what became of a request.
class DoorRecordTest : public QObject {
    Q_OBJECT

private slots:
    void methodsHaveNumbersAndTextsOfTheirOwn_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("text");
        for (const char* known :
             {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
            QTest::newRow(known) << QByteArray(known) << QByteArray(known);
        }
        QTest::newRow("another") << QByteArray("PROPFIND") << QByteArray("other");
        QTest::newRow("case counts") << QByteArray("get") << QByteArray("other");
        QTest::newRow("none") << QByteArray("") << QByteArray("other");
    }
    void methodsHaveNumbersAndTextsOfTheirOwn()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, text);
        QCOMPARE(methodText(methodNumber(method.toStdString())), text.toStdString());
    }

    void unknownNumbersAreOther() { QCOMPARE(methodText(200), std::string_view("other")); }

    void timesAreKeptToATick_data()
    {
        QTest::addColumn<qlonglong>("ns");
        QTest::addColumn<qlonglong>("kept");
        QTest::newRow("nothing") << 0LL << 0LL;
        QTest::newRow("less than a tick") << 1023LL << 0LL;
        QTest::newRow("one tick") << 1024LL << 1024LL;
        QTest::newRow("a minute") << 60'000'000'000LL << 60'000'000'000LL / 1024 * 1024;
        QTest::newRow("two hours: as much as there is room for")
            << 7'200'000'000'000LL << 0xffff'ffffLL * 1024;
    }
    void timesAreKeptToATick()
    {
        QFETCH(const qlonglong, ns);
        QFETCH(const qlonglong, kept);
        QCOMPARE(ofTicks(ticksOf(Duration(ns))).count(), kept);
    }

    void aLongTotalIsKeptToAMillisecond_data()
    {
        QTest::addColumn<qlonglong>("ns");
        QTest::addColumn<bool>("isLong");
        QTest::newRow("nothing") << 0LL << false;
        QTest::newRow("the longest in short ticks") << 0xffff'ffffLL * 1024 << false;
        QTest::newRow("a little more") << 0x1'0000'0000LL * 1024 << true;
        QTest::newRow("a day") << 86'400'000'000'000LL << true;
    }
    void aLongTotalIsKeptToAMillisecond()
    {
        QFETCH(const qlonglong, ns);
        QFETCH(const bool, isLong);
        DoorRecord record;
        record.setTotal(Duration(ns));
        QCOMPARE(record.is(DoorRecord::LongTotal), isLong);
        const qlonglong kept = record.total().count();
        QVERIFY(kept <= ns && ns - kept < (isLong ? 1'048'576 : 1024));
    }

    void bytesOutAreBodyAndHead_data()
    {
        QTest::addColumn<quint64>("all");
        QTest::addColumn<quint64>("head");
        QTest::addColumn<quint64>("keptHead");
        QTest::addColumn<quint64>("body");
        QTest::newRow("nothing") << quint64{0} << quint64{0} << quint64{0} << quint64{0};
        QTest::newRow("both") << quint64{300} << quint64{100} << quint64{100} << quint64{200};
        QTest::newRow("a head that did not go out")
            << quint64{0} << quint64{100} << quint64{100} << quint64{0};
        QTest::newRow("a large head")
            << quint64{70'010} << quint64{70'000} << quint64{65'535} << quint64{10};
        QTest::newRow("a large body")
            << (quint64{1} << 40U) + 5 << quint64{5} << quint64{5} << (quint64{1} << 40U);
    }
    void bytesOutAreBodyAndHead()
    {
        QFETCH(const quint64, all);
        QFETCH(const quint64, head);
        QFETCH(const quint64, keptHead);
        QFETCH(const quint64, body);
        DoorRecord record;
        record.setBytesOut(all, head);
        QCOMPARE(record.headBytesOut(), keptHead);
        QCOMPARE(record.bodyBytesOut(), body);
    }

    void anIdAndASmallNumberShareAWord()
    {
        const DoorRecord::Pair pair{70'000, 255};
        QCOMPARE(pair.id(), 70'000U);
        QCOMPARE(pair.small(), std::uint8_t{255});
        const DoorRecord::Pair invalid{0xffff'ffff, 3};
        QCOMPARE(invalid.id(), DoorRecord::none);
        QCOMPARE(invalid.small(), std::uint8_t{3});
        QCOMPARE(DoorRecord().routeAndMethod.id(), DoorRecord::none);
    }

    void marksAddUp()
    {
        DoorRecord record;
        record.mark(DoorRecord::Tls);
        record.mark(DoorRecord::MadeHere);
        QVERIFY(record.is(DoorRecord::Tls) && record.is(DoorRecord::MadeHere));
        QVERIFY(!record.is(DoorRecord::Http2));
    }
};

LAB_TEST(DoorRecordTest)
#include "tst_door_record.moc"
