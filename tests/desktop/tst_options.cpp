#include "support/test_main.hpp"

#include "desktop/options.hpp"

using namespace lab::desktop;

/// Arguments are read as the help says, and mistakes are named.
class OptionsTest : public QObject {
    Q_OBJECT

private slots:
    void aPictureIsDescribedByItsFlags()
    {
        const ReadOptions read = readOptions({"--screenshot",
                                              "a.png",
                                              "--open=shop",
                                              "--at",
                                              "1.5s",
                                              "--theme",
                                              "light",
                                              "--size",
                                              "1280x720",
                                              "--scale",
                                              "2",
                                              "--page",
                                              "scenarios"});
        QCOMPARE(read.mistake, QString());
        QCOMPARE(read.options.screenshot, QString("a.png"));
        QCOMPARE(read.options.scenario, QString("shop"));
        QCOMPARE(read.options.at, 1.5);
        QCOMPARE(read.options.isDark, std::optional(false));
        QCOMPARE(read.options.size, QSize(1280, 720));
        QCOMPARE(read.options.scale, 2.0);
    }

    void aBareWordIsAScenario()
    {
        QCOMPARE(readOptions({"shop"}).options.scenario, QString("shop"));
        QVERIFY(!readOptions({"shop", "other"}).mistake.isEmpty());
        QVERIFY(readOptions({"--help"}).asksHelp);
        QVERIFY(readOptions({"--version"}).asksVersion);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("word");
        QTest::newRow("moment") << QStringList{"--at", "soon"} << "soon";
        QTest::newRow("before the start") << QStringList{"--at", "-1s"} << "-1s";
        QTest::newRow("page") << QStringList{"--page", "nowhere"} << "scenarios";
        QTest::newRow("theme") << QStringList{"--theme", "pink"} << "pink";
        QTest::newRow("size") << QStringList{"--size", "12x12"} << "640x480";
        QTest::newRow("scale") << QStringList{"--scale", "9"} << "0.5 to 4";
        QTest::newRow("unknown") << QStringList{"--fast", "1"} << "--fast";
        QTest::newRow("no value") << QStringList{"--open"} << "--open";
    }

    void mistakesAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, word);
        const ReadOptions read = readOptions(arguments);
        QVERIFY2(read.mistake.contains(word), qPrintable(read.mistake));
    }

    void momentsHaveUnits()
    {
        QCOMPARE(readOptions({"--at", "250ms"}).options.at, 0.25);
        QCOMPARE(readOptions({"--at", "2m"}).options.at, 120.0);
        QCOMPARE(readOptions({"--at", "7"}).options.at, 7.0);
    }

    void helpNamesEveryFlagThatIsTaken()
    {
        for (const char* flag :
             {"--open", "--screenshot", "--at", "--page", "--theme", "--size", "--scale"}) {
            QVERIFY2(helpText().contains(flag), flag);
        }
    }
};

LAB_TEST(OptionsTest)
#include "tst_options.moc"
