#include "support/test_main.hpp"

#include "live/tally_book.hpp"

using namespace lab::live;
using lab::plan::Style;

/// A door's counters go on, whoever its plan is.
class TallyBookTest : public QObject {
    Q_OBJECT

private slots:
    void addsUpTheWorkers()
    {
        TallyBook book(2);
        const auto tallies = book.open(Style::Ingress, "shop/cart", 0);
        QCOMPARE(tallies.size(), std::size_t{2});
        tallies[0]->requests.add(3);
        tallies[1]->requests.add(4);
        QCOMPARE(book.sum(Style::Ingress, "shop/cart").requests, std::uint64_t{7});
        QCOMPARE(book.sum(Style::PerService, "shop/cart").requests, std::uint64_t{0});
    }

    void aDoorThatComesBackGoesOn()
    {
        TallyBook book(1);
        book.open(Style::Ingress, "a", 0)[0]->requests.add(5);
        book.forgetLongGone(1);
        QCOMPARE(book.open(Style::Ingress, "a", 2)[0]->requests.value(), std::uint64_t{5});
    }

    void theLongestGoneAreForgotten()
    {
        TallyBook book(1);
        book.open(Style::Ingress, "oldest", 0)[0]->requests.add();
        for (std::size_t i = 0; i < TallyBook::goneMax; ++i) {
            book.open(Style::Ingress, std::to_string(i), 1)[0]->requests.add();
        }
        book.forgetLongGone(2);
        QCOMPARE(book.sum(Style::Ingress, "oldest").requests, std::uint64_t{0});
        QCOMPARE(book.sum(Style::Ingress, "7").requests, std::uint64_t{1});
    }
};

LAB_TEST(TallyBookTest)
#include "tst_tally_book.moc"
