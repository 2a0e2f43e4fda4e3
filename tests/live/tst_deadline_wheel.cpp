#include "support/test_main.hpp"

#include "base/random.hpp"
#include "live/deadline_wheel.hpp"

#include <functional>
#include <map>
#include <memory>
#include <vector>

using lab::Duration;
using lab::Instant;
using lab::live::Deadline;
using lab::live::DeadlineWheel;
using namespace std::chrono_literals;

namespace {

constexpr Duration tick = DeadlineWheel::tick;

class Alarm final : public Deadline {
public:
    explicit Alarm(std::function<void()> onExpired = {})
        : onExpired_(std::move(onExpired))
    {
    }
    int count = 0;

private:
    void expired() override
    {
        ++count;
        if (onExpired_) {
            onExpired_();
        }
    }
    std::function<void()> onExpired_;
};

Instant at(Duration sinceStart)
{
    return Instant(sinceStart);
}

/// The first tick at or behind that time: the latest one at which a deadline must have fired.
Instant tickBehind(Instant time)
{
    return Instant((time.sinceStart() + tick - Duration(1)) / tick * tick);
}

/// Alarms beside the plain list of what is due when.
struct Model {
    struct Entry {
        Instant due;     ///< Never fires before it.
        Instant firesBy; ///< Has fired at this tick.
    };
    DeadlineWheel wheel{Instant()};
    std::vector<std::unique_ptr<Alarm>> alarms;
    std::map<std::size_t, Entry> armed;
    Instant now;

    explicit Model(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            alarms.push_back(nullptr);
            makeAlarm(i);
        }
    }

    void makeAlarm(std::size_t index)
    {
        alarms[index] = std::make_unique<Alarm>([this, index] {
            const auto found = armed.find(index);
            QVERIFY2(found != armed.end(), "an alarm that nobody set");
            QVERIFY2(found->second.due <= now, "an alarm before its time");
            armed.erase(found);
        });
    }

    void arm(std::size_t index, Instant due)
    {
        wheel.arm(*alarms[index], due);
        const Instant nextTick = Instant((now.sinceStart() / tick + 1) * tick);
        armed[index] = {due, std::max(tickBehind(due), nextTick)};
    }

    void advance(Duration step)
    {
        now = now + step;
        wheel.advance(now);
        for (const auto& [index, entry] : armed) {
            QVERIFY2(entry.firesBy > now, "an alarm that is overdue");
        }
    }
};

} // namespace

/// Deadlines fire once, never early, and within a tick, whatever was done to them before.
class DeadlineWheelTest : public QObject {
    Q_OBJECT

private slots:
    void firesNeitherEarlyNorLate_data()
    {
        QTest::addColumn<qint64>("dueUs");
        for (const qint64 us : {0, 1, 15'999, 16'000, 16'001, 31'999, 3'000'000, 65'535'999}) {
            QTest::addRow("%lld us", us) << us;
        }
        QTest::newRow("beyond one turn of the wheel") << qint64{200'000'000};
        QTest::newRow("ten minutes") << qint64{600'000'000};
    }
    void firesNeitherEarlyNorLate()
    {
        QFETCH(const qint64, dueUs);
        const Instant due = at(std::chrono::microseconds(dueUs));
        DeadlineWheel wheel{Instant()};
        Alarm alarm;
        wheel.arm(alarm, due);
        for (Instant now; now < std::max(tickBehind(due), at(tick)); now = now + tick) {
            wheel.advance(now);
            QCOMPARE(alarm.count, 0);
        }
        wheel.advance(std::max(tickBehind(due), at(tick)));
        QCOMPARE(alarm.count, 1);
        wheel.advance(due + 1h);
        QCOMPARE(alarm.count, 1);
    }

    void startsAtAnyTime()
    {
        const Instant start = at(12345s + 7ms);
        DeadlineWheel wheel(start);
        Alarm alarm;
        wheel.arm(alarm, start + 1s);
        wheel.advance(start + 999'999'999ns);
        QCOMPARE(alarm.count, 0);
        wheel.advance(start + 1s + tick);
        QCOMPARE(alarm.count, 1);
    }

    void aLaterTimeReplacesTheFirst()
    {
        DeadlineWheel wheel{Instant()};
        Alarm alarm;
        wheel.arm(alarm, at(1s));
        wheel.arm(alarm, at(5s));
        wheel.advance(at(4s));
        QCOMPARE(alarm.count, 0);
        wheel.advance(at(5s + tick));
        QCOMPARE(alarm.count, 1);
    }

