#include "support/test_main.hpp"

#include "headless/flags.hpp"

#include <CLI/CLI.hpp>

using namespace lab;
using headless::ColourChoice;
using headless::Format;

/// Flags that several verbs share.
class FlagsTest : public QObject {
    Q_OBJECT

private slots:
    void formatsAreWords_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("text") << static_cast<int>(Format::Text);
        QTest::newRow("json") << static_cast<int>(Format::Json);
        QTest::newRow("md") << static_cast<int>(Format::Markdown);
    }
    void formatsAreWords()
    {
        QFETCH(int, format);
        CLI::App app;
        Format chosen = Format::JUnit;
        headless::addOutputFlag(app, chosen);
        app.parse(std::string("-o ") + QTest::currentDataTag());
        QCOMPARE(static_cast<int>(chosen), format);
    }

    void coloursAreWords()
    {
        CLI::App app;
        ColourChoice chosen = ColourChoice::Auto;
        headless::addColourFlag(app, chosen);
        app.parse("--color never");
        QVERIFY(chosen == ColourChoice::Never);
        QVERIFY_EXCEPTION_THROWN(app.parse("--color blue"), CLI::ValidationError);
    }
};

LAB_TEST(FlagsTest)
#include "tst_flags.moc"
