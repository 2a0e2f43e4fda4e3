#include "support/test_main.hpp"

#include "live/plan_numbers.hpp"

using namespace lab::live;
using lab::Duration;
using lab::Instant;
using lab::measurement::DoorRecord;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<ServedPlan>
servedWith(std::uint8_t number, std::uint64_t generation, std::size_t routes = 0)
{
    auto plan = std::make_shared<lab::plan::FrontDoorPlan>();
    plan->doors.resize(1);
    plan->doors[0].routes.resize(routes);
    auto served = std::make_shared<ServedPlan>();
    served->plan = plan;
    served->number = number;
    served->generation = generation;
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
        const auto a = servedWith(*numbers.next(), 0);
        const auto b = servedWith(*numbers.next(), 0);
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
        auto first = servedWith(*numbers.next(), 0);
        const auto plan = first->plan;
        const std::uint8_t number = first->number;
        numbers.serve(first, at(0s), true);
        first.reset();
        for (std::size_t i = 0; i < PlanNumbers::plansKeptMax + 2; ++i) {
            QCOMPARE(numbers.planOf(recordOf(number, 1s)), plan);
            numbers.serve(servedWith(*numbers.next(), i + 1), at(2s), true);
        }
        QVERIFY(numbers.planOf(recordOf(number, 1s)) == nullptr);
    }

    void largePlansAreForgottenSooner()
    {
        PlanNumbers numbers;
        std::vector<std::shared_ptr<ServedPlan>> plans;
        for (std::uint64_t generation = 0; generation < 3; ++generation) {
            plans.push_back(servedWith(*numbers.next(), generation, PlanNumbers::routesKeptMax));
            numbers.serve(plans.back(), at(generation * 1s), true);
        }
        QVERIFY(numbers.planOf(recordOf(plans[0]->number, 500ms)) == nullptr);
        QCOMPARE(numbers.planOf(recordOf(plans[1]->number, 1500ms)), plans[1]->plan);
        QCOMPARE(numbers.planOf(recordOf(plans[2]->number, 3s)), plans[2]->plan);
    }

    void aNumberThatComesAgainDoesNotTakeOldRecords()
    {
        PlanNumbers numbers;
        std::shared_ptr<ServedPlan> last;
        for (int i = 0; i < 257; ++i) {
            last = servedWith(*numbers.next(), static_cast<std::uint64_t>(i));
            numbers.serve(last, at(i * 1s), true);
        }
        QCOMPARE(last->number, std::uint8_t{0});
        QVERIFY(numbers.planOf(recordOf(0, 500ms)) == nullptr);
        QCOMPARE(numbers.planOf(recordOf(0, 257s)), last->plan);
        QCOMPARE(numbers.planOf(recordOf(0, 255s, 2s)), last->plan); // its head came in between
    }

    void whoHoldsNumbersForLongIsKnown()
    {
        PlanNumbers numbers;
        std::vector<std::shared_ptr<ServedPlan>> held;
        for (std::uint64_t generation = 0; generation < 4; ++generation) {
            for (const bool isFirst : {true, false}) { // two styles
                held.push_back(servedWith(*numbers.next(), generation));
                numbers.serve(held.back(), at(generation * 10s), isFirst);
            }
        }
        using Generations = std::vector<std::uint64_t>;
        QCOMPARE(numbers.freeCount(), std::size_t{256 - 8});
        QCOMPARE(numbers.heldSince(at(40s), 0s), Generations({0, 1, 2})); // not the current one
        QCOMPARE(numbers.heldSince(at(40s), 20s), Generations({0, 1}));
        QCOMPARE(numbers.heldSince(at(40s), 1min), Generations());
        held[0].reset();
        QCOMPARE(numbers.heldSince(at(40s), 20s), Generations({0, 1}));
        held[1].reset();
        QCOMPARE(numbers.heldSince(at(40s), 20s), Generations({1}));
        QCOMPARE(numbers.freeCount(), std::size_t{256 - 6});
    }

    void aNumberInUseIsPassedOver()
    {
        PlanNumbers numbers;
        std::vector<std::shared_ptr<ServedPlan>> held;
        for (int i = 0; i < 256; ++i) {
            held.push_back(servedWith(*numbers.next(), 0));
            numbers.serve(held.back(), at(0s), true);
        }
        QVERIFY(!numbers.next().has_value());
        held[7].reset();
        QCOMPARE(*numbers.next(), std::uint8_t{7});
    }
};

LAB_TEST(PlanNumbersTest)
#include "tst_plan_numbers.moc"
