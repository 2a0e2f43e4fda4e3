#include "support/test_main.hpp"

#include "live/plan_numbers.hpp"

using namespace lab::live;
using lab::Duration;
using lab::Instant;
using lab::measurement::DoorRecord;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<ServedPlan> servedWith(std::uint8_t number, std::size_t routes = 0)
{
    auto plan = std::make_shared<lab::plan::FrontDoorPlan>();
    plan->doors.resize(1);
    plan->doors[0].routes.resize(routes);
    auto served = std::make_shared<ServedPlan>();
    served->plan = plan;
    served->number = number;
    return served;
}

DoorRecord recordOf(std::uint8_t number, Duration began, Duration total = 1ms)
{
    DoorRecord record;
    record.beganNs = began.count();
    record.totalTicks = lab::measurement::ticksOf(total);
    record.doorAndPlan = {0, number};
    return record;
}

Instant at(Duration since)
{
    return Instant(since);
}

} // namespace

/// A record's number names its own plan or none.
class PlanNumbersTest : public QObject {
    Q_OBJECT

private slots:
    void aPlanIsKnownByItsNumber()
    {
        PlanNumbers numbers;
        const auto a = servedWith(*numbers.next());
        const auto b = servedWith(*numbers.next());
        numbers.serve(a, at(0s), true);
        numbers.serve(b, at(0s), false);
        QVERIFY(a->number != b->number);
        QCOMPARE(numbers.planOf(recordOf(a->number, 1s)), a->plan);
        QCOMPARE(numbers.planOf(recordOf(b->number, 1s)), b->plan);
        QVERIFY(numbers.planOf(recordOf(77, 1s)) == nullptr);
    }

    void anOldPlanStaysKnownForAWhile()
    {
        PlanNumbers numbers;
        auto first = servedWith(*numbers.next());
        const auto plan = first->plan;
        const std::uint8_t number = first->number;
        numbers.serve(first, at(0s), true);
        first.reset();
        for (std::size_t i = 0; i < PlanNumbers::plansKeptMax + 1; ++i) {
            QCOMPARE(numbers.planOf(recordOf(number, 1s)), plan);
            numbers.serve(servedWith(*numbers.next()), at(2s), true);
        }
        QVERIFY(numbers.planOf(recordOf(number, 1s)) == nullptr);
    }

    void largePlansAreForgottenSooner()
    {
        PlanNumbers numbers;
        const auto first = servedWith(*numbers.next(), PlanNumbers::routesKeptMax);
        numbers.serve(first, at(0s), true);
        QCOMPARE(numbers.planOf(recordOf(first->number, 1s)), first->plan);
        const auto second = servedWith(*numbers.next(), PlanNumbers::routesKeptMax);
        numbers.serve(second, at(2s), true);
        QVERIFY(numbers.planOf(recordOf(first->number, 1s)) == nullptr);
        QCOMPARE(numbers.planOf(recordOf(second->number, 3s)), second->plan);
    }

    void aNumberThatComesAgainDoesNotTakeOldRecords()
    {
        PlanNumbers numbers;
        std::shared_ptr<ServedPlan> last;
        for (int i = 0; i < 257; ++i) {
            last = servedWith(*numbers.next());
            numbers.serve(last, at(i * 1s), true);
        }
        QCOMPARE(last->number, std::uint8_t{0});
        QVERIFY(numbers.planOf(recordOf(0, 500ms)) == nullptr);
        QCOMPARE(numbers.planOf(recordOf(0, 257s)), last->plan);
        QCOMPARE(numbers.planOf(recordOf(0, 255s, 2s)), last->plan); // its head came in between
    }

    void aNumberInUseIsPassedOver()
    {
        PlanNumbers numbers;
        std::vector<std::shared_ptr<ServedPlan>> held;
        for (int i = 0; i < 256; ++i) {
            held.push_back(servedWith(*numbers.next()));
            numbers.serve(held.back(), at(0s), true);
        }
        QVERIFY(!numbers.next().has_value());
        held[7].reset();
        QCOMPARE(*numbers.next(), std::uint8_t{7});
    }
};

LAB_TEST(PlanNumbersTest)
#include "tst_plan_numbers.moc"
