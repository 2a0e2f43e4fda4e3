#include "support/test_main.hpp"

#include "live/retirement.hpp"
#include "support/live_loop.hpp"

using namespace lab::live;
using lab::test::eventually;
using namespace std::chrono_literals;

namespace {

/// Notes on which thread it is destroyed.
struct Noting {
    explicit Noting(std::atomic<std::thread::id>& into)
        : where(&into)
    {
    }
    Noting(Noting&& other) noexcept
        : where(std::exchange(other.where, nullptr))
    {
    }
    ~Noting()
    {
        if (where != nullptr) {
            *where = std::this_thread::get_id();
        }
    }
    std::atomic<std::thread::id>* where;
};

} // namespace

/// What nobody serves by any more is freed elsewhere, and what only it needed is closed then.
class RetirementTest : public QObject {
    Q_OBJECT

private slots:
    void beforeItsFirstTaskThingsAreFreedAtOnce()
    {
        const LiveClock clock;
        Retirement retirement(clock);
        std::atomic<std::thread::id> where{};
        retirement.share(Noting(where)).reset();
        QVERIFY(where.load() == std::this_thread::get_id());
    }

    void thenOnAThreadOfItsOwn()
    {
        const LiveClock clock;
        Retirement retirement(clock);
        retirement.after({{}, clock.now() + 1h, [] {}, [] {}});
        std::atomic<std::thread::id> where{};
        retirement.share(Noting(where)).reset();
        QVERIFY(eventually([&] { return where.load() != std::thread::id(); }));
        QVERIFY(where.load() != std::this_thread::get_id());
    }

    void closesWhenThePlansAreFree()
    {
        const LiveClock clock;
        Retirement retirement(clock);
        std::shared_ptr<const ServedPlan> plan = retirement.share(ServedPlan{});
        std::atomic<bool> isClosed = false;
        std::atomic<bool> isCut = false;
        retirement.after(
            {{plan}, clock.now() + 1h, [&] { isClosed = true; }, [&] { isCut = true; }});
        std::this_thread::yield();
        QVERIFY(!isClosed);
        plan.reset();
        QVERIFY(eventually([&] { return isClosed.load(); }));
        retirement.end();
        QVERIFY(!isCut);
    }

    void cutsWhenTheTimeIsOver()
    {
        const LiveClock clock;
        Retirement retirement(clock);
        const std::shared_ptr<const ServedPlan> held = retirement.share(ServedPlan{});
        std::string order;
        std::atomic<bool> isCut = false;
        retirement.after({{held},
                          clock.now() + 20ms,
                          [&] { order += "close "; },
                          [&] {
                              order += "cut";
                              isCut = true;
                          }});
        QVERIFY(eventually([&] { return isCut.load(); }));
        retirement.end();
        QCOMPARE(order, std::string("close cut"));
    }
};

LAB_TEST(RetirementTest)
#include "tst_retirement.moc"
