#include "support/test_main.hpp"

#include "headless/console_fixture.hpp"
#include "headless/failure.hpp"

using namespace lab;

/// A failure on stderr: every finding, a sentence, a code.
class FailureTest : public QObject {
    Q_OBJECT

private slots:
    void aSentenceIsSaid()
    {
        test::ConsoleFixture fixture;
        const auto code =
            headless::reportFailure(fixture.console, Error(ErrorKind::Environment, "port taken"));
        QCOMPARE(static_cast<int>(code), 4);
        QCOMPARE(fixture.err(), "ingresslab: port taken\n");
    }

    void findingsAreListed()
    {
        test::ConsoleFixture fixture;
        const Place place{std::make_shared<const std::string>("a.yaml"), 1, 2};
        const Error error(Findings{{Severity::Unreadable, "x", place, "wrong", ""}});
        QCOMPARE(static_cast<int>(headless::reportFailure(fixture.console, error, true)), 3);
        QCOMPARE(fixture.err(),
                 "a.yaml:1:2: unreadable: wrong\n"
                 "ingresslab: nothing was started: 1 unreadable place\n"
                 "::error file=a.yaml,line=1,col=2::wrong\n");
    }
};

LAB_TEST(FailureTest)
#include "tst_failure.moc"
