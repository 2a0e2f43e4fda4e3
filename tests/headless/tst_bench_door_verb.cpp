#include "support/test_main.hpp"

#include "headless/process_fixture.hpp"
#include "support/file_fixture.hpp"
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

    void sighupReadsItsRoutesAgain()
    {
        HeldPort port;
        const QByteArray number = QByteArray::number(port.number());
        port.release();
        lab::test::FileFixture files;
        files.file("routes.tsv", "a.test\t/\t127.0.0.1:1\n");
        qputenv("PORT", number);
        qputenv("ROUTES_TSV", QByteArray::fromStdString(files.path("routes.tsv")));
        ProgramProcess program({"bench-door"});
        const QString address = "127.0.0.1:" + QString::fromLatin1(number);
        QTRY_VERIFY_WITH_TIMEOUT(httpGet(address, "/", "a.test").startsWith("HTTP/1.1 502 "),
                                 ProgramProcess::waitMs);
        QVERIFY(httpGet(address, "/", "b.test").startsWith("HTTP/1.1 404 "));
        files.file("routes.tsv", "b.test\t/\t127.0.0.1:1\n");
        program.signal(SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(httpGet(address, "/", "b.test").startsWith("HTTP/1.1 502 "),
                                 ProgramProcess::waitMs);
        QVERIFY(httpGet(address, "/", "a.test").startsWith("HTTP/1.1 404 "));
        files.file("routes.tsv", "broken\n");
        program.signal(SIGHUP);
        QVERIFY(httpGet(address, "/", "b.test").startsWith("HTTP/1.1 502 "));
        program.signal(SIGTERM);
        QCOMPARE(program.wait(), 0);
        QVERIFY(program.err().contains("routes.tsv:1:1: "));
        qunsetenv("ROUTES_TSV");
    }
};

LAB_TEST(BenchDoorVerbTest)
#include "tst_bench_door_verb.moc"
