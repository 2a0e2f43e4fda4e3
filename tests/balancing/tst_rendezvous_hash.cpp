#include "support/test_main.hpp"

#include "balancing/balancer.hpp"
#include "balancing/rendezvous_hash.hpp"

#include <array>
#include <string>
#include <vector>

using namespace lab::balancing;

/// A key has its endpoint, and only keys of a lost endpoint move.
class RendezvousHashTest : public QObject {
    Q_OBJECT

private slots:
    void keysSpreadEvenly()
    {
        std::array<int, 4> counts{};
        for (int i = 0; i < 4000; ++i) {
            ++counts[pickByHash(stableHash(std::to_string(i)), endpoints(), allUsable)];
        }
        for (const int count : counts) {
            QVERIFY(count > 850 && count < 1150);
        }
    }

    void onlyKeysOfALostEndpointMove()
    {
        const std::array<bool, 4> without{true, false, true, true};
        for (int i = 0; i < 1000; ++i) {
            const std::uint64_t key = stableHash(std::to_string(i));
            const std::size_t before = pickByHash(key, endpoints(), allUsable);
            const std::size_t after = pickByHash(key, endpoints(), without);
            QVERIFY(after != 1);
            QVERIFY(before == 1 || after == before);
        }
    }

    void noUsableEndpointMeansNone()
    {
        QCOMPARE(pickByHash(1, endpoints(), std::array<bool, 4>{}), Balancer::none);
        QCOMPARE(pickByHash(1, {}, {}), Balancer::none);
    }

    void theHashIsTheSameEverywhere()
    {
        QCOMPARE(stableHash("shop/cart-0:8080"), stableHash(std::string("shop/cart-0:8080")));
        QVERIFY(stableHash("a") != stableHash("b"));
    }

    void theFasterOfTwoIsChosen()
    {
        Balancer balancer(Policy::Ewma, 4, lab::Random(3));
        lab::Instant now;
        for (int i = 0; i < 20; ++i) {
            now = now + std::chrono::seconds(1);
            for (std::size_t endpoint = 0; endpoint < 4; ++endpoint) {
                balancer.answered(
                    endpoint, std::chrono::milliseconds(endpoint == 2 ? 500 : 5), now);
            }
        }
        for (int i = 0; i < 500; ++i) {
            QVERIFY(balancer.pick(allUsable) != 2);
        }
    }

private:
    static std::vector<std::uint64_t> endpoints()
    {
        return {stableHash("a"), stableHash("b"), stableHash("c"), stableHash("d")};
    }
    static constexpr std::array<bool, 4> allUsable{true, true, true, true};
};

LAB_TEST(RendezvousHashTest)
#include "tst_rendezvous_hash.moc"