    void anEarlierTimeReplacesTheFirst()
    {
        DeadlineWheel wheel{Instant()};
        Alarm alarm;
        wheel.arm(alarm, at(5s));
        wheel.arm(alarm, at(1s));
        wheel.advance(at(1s + tick));
        QCOMPARE(alarm.count, 1);
        wheel.advance(at(6s));
        QCOMPARE(alarm.count, 1);
    }

    void disarmedIsQuietUntilArmedAgain()
    {
        DeadlineWheel wheel{Instant()};
        Alarm alarm;
        wheel.arm(alarm, at(1s));
        DeadlineWheel::disarm(alarm);
        wheel.advance(at(2s));
        QCOMPARE(alarm.count, 0);
        wheel.arm(alarm, at(3s));
        wheel.advance(at(3s + tick));
        QCOMPARE(alarm.count, 1);
    }

    void aLongSleepLosesNothing()
    {
        DeadlineWheel wheel{Instant()};
        std::vector<std::unique_ptr<Alarm>> alarms;
        for (int i = 0; i < 1000; ++i) {
            alarms.push_back(std::make_unique<Alarm>());
            wheel.arm(*alarms.back(), at(i * 500ms));
        }
        wheel.advance(at(24h));
        for (const auto& alarm : alarms) {
            QCOMPARE(alarm->count, 1);
        }
    }

    void mayArmItselfWhileItFires()
    {
        DeadlineWheel wheel{Instant()};
        Instant next = at(1s);
        Alarm* self = nullptr;
        Alarm alarm([&] {
            next = next + 1s;
            wheel.arm(*self, next);
        });
        self = &alarm;
        wheel.arm(alarm, next);
        for (int second = 1; second <= 10; ++second) {
            wheel.advance(at(second * 1s + tick));
            QCOMPARE(alarm.count, second);
        }
    }

    void mayFreeOthersWhileItFires()
    {
        // All in one slot: the first to fire frees those behind it in the same list.
        DeadlineWheel wheel{Instant()};
        std::vector<std::unique_ptr<Alarm>> others;
        Alarm first([&] { others.clear(); });
        wheel.arm(first, at(1s));
        for (int i = 0; i < 10; ++i) {
            others.push_back(std::make_unique<Alarm>([] { QFAIL("freed, and still fired"); }));
            wheel.arm(*others.back(), at(1s));
        }
        wheel.advance(at(2s));
        QCOMPARE(first.count, 1);
        QVERIFY(others.empty());
    }

    void outlivesItsWheel()
    {
        Alarm alarm;
        {
            DeadlineWheel wheel{Instant()};
            wheel.arm(alarm, at(1s));
        }
        DeadlineWheel another{Instant()};
        another.arm(alarm, at(1s));
        another.advance(at(2s));
        QCOMPARE(alarm.count, 1);
    }

    void agreesWithAPlainList_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 20; ++seed) {
            QTest::addRow("seed %d", seed) << seed;
        }
    }
    void agreesWithAPlainList()
    {
        QFETCH(const int, seed);
        lab::Random random(static_cast<std::uint64_t>(seed));
        constexpr std::size_t count = 60;
        Model model(count);
        for (int step = 0; step < 4000 && !QTest::currentTestFailed(); ++step) {
            const auto index = static_cast<std::size_t>(random.below(count));
            switch (random.below(5)) {
            case 0:
                DeadlineWheel::disarm(*model.alarms[index]);
                model.armed.erase(index);
                break;
            case 1:
                model.armed.erase(index);
                model.makeAlarm(index);
                break;
            case 2: // now and then in the past, now and then beyond one turn of the wheel
                model.arm(index, at(Duration(random.below(200'000'000'000))));
                break;
            case 3:
                model.arm(index, model.now + Duration(random.below(3'000'000'000)));
                break;
            default:
                model.advance(random.below(50) == 0 ? Duration(random.below(90'000'000'000))
                                                    : Duration(random.below(40'000'000)));
            }
        }
        model.advance(400s);
        QVERIFY(model.armed.empty());
    }
};

LAB_TEST(DeadlineWheelTest)
#include "tst_deadline_wheel.moc"
