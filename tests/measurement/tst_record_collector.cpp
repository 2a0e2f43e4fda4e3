#include "support/test_main.hpp"

#include "measurement/record_collector.hpp"

using namespace lab::measurement;
using lab::Duration;
using lab::Instant;
using namespace std::chrono_literals;

namespace {

Instant at(Duration sinceStart)
{
    return Instant(sinceStart);
}

/// A request answered 200 after `latency`.
RequestRecord answered(Duration intended, Duration latency = 2ms, std::uint16_t status = 200)
{
    RequestRecord record;
    record.intended = at(intended);
    record.sent = at(intended);
    record.ended = at(intended + latency);
    record.status = status;
    record.requestBytes = 100;
    record.responseBytes = 1000;
    return record;
}

RequestRecord failed(Outcome outcome)
{
    RequestRecord record;
    record.intended = at(1s);
    record.ended = at(2s);
    record.outcome = outcome;
    return record;
}

} // namespace

/// Records in, a report's counters out.
class RecordCollectorTest : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatWasMeantToHappenInAWindowCounts_data()
    {
        QTest::addColumn<qlonglong>("intendedMs");
        QTest::addColumn<bool>("isCounted");
        QTest::newRow("before the first: warm-up") << 499LL << false;
        QTest::newRow("first instant") << 500LL << true;
        QTest::newRow("last instant, though it ends later") << 1999LL << true;
        QTest::newRow("a window's end") << 2000LL << false;
        QTest::newRow("between windows") << 4200LL << false;
        QTest::newRow("in the second") << 4500LL << true;
        QTest::newRow("after the last") << 6000LL << false;
    }

    void onlyWhatWasMeantToHappenInAWindowCounts()
    {
        QFETCH(qlonglong, intendedMs);
        QFETCH(bool, isCounted);
        RecordCollector collector({{at(500ms), at(2s)}, {at(4500ms), at(6s)}});
        QCOMPARE(collector.add(answered(std::chrono::milliseconds(intendedMs))), isCounted);
        QCOMPARE(collector.result().offered, std::uint64_t(isCounted ? 1 : 0));
    }

    void everyRequestIsCountedOnceByOutcome()
    {
        RecordCollector collector({{at(0s), at(10s)}});
        for (const Outcome outcome : {Outcome::NoDoor,
                                      Outcome::NotConnected,
                                      Outcome::TlsFailed,
                                      Outcome::Broken,
                                      Outcome::TimedOut,
                                      Outcome::TimedOut}) {
            collector.add(failed(outcome));
        }
        collector.add(answered(1s));
        const Measurements sums = collector.result();
        QCOMPARE(sums.offered, std::uint64_t(7));
        QCOMPARE(sums.admitted, std::uint64_t(1));
        QCOMPARE(sums.outcomeCounts.at(Outcome::TimedOut), std::uint64_t(2));
        QCOMPARE(sums.outcomeCounts.size(), std::size_t(6));
        QCOMPARE(sums.statusCounts.size(), std::size_t(1));
        QCOMPARE(sums.latency.count(), std::uint64_t(1));
        QCOMPARE(sums.errorCount(), std::uint64_t(5));
    }

    void refusalsAreNotAdmittedAndDoNotFlatterTheLatency()
    {
        RecordCollector collector({{at(0s), at(10s)}});
        collector.add(answered(1s, 10ms, 200));
        collector.add(answered(1s, 20ms, 503)); // a Service without endpoints
        collector.add(answered(1s, 1us, 429));
        RequestRecord limited = answered(1s, 1us, 503);
        limited.isRefusal = true;
        collector.add(limited);
        const Measurements sums = collector.result();
        QCOMPARE(sums.admitted, std::uint64_t(2));
        QCOMPARE(sums.refused, std::uint64_t(2));
        QCOMPARE(sums.statusCounts.at(503), std::uint64_t(2));
        QVERIFY(sums.latency.mean() == 15ms);
        QCOMPARE(sums.errorCount(), std::uint64_t(1));
    }

    void latencyCountsFromTheIntendedTime()
    {
        RecordCollector collector({{at(0s), at(10s)}});
        RequestRecord stalled = answered(1s, 300ms);
        stalled.sent = at(1299ms);
        collector.add(stalled);
        QVERIFY(collector.result().latency.max() == 300ms);
        QCOMPARE(collector.result().lateSends, std::uint64_t(1));
    }

    void aSendIsLateBeyondAMillisecond()
    {
        RecordCollector collector({{at(0s), at(10s)}});
        RequestRecord record = answered(1s);
        record.sent = record.intended + Measurements::lateAfter;
        collector.add(record);
        QCOMPARE(collector.result().lateSends, std::uint64_t(0));
        record.sent = record.sent + 1ns;
        collector.add(record);
        record.outcome = Outcome::NoDoor; // never sent
        collector.add(record);
        collector.add(failed(Outcome::NotConnected)); // had no first byte
        QCOMPARE(collector.result().lateSends, std::uint64_t(1));
    }

    void servicesAreCountedByName()
    {
        RecordCollector collector({{at(0s), at(10s)}});
        const std::size_t cart = collector.serviceIndex("shop/cart");
        const std::size_t web = collector.serviceIndex("shop/web");
        QCOMPARE(collector.serviceIndex("shop/cart"), cart);
        collector.add(answered(1s), cart);
        collector.add(answered(1s, 1ms, 429), cart);
        collector.add(answered(1s), web);
        collector.add(answered(1s));
        const Measurements sums = collector.result();
        QCOMPARE(sums.services.size(), std::size_t(2));
        QCOMPARE(sums.services.at("shop/cart").requests, std::uint64_t(2));
        QCOMPARE(sums.services.at("shop/cart").admitted, std::uint64_t(1));
        QCOMPARE(sums.services.at("shop/cart").responseBytes, std::uint64_t(2000));
        QCOMPARE(sums.services.at("shop/web").requestBytes, std::uint64_t(100));
        QCOMPARE(sums.requestBytes, std::uint64_t(400));
    }

    void batchesDivideTheMeasuredTimeWithoutTheGaps()
    {
        // Two windows of 10 s: batches of 1 s, ten in each.
        RecordCollector collector({{at(5s), at(15s)}, {at(20s), at(30s)}});
        collector.add(answered(5s, 1ms));
        collector.add(answered(14'999ms, 2ms));
        collector.add(answered(20s, 4ms));
        collector.add(answered(20'500ms, 6ms));
        collector.add(answered(29'999ms, 8ms));
        const std::vector<Batch> batches = collector.result().batches;
        QCOMPARE(batches.size(), Measurements::batchCount);
        QCOMPARE(batches[0].latencyMsMean, 1.0);
        QCOMPARE(batches[9].latencyMsMean, 2.0);
        QCOMPARE(batches[10].latencyMsMean, 5.0);
        QCOMPARE(batches[10].count, std::uint64_t(2));
        QCOMPARE(batches[19].latencyMsMean, 8.0);
        QCOMPARE(batches[1].count, std::uint64_t(0));
        QCOMPARE(batches[1].latencyMsMean, 0.0);
    }

    void aWindowShorterThanItsBatchesStillWorks()
    {
        RecordCollector collector({{at(0s), at(7ns)}});
        QVERIFY(collector.add(answered(6ns)));
        QCOMPARE(collector.result().latency.count(), std::uint64_t(1));
    }

    void whatWasNotRunWasNotMeasured()
    {
        RecordCollector collector({{at(1s), at(3s)}, {at(5s), at(7s)}});
        QVERIFY(collector.result().measured == 4s);
        QVERIFY(collector.result(at(6s)).measured == 3s);
        QVERIFY(collector.result(at(4s)).measured == 2s);
        QVERIFY(collector.result(at(0s)).measured == 0s);
    }

    void withoutALimitTheIdealAdmitsAll()
    {
        RecordCollector collector({{at(0s), at(10s)}});
        collector.add(answered(1s));
        collector.add(answered(2s));
        QCOMPARE(collector.result().idealAdmitted, std::uint64_t(2));
        collector.addIdealDecision(true);
        collector.addIdealDecision(false);
        QCOMPARE(collector.result().idealAdmitted, std::uint64_t(1));
        collector.addConnections(3);
        QCOMPARE(collector.result().connectionsOpened, std::uint64_t(3));
    }
};

LAB_TEST(RecordCollectorTest)
#include "tst_record_collector.moc"
