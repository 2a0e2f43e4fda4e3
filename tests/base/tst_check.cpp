#include "support/test_main.hpp"

#include "base/check.hpp"

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Ending {
    int status = 0;
    QByteArray said; ///< On standard error.
};

/// Runs `act` in a process of its own, because it may be its last act.
Ending inAnotherProcess(const std::function<void()>& act)
{
    int pipeEnds[2] = {};
    if (pipe(pipeEnds) != 0) {
        return {};
    }
    const pid_t child = fork();
    if (child == 0) {
        const rlimit noCoreFile{0, 0};
        setrlimit(RLIMIT_CORE, &noCoreFile);
        std::signal(SIGABRT, SIG_DFL); // Qt Test's own handler would print a backtrace
        dup2(pipeEnds[1], STDERR_FILENO);
        act();
        _exit(0);
    }
    close(pipeEnds[1]);
    Ending ending;
    char bytes[512];
    for (ssize_t got = 0; (got = read(pipeEnds[0], bytes, sizeof bytes)) > 0;) {
        ending.said.append(bytes, got);
    }
    close(pipeEnds[0]);
    waitpid(child, &ending.status, 0);
    return ending;
}

} // namespace

class CheckTest : public QObject {
    Q_OBJECT

private slots:
    void aTrueBeliefCostsNothing();
    void aFalseBeliefSaysWhereAndAborts();
};

void CheckTest::aTrueBeliefCostsNothing()
{
    const Ending ending = inAnotherProcess([] { lab::check(true, "one is one"); });
    QVERIFY(WIFEXITED(ending.status));
    QCOMPARE(WEXITSTATUS(ending.status), 0);
    QCOMPARE(ending.said, QByteArray());
}

void CheckTest::aFalseBeliefSaysWhereAndAborts()
{
    const Ending ending = inAnotherProcess([] { lab::check(false, "a bound is above zero"); });
    QVERIFY(WIFSIGNALED(ending.status));
    QCOMPARE(WTERMSIG(ending.status), SIGABRT);
    QVERIFY2(ending.said.contains("tst_check.cpp:"), ending.said.constData());
    QVERIFY2(ending.said.contains("not true that a bound is above zero"), ending.said.constData());
}

LAB_TEST(CheckTest)
#include "tst_check.moc"
