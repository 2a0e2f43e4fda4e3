#include "support/test_main.hpp"

#include "yaml/syntax_message.hpp"

using lab::yaml::syntaxMessage;

/// yaml-cpp's errors in words that help.
class SyntaxMessageTest : public QObject {
    Q_OBJECT

private slots:
    void errorsAreTranslated_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("rest");
        QTest::addColumn<QString>("message");
        QTest::newRow("unknown token") << "unknown token"
                                       << "@x\n"
                                       << "a text cannot begin with \"@\"";
        QTest::newRow("a whole character") << "unknown token"
                                           << "é"
                                           << "a text cannot begin with \"é\"";
        QTest::newRow("alias") << "the referenced anchor is not defined"
                               << "*nope, a"
                               << "the alias \"nope\" names no anchor above it";
        QTest::newRow("alias at the end") << "the referenced anchor is not defined"
                                          << "*x"
                                          << "the alias \"x\" names no anchor above it";
        QTest::newRow("nothing there") << "the referenced anchor is not defined"
                                       << ""
                                       << "the alias \"\" names no anchor above it";
        QTest::newRow("flow") << "end of sequence flow not found"
                              << ""
                              << "the list that begins with [ is not closed";
        QTest::newRow("unheard of") << "something new"
                                    << ""
                                    << "not YAML (something new)";
    }

    void errorsAreTranslated()
    {
        QFETCH(QString, error);
        QFETCH(QString, rest);
        QFETCH(QString, message);
        const auto translated = syntaxMessage(error.toStdString(), rest.toStdString());
        QCOMPARE(QString::fromStdString(translated.message), message);
        QVERIFY(!translated.remedy.empty());
    }
};

LAB_TEST(SyntaxMessageTest)
#include "tst_syntax_message.moc"
