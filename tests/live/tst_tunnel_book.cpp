#include "support/test_main.hpp"

#include "live/tunnel_book.hpp"

#include <memory>
#include <vector>

using lab::live::AddressId;
using lab::live::TunnelBook;

namespace {

/// A tunnel that ends when it is cut, and takes others along.
class Played final : public TunnelBook::Entry {
public:
    Played(TunnelBook& book, std::uint64_t generation)
        : Entry(book, {generation, AddressId(0)})
    {
    }

    int cuts = 0;
    std::vector<std::unique_ptr<Played>*> takesAlong;

private:
    void cut() override
    {
        ++cuts;
        for (std::unique_ptr<Played>* const other : takesAlong) {
            other->reset();
        }
    }
};

} // namespace

/// Those that are told are cut, once each, whatever that brings about.
class TunnelBookTest : public QObject {
    Q_OBJECT

private slots:
    void cutsThoseThatAreTold()
    {
        TunnelBook book;
        std::vector<std::unique_ptr<Played>> tunnels;
        for (std::uint64_t i = 0; i < 6; ++i) {
            tunnels.push_back(std::make_unique<Played>(book, i % 3));
        }
        tunnels[4].reset(); // of generation 1
        book.cutWhere([](const auto& place) { return place.generation == 1; });
        QCOMPARE(tunnels[1]->cuts, 1);
        for (const std::size_t other : {0U, 2U, 3U, 5U}) {
            QCOMPARE(tunnels[other]->cuts, 0);
        }
        book.cutWhere([](const auto& place) { return place.address.isValid(); });
        QCOMPARE(tunnels[1]->cuts, 2); // who does not end is still there
        QCOMPARE(tunnels[5]->cuts, 1);
    }

    void whoIsCutMayTakeOthersAlong()
    {
        TunnelBook book;
        std::vector<std::unique_ptr<Played>> tunnels;
        for (int i = 0; i < 5; ++i) {
            tunnels.push_back(std::make_unique<Played>(book, i == 3 ? 7U : 0U));
        }
        tunnels[0]->takesAlong = {&tunnels[1], &tunnels[3]};
        book.cutWhere([](const auto& place) { return place.generation == 0; });
        QVERIFY(!tunnels[1] && !tunnels[3]);
        QCOMPARE(tunnels[0]->cuts, 1);
        QCOMPARE(tunnels[2]->cuts, 1);
        QCOMPARE(tunnels[4]->cuts, 1);
    }

    void anEmptyBookIsNoTrouble()
    {
        TunnelBook book;
        int asked = 0;
        book.cutWhere([&](const auto&) { return ++asked > 0; });
        QCOMPARE(asked, 0);
    }
};

LAB_TEST(TunnelBookTest)
#include "tst_tunnel_book.moc"
