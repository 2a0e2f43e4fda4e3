#include "support/test_main.hpp"

#include "simulation/request_table.hpp"

using lab::EndpointId;
using lab::simulation::RequestTable;

/// Slots come back, tickets do not; the oldest is known.
class RequestTableTest : public QObject {
    Q_OBJECT

private slots:
    void theOldestUnderWayIsAtTheHead()
    {
        RequestTable table;
        const auto a = table.begin();
        const auto b = table.begin();
        const auto c = table.begin();
        QCOMPARE(table.oldest(), a);
        table.end(b);
        QCOMPARE(table.oldest(), a);
        table.end(a);
        QCOMPARE(table.oldest(), c);
        QCOMPARE(table.size(), std::size_t{1});
        table.end(c);
        QCOMPARE(table.oldest(), RequestTable::none);
        QVERIFY(!table.isFull());
    }

    void whoHasGivenUpIsNotTheOldestThoughStillUnderWay()
    {
        RequestTable table;
        const auto a = table.begin();
        const auto b = table.begin();
        table.unlink(a);
        table[a].isGone = true;
        QCOMPARE(table.oldest(), b);
        QCOMPARE(table.size(), std::size_t{2});
        table.end(a);
        QCOMPARE(table.oldest(), b);
    }

    void aSlotThatIsUsedAgainHasAnotherTicketAndNothingOfTheOld()
    {
        RequestTable table;
        const auto a = table.begin();
        const auto ticket = table[a].ticket;
        table[a].status = 502;
        table.failed(a).push_back(EndpointId(3));
        table.end(a);
        const auto again = table.begin();
        QCOMPARE(again, a);
        QVERIFY(table[again].ticket != ticket);
        QCOMPARE(table[again].status, std::uint16_t{0});
        QVERIFY(table.failed(again).empty());
    }
};

LAB_TEST(RequestTableTest)
#include "tst_request_table.moc"
