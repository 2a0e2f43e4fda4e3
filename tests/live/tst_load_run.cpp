#include "support/test_main.hpp"

#include "certificates/lab_authority.hpp"
#include "live/load_run.hpp"
#include "live/load_world.hpp"
#include "support/echo_server.hpp"

#include <condition_variable>

using namespace lab::live;
using namespace lab::test;
using lab::Duration;
using lab::Instant;
using lab::certificates::LabAuthority;
using lab::measurement::LatencyHistogram;
using lab::measurement::Measurements;
using lab::measurement::Outcome;
using namespace std::chrono_literals;

namespace {

const std::atomic<bool> never = false;

std::uint64_t slowerThan(const LatencyHistogram& latency, Duration bound)
{
    std::uint64_t count = 0;
    for (const auto& bucket : latency.buckets()) {
        count += bucket.upperBound > bound ? bucket.count : 0;
    }
    return count;
}

Measurements runOne(const LoadSpec& spec)
{
    return runLoad(spec, never)->styles.at(0);
}

} // namespace

/// What the clients see is what is counted: nothing less, nothing nicer.
class LoadRunTest : public QObject {
    Q_OBJECT

private slots:
    void everyArrivalIsCountedOnceInBothStyles()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(800, 400ms);
        spec.styles = {styleTo("a", server.address()), styleTo("b", server.address())};
        const auto result = runLoad(spec, never);
        QVERIFY(result.has_value());
        QVERIFY(!result->wasInterrupted);
        const std::uint64_t sent = arrivalsOf(spec).size();
        for (const Measurements& style : result->styles) {
            QCOMPARE(style.offered, sent);
            QCOMPARE(style.admitted, sent);
            QCOMPARE(style.idealAdmitted, sent);
            QCOMPARE(style.outcomeCounts.at(Outcome::Answered), sent);
            QCOMPARE(style.statusCounts.at(200), sent);
            QCOMPARE(style.latency.count(), sent);
            QCOMPARE(style.services.at("shop/cart").requests, sent);
            QCOMPARE(style.measured, Duration(400ms));
            QVERIFY(style.requestBytes > sent * 100);
            QCOMPARE(style.responseBytes, sent * EchoReply{}.bytes.size());
        }
        QCOMPARE(server.heads().size(), std::size_t{2 * sent});
    }

    void warmUpIsSentButNotCounted()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(1000, 400ms);
        spec.slice = 200ms;
        spec.warmUp = 50ms;
        spec.styles = {styleTo("a", server.address())};
        const Measurements measured = runOne(spec);
        std::uint64_t counted = 0;
        for (const auto& arrival : arrivalsOf(spec)) {
            counted += arrival.at.sinceStart() % 200ms >= 50ms ? 1 : 0;
        }
        QCOMPARE(measured.offered, counted);
        QCOMPARE(measured.measured, Duration(300ms));
        QCOMPARE(server.heads().size(), arrivalsOf(spec).size());
    }

    void aStallIsSeenByAllWhoMeantToSendMeanwhile()
    {
        // Closed-loop clients would note one slow request here and stop sending.
        constexpr Duration stall = 300ms;
        int count = 0;
        const EchoServer server([&](const std::string&) {
            if (++count == 100) {
                std::this_thread::sleep_for(stall);
            }
            return EchoReply{};
        });
        LoadSpec spec = shortLoad(400, 1s);
        spec.slice = 500ms;
        spec.traffic[0].process = lab::workload::ArrivalProcess::Constant;
        spec.styles = {styleTo("a", server.address())};
        const Measurements measured = runOne(spec);
        // The 100th request comes at 250 ms, half a slice before the first one's end: those meant
        // for the first half of the stall wait for at least the other half.
        const auto arrivals = arrivalsOf(spec);
        const Instant stalled = arrivals.at(99).at;
        std::uint64_t waiting = 0;
        for (const auto& arrival : arrivals) {
            waiting += arrival.at >= stalled && arrival.at <= stalled + stall / 2 ? 1 : 0;
        }
        QVERIFY(waiting > 40);
        QVERIFY2(slowerThan(measured.latency, stall / 2) >= waiting,
                 std::to_string(slowerThan(measured.latency, stall / 2)).c_str());
        QVERIFY(measured.latency.quantile(0.99) > stall / 2);
    }

    void waitingForAConnectionIsLatencyToo()
    {
        const EchoServer server([](const std::string&) {
            std::this_thread::sleep_for(5ms);
            return EchoReply{};
        });
        LoadSpec spec = shortLoad(400, 200ms); // twice what one at a time can do
        spec.connectionsPerDestinationMax = 1;
        spec.styles = {styleTo("a", server.address())};
        const Measurements measured = runOne(spec);
        QCOMPARE(measured.statusCounts.at(200), std::uint64_t{arrivalsOf(spec).size()});
        QVERIFY(measured.latency.max() > Duration(20ms));
    }

    void refusalsAreCountedApart()
    {
        int count = 0;
        const EchoServer server([&](const std::string&) {
            return ++count % 3 == 0
                       ? EchoReply{"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"}
                       : EchoReply{};
        });
        LoadSpec spec = shortLoad(600, 300ms);
        spec.styles = {styleTo("a", server.address())};
        const Measurements measured = runOne(spec);
        const std::uint64_t sent = arrivalsOf(spec).size();
        QCOMPARE(measured.offered, sent);
        QCOMPARE(measured.refused, sent / 3);
        QCOMPARE(measured.admitted, sent - sent / 3);
        QCOMPARE(measured.statusCounts.at(429), sent / 3);
        QCOMPARE(measured.latency.count(), sent - sent / 3);
    }

    void theIdealBucketSeesTheIntendedTimes()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(1000, 400ms);
        spec.ideal = lab::limiting::BucketPolicy{100.0, 5.0};
        spec.styles = {styleTo("a", server.address())};
        const Measurements measured = runOne(spec);
        // Two slices of 200 ms, each begun with a full bucket at most.
        QVERIFY(measured.idealAdmitted >= 40);
        QVERIFY(measured.idealAdmitted <= 2 * (20 + 5) + 2);
        QCOMPARE(measured.admitted, std::uint64_t{arrivalsOf(spec).size()});
    }

    void clientsTrustTheLabsCertificates()
    {
        const auto authority = LabAuthority::create();
        const auto issued = authority->issue({"shop.lab"}, std::chrono::hours(1));
        const EchoServer server(issued->certificatePem, issued->keyPem, closing);
        LoadSpec spec = shortLoad(100, 300ms);
        spec.caPem = authority->certificatePem();
        spec.styles = {styleTo("a", server.address(), true)};
        const Measurements measured = runOne(spec);
        const std::uint64_t sent = arrivalsOf(spec).size();
        QCOMPARE(measured.outcomeCounts.at(Outcome::Answered), sent);
        QCOMPARE(measured.connectionsOpened, sent);
        QVERIFY(server.resumedCount() > 0); // one handshake in full, the others shorter
    }

    void aCertificateThatNobodyTrustsFails_data()
    {
        QTest::addColumn<bool>("isOfThisLab");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("validHours");
        QTest::newRow("another authority") << false << QByteArray("shop.lab") << 1;
        QTest::newRow("another name") << true << QByteArray("cart.lab") << 1;
        QTest::newRow("expired") << true << QByteArray("shop.lab") << -1;
    }
    void aCertificateThatNobodyTrustsFails()
    {
        QFETCH(const bool, isOfThisLab);
        QFETCH(const QByteArray, name);
        QFETCH(const int, validHours);
        const auto authority = LabAuthority::create();
        const auto other = LabAuthority::create();
        const auto issued = (isOfThisLab ? *authority : *other)
                                .issue({name.toStdString()}, std::chrono::hours(validHours));
        const EchoServer server(issued->certificatePem, issued->keyPem, closing);
        LoadSpec spec = shortLoad(50, 200ms);
        spec.caPem = authority->certificatePem();
        spec.styles = {styleTo("a", server.address(), true)};
        const Measurements measured = runOne(spec);
        QCOMPARE(measured.outcomeCounts.at(Outcome::TlsFailed),
                 std::uint64_t{arrivalsOf(spec).size()});
        QCOMPARE(measured.admitted, std::uint64_t{0});
    }

    void anyCertificateIsTakenWhereNoneIsTrusted()
    {
        const auto fake = lab::certificates::selfSignedDefault();
        const EchoServer server(fake->certificatePem, fake->keyPem, closing);
        LoadSpec spec = shortLoad(50, 200ms);
        spec.styles = {styleTo("a", server.address(), true)};
        QCOMPARE(runOne(spec).statusCounts.at(200), std::uint64_t{arrivalsOf(spec).size()});
    }

    void noListenerNoConnection()
    {
        std::string address;
        {
            const EchoServer server;
            address = server.address();
        }
        LoadSpec spec = shortLoad(200, 200ms);
        spec.styles = {styleTo("a", address)};
        const Measurements measured = runOne(spec);
        QCOMPARE(measured.outcomeCounts.at(Outcome::NotConnected),
                 std::uint64_t{arrivalsOf(spec).size()});
        QCOMPARE(measured.connectionsOpened, std::uint64_t{0});
        QCOMPARE(measured.requestBytes, std::uint64_t{0});
    }

    void noDoorNothingSent()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(500, 200ms);
        spec.styles = {styleTo("a", server.address()), styleTo("b", "")};
        spec.styles[1].destinations[0][0].hasDoor = false;
        const auto result = runLoad(spec, never);
        const std::uint64_t sent = arrivalsOf(spec).size();
        QCOMPARE(result->styles[0].statusCounts.at(200), sent);
        QCOMPARE(result->styles[1].outcomeCounts.at(Outcome::NoDoor), sent);
        QCOMPARE(result->styles[1].offered, sent);
        QCOMPARE(server.heads().size(), std::size_t{sent});
    }

    void silenceIsTimedOutForWhoIsServedAndWhoWaits()
    {
        std::mutex mutex;
        std::condition_variable isOver;
        bool mayAnswer = false;
        const EchoServer server([&](const std::string&) {
            std::unique_lock lock(mutex);
            isOver.wait(lock, [&] { return mayAnswer; });
            return EchoReply{};
        });
        LoadSpec spec = shortLoad(100, 100ms);
        spec.patience = 100ms;
        spec.connectionsPerDestinationMax = 2;
        spec.styles = {styleTo("a", server.address())};
        const Measurements measured = runOne(spec);
        {
            const std::lock_guard lock(mutex);
            mayAnswer = true;
        }
        isOver.notify_all();
        QCOMPARE(measured.outcomeCounts.at(Outcome::TimedOut),
                 std::uint64_t{arrivalsOf(spec).size()});
    }

    void stoppedWithWhatWasMeasuredSoFar()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(200, std::chrono::hours(1));
        spec.slice = std::chrono::minutes(10);
        spec.styles = {styleTo("a", server.address()), styleTo("b", server.address())};
        std::atomic<bool> stop = false;
        const auto result = runLoad(spec, stop, [&](double share, const std::string& style) {
            QVERIFY(share >= 0.0 && share < 0.1);
            QCOMPARE(style, std::string("a"));
            stop = server.heads().size() >= 20;
        });
        QVERIFY(result.has_value());
        QVERIFY(result->wasInterrupted);
        QVERIFY(result->styles[0].statusCounts.at(200) >= 19); // the last one may be under way
        QVERIFY(result->styles[0].offered <= server.heads().size());
        QVERIFY(result->styles[0].measured > Duration::zero());
        QVERIFY(result->styles[0].measured < Duration(std::chrono::minutes(10)));
        QCOMPARE(result->styles[1].offered, std::uint64_t{0});
        QCOMPARE(result->styles[1].measured, Duration::zero());
    }

    void progressRises()
    {
        const EchoServer server;
        LoadSpec spec = shortLoad(50, 400ms);
        spec.styles = {styleTo("a", server.address()), styleTo("b", server.address())};
        std::vector<double> shares;
        const auto caller = std::this_thread::get_id();
        QVERIFY(runLoad(spec, never, [&](double share, const std::string&) {
                    QCOMPARE(std::this_thread::get_id(), caller);
                    shares.push_back(share);
                }).has_value());
        QVERIFY(!shares.empty());
        QVERIFY(std::is_sorted(shares.begin(), shares.end()));
        QVERIFY(shares.front() >= 0.0 && shares.back() <= 1.0);
    }

    void moreThanCanBeHeldIsRefused()
    {
        LoadSpec spec = shortLoad(100'000, std::chrono::hours(1));
        spec.styles = {styleTo("a", "127.0.0.1:1")};
        const auto result = runLoad(spec, never);
        QVERIFY(result.has_error());
        QCOMPARE(result.error().kind(), lab::ErrorKind::WrongUse);
        QVERIFY(result.error().message().starts_with(
            "the traffic comes to 360000000 requests a style, more than 20000000"));
    }

private:
    static EchoReply closing(const std::string&)
    {
        return {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", true, false};
    }
};

LAB_TEST(LoadRunTest)
#include "tst_load_run.moc"
