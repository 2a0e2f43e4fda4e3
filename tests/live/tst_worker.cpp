#include "support/test_main.hpp"

#include "live/socket_stream.hpp"
#include "live/task.hpp"
#include "live/worker.hpp"
#include "support/socket_pair.hpp"

#include <atomic>
#include <csignal>
#include <thread>

using namespace lab::live;
using lab::test::eventually;
using lab::test::SocketPair;
using namespace std::chrono_literals;

namespace {

/// A session that reads until it is let go, then says how that was.
Detached readUntilOver(Worker& worker, int fd, bool isIdle, std::atomic<int>& outcome)
{
    const Worker::SessionMark mark(worker);
    SocketStream stream(worker.reactor(), worker.wheel(), fd);
    stream.setIdle(isIdle);
    std::array<char, 16> into{};
    Io io = co_await stream.read(into);
    while (io.isDone()) {
        io = co_await stream.read(into);
    }
    outcome = static_cast<int>(io.state);
}

Detached sleepUntilOver(Worker& worker, std::atomic<int>& wasInTime)
{
    const Worker::SessionMark mark(worker);
    wasInTime = co_await worker.sleepUntil(worker.now() + 1h) ? 1 : 0;
}

} // namespace

/// A worker does what it is told on its own thread, and lets everything go when it ends.
class WorkerTest : public QObject {
    Q_OBJECT

private slots:
    void runsPostsInOrderOnItsThread()
    {
        LiveClock clock;
        Worker worker(clock, "test-worker");
        worker.start();
        std::vector<int> order;
        std::thread::id thread;
        for (int i = 0; i < 100; ++i) {
            worker.post([&order, i] { order.push_back(i); });
        }
        worker.postAndWait([&] { thread = std::this_thread::get_id(); });
        QCOMPARE(order.size(), std::size_t{100});
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QVERIFY(thread != std::this_thread::get_id());
    }

    void postsFromManyThreadsAllRun()
    {
        LiveClock clock;
        Worker worker(clock, "test-worker");
        worker.start();
        int sum = 0; // touched on the worker's thread only
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int k = 0; k < 500; ++k) {
                    worker.post([&] { ++sum; });
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        int seen = 0;
        worker.postAndWait([&] { seen = sum; });
        QCOMPARE(seen, 2000);
    }

    void itsTimeGoesOn()
    {
        LiveClock clock;
        Worker worker(clock, "test-worker");
        worker.start();
        lab::Instant last;
        QVERIFY(eventually([&] {
            lab::Instant now;
            worker.postAndWait([&] { now = worker.now(); });
            const bool isForward = now >= last;
            last = now;
            return !isForward || now.sinceStart() > 40ms;
        }));
        QVERIFY(last <= clock.now());
    }

    void everySecondIsCalled()
    {
        LiveClock clock;
        Worker worker(clock, "test-worker");
        std::atomic<int> calls = 0;
        worker.everySecond([&] { ++calls; });
        worker.start();
        QVERIFY(eventually([&] { return calls > 0; }));
        QVERIFY(clock.now().sinceStart() >= 1s);
    }

    void stoppingLetsEverybodyGo()
    {
        LiveClock clock;
        SocketPair pair;
        std::atomic<int> readOutcome = -1;
        std::atomic<int> sleepOutcome = -1;
        Worker worker(clock, "test-worker");
        worker.start();
        worker.postAndWait([&] {
            readUntilOver(worker, pair.fd, false, readOutcome);
            sleepUntilOver(worker, sleepOutcome);
        });
        QCOMPARE(worker.sessionCount(), std::size_t{2});
        worker.stop();
        QCOMPARE(worker.sessionCount(), std::size_t{0});
        QCOMPARE(readOutcome.load(), static_cast<int>(Io::State::Cancelled));
        QCOMPARE(sleepOutcome.load(), 0);
        worker.stop(); // again: nothing happens
    }

    void drainingEndsTheIdleOnly()
    {
        LiveClock clock;
        SocketPair idle;
        SocketPair busy;
        std::atomic<int> idleOutcome = -1;
        std::atomic<int> busyOutcome = -1;
        Worker worker(clock, "test-worker");
        worker.start();
        worker.postAndWait([&] {
            readUntilOver(worker, idle.fd, true, idleOutcome);
            readUntilOver(worker, busy.fd, false, busyOutcome);
        });
        worker.postAndWait([&] { worker.drain(); });
        QCOMPARE(idleOutcome.load(), static_cast<int>(Io::State::Cancelled));
        QCOMPARE(busyOutcome.load(), -1);
        QCOMPARE(worker.sessionCount(), std::size_t{1});
        bool isDraining = false;
        worker.postAndWait([&] { isDraining = worker.isDraining() && !worker.isStopping(); });
        QVERIFY(isDraining);
        busy.peer.finishSending(); // what is under way comes to its own end
        QVERIFY(eventually([&] { return worker.sessionCount() == 0; }));
        QCOMPARE(busyOutcome.load(), static_cast<int>(Io::State::End));
    }

    void aWorkerThatNeverStartedEndsToo()
    {
        LiveClock clock;
        Worker worker(clock, "test-worker");
        worker.stop();
    }

    void aWriteToAClosedPipeDoesNotEndTheProgram()
    {
        // OpenSSL writes with write(2): on a worker's thread SIGPIPE must not be deadly.
        LiveClock clock;
        Worker worker(clock, "test-worker");
        worker.start();
        int error = 0;
        worker.postAndWait([&] {
            int ends[2];
            if (::pipe(ends) == 0) {
                ::close(ends[0]);
                error = ::write(ends[1], "x", 1) < 0 ? errno : 0;
                ::close(ends[1]);
            }
        });
        QCOMPARE(error, EPIPE);
    }

    void deadlinesFireWithoutAnyEvent()
    {
        LiveClock clock;
        SocketPair pair;
        std::atomic<int> outcome = -1;
        Worker worker(clock, "test-worker");
        worker.start();
        worker.postAndWait([&] {
            [](Worker& own, int fd, std::atomic<int>& result) -> Detached {
                SocketStream stream(own.reactor(), own.wheel(), fd);
                stream.expireAt(own.now() + 20ms);
                std::array<char, 16> into{};
                const Io io = co_await stream.read(into);
                result = static_cast<int>(io.state);
            }(worker, pair.fd, outcome);
        });
        QVERIFY(eventually([&] { return outcome >= 0; }));
        QCOMPARE(outcome.load(), static_cast<int>(Io::State::Expired));
        QVERIFY(clock.now().sinceStart() >= 20ms);
    }
};

LAB_TEST(WorkerTest)
#include "tst_worker.moc"
