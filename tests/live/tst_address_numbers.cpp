#include "support/test_main.hpp"

#include "live/address_numbers.hpp"

#include <set>

using namespace lab::live;
using lab::plan::Style;

/// An address keeps its number as long as somebody holds it; styles share none.
class AddressNumbersTest : public QObject {
    Q_OBJECT

private slots:
    void oneAddressHasOneNumber()
    {
        AddressNumbers numbers;
        const auto first = numbers.numberOf(Style::Ingress, "127.0.0.1:80");
        const auto other = numbers.numberOf(Style::Ingress, "127.0.0.1:81");
        const auto again = numbers.numberOf(Style::Ingress, "127.0.0.1:80");
        const auto perService = numbers.numberOf(Style::PerService, "127.0.0.1:80");
        QCOMPARE(*first, *again);
        QVERIFY(*first != *other);
        QVERIFY(*first != *perService && *other != *perService);
    }

    void aNumberThatNobodyHoldsGoesToAnother()
    {
        AddressNumbers numbers;
        const auto kept = numbers.numberOf(Style::Ingress, "127.0.0.1:80");
        auto gone = numbers.numberOf(Style::Ingress, "127.0.0.1:81");
        const AddressId number = *gone;
        gone.reset();
        const auto next = numbers.numberOf(Style::Ingress, "127.0.0.1:82");
        QCOMPARE(*next, number);
        QVERIFY(*numbers.numberOf(Style::Ingress, "127.0.0.1:81") != number);
        QCOMPARE(*numbers.numberOf(Style::Ingress, "127.0.0.1:80"), *kept);
    }

    void numbersStayAsFewAsThereAreAddresses()
    {
        AddressNumbers numbers;
        std::set<std::size_t> seen;
        for (int i = 0; i < 100; ++i) {
            const auto one = numbers.numberOf(Style::Ingress, "127.0.0.1:" + std::to_string(i));
            seen.insert(one->index());
        }
        QCOMPARE(seen.size(), std::size_t{1});
    }

    void aNumberOutlivesItsBook()
    {
        AddressNumbers::Held held;
        {
            AddressNumbers numbers;
            held = numbers.numberOf(Style::Ingress, "127.0.0.1:80");
        }
        QCOMPARE(held->index(), std::size_t{0});
    }
};

LAB_TEST(AddressNumbersTest)
#include "tst_address_numbers.moc"
