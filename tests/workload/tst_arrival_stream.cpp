#include "support/test_main.hpp"

#include "workload/arrival_stream.hpp"

using namespace lab;
using namespace lab::workload;
using namespace std::chrono_literals;

namespace {

Traffic source(const std::string& name, ArrivalProcess process, double rate)
{
    Traffic traffic;
    traffic.name = name;
    traffic.process = process;
    traffic.ratePerSecond = rate;
    traffic.clients = 7;
    traffic.mix = {{"GET", "http://a.lab/", "", 1.0, 0}, {"GET", "http://b.lab/", "", 3.0, 0}};
    return traffic;
}

} // namespace

/// One by one it gives what arrivals() gives at once.
class ArrivalStreamTest : public QObject {
    Q_OBJECT

private slots:
    void itGivesAllArrivalsInOrderAndThenNothing()
    {
        const std::vector<Traffic> traffic{source("a", ArrivalProcess::Poisson, 300),
                                           source("b", ArrivalProcess::Constant, 100),
                                           source("c", ArrivalProcess::Constant, 100)};
        const auto all = arrivals(traffic, 2s, Random(5));
        ArrivalStream stream(traffic, 2s, Random(5));
        Instant last;
        for (const Arrival& expected : all) {
            const auto arrival = stream.next();
            QVERIFY(arrival.has_value());
            QVERIFY(arrival->at == expected.at && arrival->traffic == expected.traffic);
            QVERIFY(arrival->entry == expected.entry && arrival->client == expected.client);
            QVERIFY(last <= arrival->at);
            last = arrival->at;
        }
        QVERIFY(all.size() > 900);
        QVERIFY(!stream.next().has_value());
        QVERIFY(!stream.next().has_value());
    }

    void ofTwoAtTheSameInstantTheSourceListedFirstComesFirst()
    {
        const std::vector<Traffic> traffic{source("b", ArrivalProcess::Constant, 10),
                                           source("a", ArrivalProcess::Constant, 10)};
        ArrivalStream stream(traffic, 1s, Random(1));
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(stream.next()->traffic, 0U);
            QCOMPARE(stream.next()->traffic, 1U);
        }
    }

    void withoutSourcesNothingArrives()
    {
        ArrivalStream stream({}, 1s, Random(1));
        QVERIFY(!stream.next().has_value());
    }
};

LAB_TEST(ArrivalStreamTest)
#include "tst_arrival_stream.moc"
