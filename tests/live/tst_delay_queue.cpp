#include "support/test_main.hpp"

#include "live/delay_queue.hpp"
#include "support/live_loop.hpp"

#include <vector>

using lab::Instant;
using lab::live::Task;
using lab::test::LiveLoop;
using namespace std::chrono_literals;

namespace {

/// Sleeps, then writes down its name.
Task<bool> sleepThenNote(LiveLoop& loop, Instant at, std::vector<int>& notes, int name)
{
    const bool wasInTime = co_await loop.worker.sleepUntil(at);
    notes.push_back(name);
    co_return wasInTime;
}

} // namespace

/// Sleepers wake in the order of their times, never early, and all of them when it is over.
class DelayQueueTest : public QObject {
    Q_OBJECT

private slots:
    void wakesInTheOrderOfTheTimes()
    {
        LiveLoop loop;
        std::vector<int> notes;
        const Instant now = loop.clock.now();
        const auto third = loop.start([&] { return sleepThenNote(loop, now + 9ms, notes, 3); });
        const auto first = loop.start([&] { return sleepThenNote(loop, now + 3ms, notes, 1); });
        const auto second = loop.start([&] { return sleepThenNote(loop, now + 6ms, notes, 2); });
        QVERIFY(notes.empty());
        QVERIFY(loop.finish(third));
        QCOMPARE(notes, (std::vector<int>{1, 2, 3}));
        QVERIFY(*first && *second && *third);
        QVERIFY(loop.clock.now() >= now + 9ms);
    }

    void neverWakesEarly()
    {
        LiveLoop loop;
        for (const auto delay : {0us, 1us, 300us, 1000us, 2500us}) {
            const Instant at = loop.clock.now() + delay;
            std::vector<int> notes;
            const auto woken = loop.start([&] { return sleepThenNote(loop, at, notes, 1); });
            QVERIFY(loop.finish(woken));
            QVERIFY(loop.clock.now() >= at);
        }
    }

    void aTimeThatIsPastWakesAtOnce()
    {
        LiveLoop loop;
        std::vector<int> notes;
        const auto woken = loop.start([&] { return sleepThenNote(loop, Instant(), notes, 1); });
        QVERIFY(loop.finish(woken));
        QVERIFY(*woken);
    }

    void oneMaySleepAgainWhenItWakes()
    {
        LiveLoop loop;
        const auto count = loop.start([&]() -> Task<int> {
            int naps = 0;
            while (naps < 50 && co_await loop.worker.sleepUntil(loop.clock.now() + 50us)) {
                ++naps;
            }
            co_return naps;
        });
        QVERIFY(loop.finish(count));
        QCOMPARE(*count, 50);
    }

    void cancellingWakesAllForGood()
    {
        LiveLoop loop;
        lab::live::DelayQueue queue(loop.worker.context(), loop.clock);
        std::vector<bool> wasInTime;
        const auto sleepTwice = [&]() -> Task<int> {
            wasInTime.push_back(co_await lab::live::DelayQueue::Delay(
                queue, loop.clock.now() + std::chrono::hours(1)));
            wasInTime.push_back(co_await lab::live::DelayQueue::Delay(
                queue, loop.clock.now() + std::chrono::hours(1)));
            co_return 0;
        };
        const auto first = loop.start(sleepTwice);
        const auto second = loop.start(sleepTwice);
        QVERIFY(!first.isThere() && !second.isThere());
        queue.cancel();
        QVERIFY(first.isThere() && second.isThere());
        QCOMPARE(wasInTime, (std::vector<bool>{false, false, false, false}));
    }
};

LAB_TEST(DelayQueueTest)
#include "tst_delay_queue.moc"
