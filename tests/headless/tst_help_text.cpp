#include "support/test_main.hpp"

#include "headless/console_fixture.hpp"
#include "support/golden.hpp"

using namespace lab;

/// Help, to the byte; tests/golden/cli.
class HelpTextTest : public QObject {
    Q_OBJECT

private slots:
    void everyVerbExplainsItself_data()
    {
        QTest::addColumn<QString>("verb");
        for (const char* verb :
             {"", "run", "serve", "lint", "explain", "cost", "audit", "schema", "version"}) {
            QTest::newRow(*verb == '\0' ? "program" : verb) << verb;
        }
    }
    void everyVerbExplainsItself()
    {
        QFETCH(QString, verb);
        qunsetenv("GITHUB_ACTIONS");
        test::ConsoleFixture program;
        std::vector<std::string> words;
        if (!verb.isEmpty()) {
            words.push_back(verb.toStdString());
        }
        words.emplace_back("--help");
        QCOMPARE(program.run(words), 0);
        QVERIFY(program.err().isEmpty());
        for (const QString& line : program.out().split('\n')) {
            QVERIFY2(line.size() <= 100, qPrintable(line));
        }
        test::compareWithGolden(program.out().toStdString(),
                                QString("cli/help-%1.txt").arg(QTest::currentDataTag()));
    }

    void helpIsAVerbToo()
    {
        test::ConsoleFixture byVerb;
        test::ConsoleFixture byFlag;
        QCOMPARE(byVerb.run({"help", "run"}), 0);
        QCOMPARE(byFlag.run({"run", "--help"}), 0);
        QCOMPARE(byVerb.out(), byFlag.out());
    }
};

LAB_TEST(HelpTextTest)
#include "tst_help_text.moc"
