#include "support/test_main.hpp"

#include "base/random.hpp"
#include "limiting/client_limiter.hpp"

#include <map>
#include <thread>
#include <vector>

using lab::Duration;
using lab::Instant;
using lab::Random;
using namespace lab::limiting;

/// A bucket for each client, in bounded memory.
class ClientLimiterTest : public QObject {
    Q_OBJECT

private slots:
    void everyClientHasABucketOfItsOwn()
    {
        ClientLimiter limiter({1.0, 6.0});
        for (const char* client : {"127.0.0.11", "127.0.0.12"}) {
            int admitted = 0;
            for (int i = 0; i < 10; ++i) {
                admitted +=
                    limiter.admit(clientHash(client), Instant()) == Duration::zero() ? 1 : 0;
            }
            QCOMPARE(admitted, 6);
        }
    }

    void itEqualsABucketAClientOverRandomCalls()
    {
        Random random(5);
        const BucketPolicy policy{10.0, 3.0};
        ClientLimiter limiter(policy);
        std::map<std::uint64_t, TokenBucket> buckets;
        Instant now;
        for (int call = 0; call < 50'000; ++call) {
            now = now + random.exponential(std::chrono::milliseconds(1));
            const std::uint64_t client = clientHash(std::to_string(random.below(100)));
            TokenBucket& bucket = buckets.try_emplace(client, policy).first->second;
            QCOMPARE(limiter.admit(client, now), bucket.admit(now));
        }
    }

    void moreClientsThanPlacesStillPassOnce()
    {
        ClientLimiter limiter({1.0, 1.0});
        for (std::size_t i = 0; i < 4 * ClientLimiter::clientsMax; ++i) {
            QCOMPARE(limiter.admit(clientHash(std::to_string(i)), Instant()), Duration::zero());
        }
    }

    void requestsUnderWayAreCounted()
    {
        ConnectionLimiter limiter(2);
        const std::uint64_t client = clientHash("127.0.0.1");
        QVERIFY(limiter.begin(client));
        QVERIFY(limiter.begin(client));
        QVERIFY(!limiter.begin(client));
        QVERIFY(limiter.begin(clientHash("127.0.0.2")));
        limiter.end(client);
        QVERIFY(limiter.begin(client));
    }

    void moreClientsUnderWayThanPlacesAreNotLimited()
    {
        ConnectionLimiter limiter(1);
        constexpr std::uint64_t clients = 2 * ConnectionLimiter::clientsMax;
        const auto hashOf = [](std::uint64_t i) { return clientHash(std::to_string(i)); };
        for (std::uint64_t round = 0; round < 3; ++round) { // new ones each time
            const std::uint64_t from = round * clients;
            std::uint64_t limited = 0;
            for (std::uint64_t i = from; i < from + clients; ++i) {
                QVERIFY(limiter.begin(hashOf(i)));
                limited += limiter.mayBegin(hashOf(i)) ? 0U : 1U;
            }
            QVERIFY(limited > ConnectionLimiter::clientsMax / 2); // who has a place
            QVERIFY(limited <= ConnectionLimiter::clientsMax);
            for (std::uint64_t i = from; i < from + clients; ++i) {
                limiter.end(hashOf(i));
                QCOMPARE(limiter.underWay(hashOf(i)), 0);
            }
        }
    }

    void askingTakesNothing()
    {
        ClientLimiter limiter({1.0, 2.0});
        const Instant now;
        QCOMPARE(limiter.level(7, now), 2.0);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(limiter.waitFor(7, now), Duration::zero());
            QCOMPARE(limiter.admit(7, now), Duration::zero());
        }
        QCOMPARE(limiter.level(7, now), 0.0);
        QCOMPARE(limiter.waitFor(7, now), limiter.admit(7, now));
        QCOMPARE(limiter.waitFor(8, now), Duration::zero());

        ConnectionLimiter underWay(1);
        QVERIFY(underWay.mayBegin(7));
        QVERIFY(underWay.begin(7));
        QVERIFY(!underWay.mayBegin(7));
        QCOMPARE(underWay.underWay(7), 1);
        QCOMPARE(underWay.underWay(8), 0);
        underWay.end(7);
        QVERIFY(underWay.mayBegin(7));
    }

    void threadsNeverGoOverTheLimit()
    {
        ConnectionLimiter limiter(3);
        std::atomic<int> underWay{0};
        std::atomic<int> most{0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 4; ++t) {
                threads.emplace_back([&] {
                    for (int i = 0; i < 5'000; ++i) {
                        if (limiter.begin(7)) {
                            const int now = ++underWay;
                            int seen = most.load();
                            while (now > seen && !most.compare_exchange_weak(seen, now)) {
                            }
                            --underWay;
                            limiter.end(7);
                        }
                    }
                });
            }
        }
        QVERIFY(most.load() >= 1 && most.load() <= 3);
        QCOMPARE(underWay.load(), 0);
    }

    void aTokenGivenBackCanBeTakenAgain()
    {
        lab::limiting::ClientLimiter limiter({1.0, 2.0});
        const auto client = lab::limiting::clientHash("127.0.0.1");
        const lab::Instant now{std::chrono::seconds(5)};
        const lab::Duration none{};
        QCOMPARE(limiter.admit(client, now), none);
        limiter.giveBack(client);
        QCOMPARE(limiter.admit(client, now), none);
        QCOMPARE(limiter.admit(client, now), none);
        QVERIFY(limiter.admit(client, now) > none);
        limiter.giveBack(client);
        QCOMPARE(limiter.admit(client, now), none);
    }
};

LAB_TEST(ClientLimiterTest)
#include "tst_client_limiter.moc"
