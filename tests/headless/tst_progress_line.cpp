#include "support/test_main.hpp"

#include "headless/console_fixture.hpp"
#include "headless/progress_line.hpp"

using namespace lab;

/// A line that comes and goes, on terminals only.
class ProgressLineTest : public QObject {
    Q_OBJECT

private slots:
    void elsewhereItIsSilent()
    {
        test::ConsoleFixture fixture;
        headless::ProgressLine line(fixture.console);
        line.show(0.5, "ingress");
        line.clear();
        QVERIFY(fixture.err().isEmpty());
    }

    void onATerminalItIsRewrittenAndTakenAway()
    {
        test::ConsoleFixture fixture;
        fixture.console.isErrTerminal = true;
        {
            headless::ProgressLine line(fixture.console);
            line.show(0.5, "ingress");
            QCOMPARE(fixture.err(), "\r\x1b[K============............ 50 %  ingress");
            line.show(7, "x");
            QVERIFY(fixture.err().endsWith("======================== 100 %  x"));
        }
        QVERIFY(fixture.err().endsWith("\r\x1b[K"));
    }
};

LAB_TEST(ProgressLineTest)
#include "tst_progress_line.moc"
