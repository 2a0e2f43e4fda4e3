#include "support/test_main.hpp"

#include "balancing/client_affinity.hpp"
#include "base/random.hpp"

#include <map>

using namespace lab;
using lab::balancing::ClientAffinity;

namespace {

Instant at(int seconds)
{
    return Instant(std::chrono::seconds(seconds));
}

constexpr Duration threeHours = std::chrono::seconds(10'800);

} // namespace

/// What kube-proxy remembers of a client for sessionAffinity: ClientIP.
class ClientAffinityTest : public QObject {
    Q_OBJECT

private slots:
    void nobodyIsKnownAtFirst()
    {
        ClientAffinity affinity(threeHours);
        QCOMPARE(affinity.kept(7, at(0)), ClientAffinity::none);
    }

    void aClientKeepsItsEndpoint()
    {
        ClientAffinity affinity(threeHours);
        affinity.keep(7, 3, at(0));
        affinity.keep(8, 0, at(0));
        QCOMPARE(affinity.kept(7, at(1)), std::size_t{3});
        QCOMPARE(affinity.kept(8, at(1)), std::size_t{0});
        QCOMPARE(affinity.kept(9, at(1)), ClientAffinity::none);
    }

    void anotherChoiceReplacesTheFirst()
    {
        ClientAffinity affinity(threeHours);
        affinity.keep(7, 3, at(0));
        affinity.keep(7, ClientAffinity::endpointsMax - 1, at(5));
        QCOMPARE(affinity.kept(7, at(6)), ClientAffinity::endpointsMax - 1);
    }

    void itIsForgottenAfterTheTimeSinceItsLastUse()
    {
        ClientAffinity affinity(std::chrono::seconds(10));
        affinity.keep(7, 3, at(0));
        QCOMPARE(affinity.kept(7, at(9)), std::size_t{3});
        QCOMPARE(affinity.kept(7, at(19)), std::size_t{3}); // used at 9
        QCOMPARE(affinity.kept(7, at(30)), ClientAffinity::none);
    }

    void whoeverWasSeenTheLongestTimeAgoMakesRoom()
    {
        ClientAffinity affinity(threeHours);
        Random random(20261125);
        std::map<std::uint64_t, std::size_t> endpoints;
        for (int second = 0; second < 50'000; ++second) {
            const std::uint64_t client = random.below(std::uint64_t{1} << 62U) + 1;
            const std::size_t endpoint = random.below(100);
            affinity.keep(client, endpoint, at(second % 10'000));
            endpoints[client] = endpoint;
            QCOMPARE(affinity.kept(client, at(second % 10'000)), endpoint);
        }
        std::size_t known = 0;
        for (const auto& [client, endpoint] : endpoints) {
            const std::size_t kept = affinity.kept(client, at(10'000));
            QVERIFY(kept == ClientAffinity::none || kept == endpoint);
            known += kept == endpoint ? 1 : 0;
        }
        QVERIFY(known > ClientAffinity::clientsMax / 2);
        QVERIFY(known <= ClientAffinity::clientsMax);
    }
};

LAB_TEST(ClientAffinityTest)
#include "tst_client_affinity.moc"
