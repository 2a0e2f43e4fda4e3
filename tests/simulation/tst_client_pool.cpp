#include "support/test_main.hpp"

#include "simulation/client_pool.hpp"

using namespace lab;
using lab::simulation::ClientPool;
using namespace std::chrono_literals;

/// A browser's pool: own connections first, the last used first, never more than allowed.
class ClientPoolTest : public QObject {
    Q_OBJECT

private slots:
    void aConnectionServesItsOwnClientAgain()
    {
        ClientPool pool(10, 60s);
        const auto first = pool.take(1, Instant(0s));
        const auto second = pool.take(1, Instant(0s));
        QVERIFY(first->isNew && second->isNew);
        pool.setTarget(first->connection, 77);
        pool.giveBack(second->connection, Instant(1s));
        pool.giveBack(first->connection, Instant(2s));
        const auto again = pool.take(1, Instant(3s));
        QVERIFY(!again->isNew);
        QCOMPARE(again->connection, first->connection); // used last
        QCOMPARE(pool.target(again->connection), std::uint64_t{77});
        QVERIFY(pool.take(2, Instant(3s))->isNew); // another client's is not taken
        QCOMPARE(pool.openCount(), std::size_t{3});
    }

    void anIdleOneMakesRoomForAnotherClientTheOldestFirst()
    {
        ClientPool pool(3, 60s);
        const auto a = pool.take(0, Instant(0s));
        const auto b = pool.take(0, Instant(0s));
        const auto c = pool.take(1, Instant(0s));
        pool.giveBack(a->connection, Instant(1s));
        pool.giveBack(b->connection, Instant(2s));
        QVERIFY(pool.take(2, Instant(3s))->isNew); // in place of a's
        QCOMPARE(pool.take(0, Instant(3s))->connection, b->connection);
        QVERIFY(!pool.take(0, Instant(3s)).has_value()); // nobody is idle any more
        QCOMPARE(pool.openCount(), std::size_t{3});
        pool.close(c->connection);
        QVERIFY(pool.take(0, Instant(3s)).has_value());
    }

    void whoWasIdleForTooLongIsClosed()
    {
        ClientPool pool(3, 60s);
        const auto turn = pool.take(0, Instant(0s));
        pool.giveBack(turn->connection, Instant(1s));
        QVERIFY(!pool.take(0, Instant(61s))->isNew);
        pool.giveBack(turn->connection, Instant(61s));
        QVERIFY(pool.take(0, Instant(122s))->isNew);
        QCOMPARE(pool.openCount(), std::size_t{1});
    }

    void theLineIsFirstComeFirstServed()
    {
        ClientPool pool(1, 60s);
        for (std::uint32_t request = 0; request < 5000; ++request) {
            pool.wait(request);
        }
        for (std::uint32_t request = 0; request < 5000; ++request) {
            QVERIFY(pool.hasLine());
            QCOMPARE(pool.headOfLine(), request);
            pool.leaveLine();
        }
        QVERIFY(!pool.hasLine());
    }
};

LAB_TEST(ClientPoolTest)
#include "tst_client_pool.moc"
