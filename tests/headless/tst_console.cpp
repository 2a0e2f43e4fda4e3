#include "support/test_main.hpp"

#include "headless/console_fixture.hpp"

using namespace lab;
using headless::ColourChoice;

/// Colour only where it is wanted.
class ConsoleTest : public QObject {
    Q_OBJECT

private slots:
    void colourFollowsTerminalEnvironmentAndFlag()
    {
        test::ConsoleFixture fixture;
        headless::Console& console = fixture.console;
        QVERIFY(!usesColour(console, ColourChoice::Auto)); // no terminal
        console.isOutTerminal = true;
        QVERIFY(usesColour(console, ColourChoice::Auto));
        QVERIFY(!usesColour(console, ColourChoice::Never));
        console.forbidsColour = true;
        QVERIFY(!usesColour(console, ColourChoice::Auto));
        QVERIFY(usesColour(console, ColourChoice::Always));
    }

    void theEnvironmentForbidsColour()
    {
        qputenv("NO_COLOR", "1");
        QVERIFY(headless::processConsole().forbidsColour);
        qunsetenv("NO_COLOR");
        qputenv("TERM", "dumb");
        QVERIFY(headless::processConsole().forbidsColour);
        qputenv("TERM", "xterm");
        QVERIFY(!headless::processConsole().forbidsColour);
    }

    void complaintsSayWhoSpeaks()
    {
        test::ConsoleFixture fixture;
        fixture.console.complain("no");
        QCOMPARE(fixture.err(), "ingresslab: no\n");
    }
};

LAB_TEST(ConsoleTest)
#include "tst_console.moc"
