#include "support/test_main.hpp"

#include "base/random.hpp"
#include "simulation/event_queue.hpp"

#include <algorithm>
#include <array>

using namespace lab;
using lab::simulation::Event;
using lab::simulation::EventQueue;
using namespace std::chrono_literals;

/// A total order, whichever way an event got in.
class EventQueueTest : public QObject {
    Q_OBJECT

private slots:
    void eventsComeInOrderOfTimeAndAtOneInstantInOrderOfTheirComing()
    {
        Random random(9);
        EventQueue queue;
        const std::array delays{Duration(0), Duration(3), Duration(7)};
        std::array<EventQueue::LaneId, 3> lanes{};
        std::ranges::transform(delays, lanes.begin(), [&](Duration d) { return queue.lane(d); });
        Instant now;
        Event last;
        std::uint32_t next = 0;
        std::uint64_t sum = 0;
        for (int turn = 0; turn < 200'000; ++turn) {
            const std::uint64_t choice = random.below(4);
            if (queue.size() < 500 && (choice < 3 || queue.isEmpty())) {
                if (choice < 3 && random.below(2) == 0) {
                    queue.pushInLane(lanes[choice], now, 1, next++, 0);
                } else {
                    queue.push(now + Duration(random.below(20)), 2, next++);
                }
            } else {
                const Instant promised = queue.nextAt();
                const Event event = queue.take();
                QVERIFY(event.at == promised && event.at >= now);
                QVERIFY(event.at > last.at || (event.at == last.at && event.order > last.order) ||
                        turn == 0 || last.order == 0);
                now = event.at;
                last = event;
                sum += event.subject;
            }
        }
        while (!queue.isEmpty()) {
            const Event event = queue.take();
            QVERIFY(event.at > last.at || event.order > last.order);
            last = event;
            sum += event.subject;
        }
        QCOMPARE(sum, std::uint64_t{next} * (next - 1) / 2); // each came out once
    }

    void anEventKeepsWhatItWasGiven()
    {
        EventQueue queue;
        queue.push(Instant(5ms), 255, 17, 18);
        queue.pushInLane(queue.lane(1ms), Instant(2ms), 3, 4, 5);
        QCOMPARE(queue.size(), std::size_t{2});
        const Event first = queue.take();
        QVERIFY(first.at == Instant(3ms) && first.kind() == 3);
        QVERIFY(first.subject == 4 && first.ticket == 5);
        const Event second = queue.take();
        QVERIFY(second.at == Instant(5ms) && second.kind() == 255);
        QVERIFY(second.subject == 17 && second.ticket == 18);
        QVERIFY(queue.isEmpty() && !queue.isFull());
    }

    void oneDelayHasOneLaneUntilAllAreTaken()
    {
        EventQueue queue;
        QCOMPARE(queue.lane(1ms), queue.lane(1ms));
        for (int i = 2; i <= static_cast<int>(EventQueue::lanesMax); ++i) {
            QVERIFY(queue.lane(Duration(i)) != EventQueue::noLane);
        }
        QCOMPARE(queue.lane(1s), EventQueue::noLane);
        QVERIFY(queue.lane(1ms) != EventQueue::noLane);
    }
};

LAB_TEST(EventQueueTest)
#include "tst_event_queue.moc"
