#include "support/test_main.hpp"

#include "headless/process_fixture.hpp"
#include "support/held_port.hpp"

using lab::test::HeldPort;
using lab::test::httpGet;
using lab::test::ProgramProcess;

/// `bench-door` as a process: what it wants, and that it serves until it is told to end.
class BenchDoorVerbTest : public QObject {
    Q_OBJECT

private slots:
    void withoutItsVariablesItSaysWhichOneIsMissing()
    {
        qunsetenv("PORT");
        qunsetenv("BACKEND_PORT");
        ProgramProcess program({"bench-door"});
        QCOMPARE(program.wait(), 2);
        QVERIFY(program.err().contains("PORT"));
    }

    void itServesUntilSigterm()
    {
        HeldPort port;
        const QByteArray number = QByteArray::number(port.number());
        port.release();
        qputenv("PORT", number);
        qputenv("BACKEND_PORT", "1"); // nobody is there: 502
        ProgramProcess program({"bench-door"});
        QByteArray answer;
        QTRY_VERIFY_WITH_TIMEOUT(
            (answer = httpGet("127.0.0.1:" + QString::fromLatin1(number), "/", "any.test"),
             answer.startsWith("HTTP/1.1 502 ")),
            ProgramProcess::waitMs);
        program.signal(SIGHUP);
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
    }
};

LAB_TEST(BenchDoorVerbTest)
#include "tst_bench_door_verb.moc"
