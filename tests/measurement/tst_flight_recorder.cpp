#include "support/test_main.hpp"

#include "measurement/flight_recorder.hpp"

using namespace lab::measurement;
using namespace std::chrono_literals;

/// What one worker remembers.
class FlightRecorderTest : public QObject {
    Q_OBJECT

private slots:
    void everyNthHeadIsWanted_data()
    {
        QTest::addColumn<int>("oneIn");
        QTest::addColumn<int>("wanted");
        QTest::newRow("none") << 0 << 0;
        QTest::newRow("all") << 1 << 100;
        QTest::newRow("one in ten") << 10 << 10;
        QTest::newRow("more than there are") << 101 << 0;
    }
    void everyNthHeadIsWanted()
    {
        QFETCH(const int, oneIn);
        QFETCH(const int, wanted);
        RecorderOptions options;
        options.heads.oneIn = static_cast<std::uint32_t>(oneIn);
        FlightRecorder recorder(options);
        int count = 0;
        for (int i = 0; i < 100; ++i) {
            count += recorder.wantsHead({}) ? 1 : 0;
        }
        QCOMPARE(count, wanted);
    }

    void whatTheFilterMatchesIsWantedToo()
    {
        RecorderOptions options;
        options.heads.oneIn = 0;
        FlightRecorder recorder(options);
        DoorRecord failed;
        failed.status = 502;
        QVERIFY(recorder.wantsHead(failed));
        DoorRecord slow;
        slow.totalTicks = ticksOf(2s);
        QVERIFY(recorder.wantsHead(slow));
        DoorRecord ages;
        ages.setTotal(2h);
        QVERIFY(recorder.wantsHead(ages));
        DoorRecord usual;
        usual.status = 404;
        usual.totalTicks = ticksOf(999ms);
        QVERIFY(!recorder.wantsHead(usual));
    }

    void aHeadKnowsItsRecord()
    {
        FlightRecorder recorder({});
        DoorRecord record;
        record.status = 200;
        recorder.write(record);
        record.status = 502;
        recorder.write(record, "127.0.0.1", "GET / HTTP/1.1", "Host: a\r\n");
        HeadCursor heads(recorder.heads());
        const auto head = heads.next();
        QVERIFY(head.has_value());
        QCOMPARE(head->number, std::uint64_t{1});
        QVERIFY(recorder.records().read(1)->is(DoorRecord::HasHead));
        QVERIFY(!recorder.records().read(0)->is(DoorRecord::HasHead));
        QCOMPARE(head->record.status, std::uint16_t{502});
    }
};

LAB_TEST(FlightRecorderTest)
#include "tst_flight_recorder.moc"
