#include "support/test_main.hpp"

#include "live/door_addresses.hpp"
#include "live/door_binding.hpp"
#include "support/plan_builder.hpp"

using namespace lab::live;
using lab::plan::Style;

namespace {

lab::plan::Door doorNamed(const std::string& name)
{
    lab::plan::Door door;
    door.name = name;
    return door;
}

std::string addressOf(DoorAddresses& addresses, const std::string& name)
{
    return addresses.addressFor(doorNamed(name), 80)->text();
}

ListenOptions onPort(std::uint16_t port, bool usesAddressPerDoor = true)
{
    ListenOptions options;
    options.httpPort = port;
    options.usesAddressPerDoor = usesAddressPerDoor;
    return options;
}

} // namespace

/// A door keeps its address, whichever others come and go.
class DoorAddressesTest : public QObject {
    Q_OBJECT

private slots:
    void aDoorKeepsItsAddressFromPlanToPlan()
    {
        DoorAddresses first(onPort(8080), nullptr);
        first.beginPlan(Style::PerService);
        QCOMPARE(addressOf(first, "a"), std::string("127.0.1.1:8080"));
        QCOMPARE(addressOf(first, "b"), std::string("127.0.1.2:8080"));
        DoorAddresses second(onPort(8080), &first);
        second.beginPlan(Style::PerService);
        QCOMPARE(addressOf(second, "new"), std::string("127.0.1.3:8080")); // "a" still has .1
        QCOMPARE(addressOf(second, "b"), std::string("127.0.1.2:8080"));
        second.settle();
        DoorAddresses third(onPort(8080), &second);
        third.beginPlan(Style::PerService);
        QCOMPARE(addressOf(third, "newer"), std::string("127.0.1.1:8080")); // free since
        QCOMPARE(addressOf(third, "b"), std::string("127.0.1.2:8080"));
    }

    void soDoItsPortsOnOneAddress()
    {
        DoorAddresses first(onPort(8080, false), nullptr);
        first.beginPlan(Style::PerService);
        QCOMPARE(addressOf(first, "a"), std::string("127.0.0.1:20001"));
        QCOMPARE(addressOf(first, "b"), std::string("127.0.0.1:20002"));
        DoorAddresses second(onPort(8080, false), &first);
        second.beginPlan(Style::PerService);
        QCOMPARE(addressOf(second, "b"), std::string("127.0.0.1:20002"));
        QCOMPARE(addressOf(second, "c"), std::string("127.0.0.1:20003"));
    }

    void aNameHasOneNumber()
    {
        NumberedNames names;
        QCOMPARE(names.numberOf("a", nullptr), std::size_t{0});
        QCOMPARE(names.numberOf("b", nullptr), std::size_t{1});
        QCOMPARE(names.numberOf("a", nullptr), std::size_t{0});
        NumberedNames next;
        QCOMPARE(next.numberOf("c", &names), std::size_t{2});
        QCOMPARE(next.numberOf("b", &names), std::size_t{1});
    }

    void whatIsBoundKeepsItsSocket()
    {
        lab::test::PlanBuilder builder(Style::PerService);
        builder.door("a");
        builder.door("b");
        DoorSockets first(ListenOptions{});
        const auto bound = first.bind(*builder.build());
        lab::test::PlanBuilder other(Style::PerService);
        other.door("new");
        other.door("b");
        DoorSockets second(ListenOptions{}, &first);
        const auto again = second.bind(*other.build());
        QVERIFY((*again)[0].fd.get() >= 0);
        QVERIFY((*again)[1].fd.get() < 0);
        QCOMPARE((*again)[1].address.text(), (*bound)[1].address.text());
        QCOMPARE((*again)[1].key, (*bound)[1].key);
        QVERIFY((*again)[0].key != (*bound)[0].key);
    }
};

LAB_TEST(DoorAddressesTest)
#include "tst_door_addresses.moc"
