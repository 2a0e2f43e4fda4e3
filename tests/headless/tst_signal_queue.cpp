#include "support/test_main.hpp"

#include "headless/signal_queue.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

using lab::headless::SignalQueue;

/// Signals as data.
class SignalQueueTest : public QObject {
    Q_OBJECT

private slots:
    void signalsComeOneAfterTheOther()
    {
        const SignalQueue queue;
        ::raise(SIGTERM);
        ::raise(SIGHUP);
        const auto first = queue.next();
        const auto second = queue.next();
        QVERIFY(first && second);
        QCOMPARE(*first + *second, SIGTERM + SIGHUP); // the kernel chooses the order
    }

    void anotherDescriptorEndsTheWait()
    {
        const SignalQueue queue;
        const int done = ::eventfd(1, EFD_CLOEXEC);
        QVERIFY(!queue.next(done));
        ::raise(SIGINT);
        QVERIFY(queue.next(done) == SIGINT); // signals first
        ::close(done);
    }
};

LAB_TEST(SignalQueueTest)
#include "tst_signal_queue.moc"
