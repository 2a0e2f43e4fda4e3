#include "support/test_main.hpp"
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include "architecture/source_tree.hpp"

using namespace lab::house;

namespace {

QStringList readmes()
{
    return filesUnder(".", {"README.md"});
}

/// Everything in `single backticks`, outside of fenced blocks.
QStringList quotedIn(QString text)
{
    static const QRegularExpression fence("```.*?```",
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression quoted("`([^`\n]+)`");
    text.remove(fence);
    QStringList words;
    for (auto match = quoted.globalMatch(text); match.hasNext();) {
        words << match.next().captured(1);
    }
    return words;
}

/// Does this word mean a path of the checkout?  Names of the file's kind, or under a top folder.
/// Words with placeholders (FILE, <name>, …), URLs and what is built are not.
bool isPath(const QString& word)
{
    static const QRegularExpression placeholder(
        "[<>…\\s:()$=|]|(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z]|\\.md)|^[-/~]");
    static const QRegularExpression kind("\\w\\.(cpp|hpp|md|yaml|json|txt|awk|qml)$");
    static const QStringList top{"engine", "app", "tests", "scenarios", "assets", ".ci"};
    if (word.contains(placeholder) || word.startsWith("build/")) {
        return false;
    }
    return word.contains(kind) || (word.contains('/') && top.contains(word.section('/', 0, 0)));
}

/// "base/{place,finding}.hpp" → both paths.
QStringList expanded(const QString& word)
{
    static const QRegularExpression braces("^(.*)\\{([^}]*)\\}(.*)$");
    const QRegularExpressionMatch match = braces.match(word);
    if (!match.hasMatch()) {
        return {word};
    }
    QStringList words;
    for (const QString& choice : match.captured(2).split(',')) {
        words << match.captured(1) + choice + match.captured(3);
    }
    return words;
}

/// Is it there: seen from the README, from the root, from engine/; or, for a bare name, anywhere?
bool isThere(const QString& readme, const QString& path)
{
    if (exists(QFileInfo(readme).path() + '/' + path) || exists(path) || exists("engine/" + path)) {
        return true;
    }
    return !path.contains('/') && !filesUnder(".", {path}).isEmpty();
}

/// The verbs that a text gives to a command, in code and in prose: `./lab test` → "test".
QStringList verbsAfter(const QString& command, const QString& text)
{
    const QRegularExpression use("(?:^|[`$\\n]) ?" + QRegularExpression::escape(command) +
                                 " +([a-z][a-z-]*)");
    QStringList verbs;
    for (auto match = use.globalMatch(text); match.hasNext();) {
        verbs << match.next().captured(1);
    }
    return verbs;
}

/// What `./lab` knows itself: the labels of its last case statement.
QSet<QString> labVerbs()
{
    const QString cases = textOf("lab").section("\ncase ${1:-} in", -1);
    static const QRegularExpression label("^([a-z]+)\\)", QRegularExpression::MultilineOption);
    QSet<QString> verbs{"help"};
    for (auto match = label.globalMatch(cases); match.hasNext();) {
        verbs << match.next().captured(1);
    }
    return verbs;
}

/// What ingresslab knows: its subcommands.
QSet<QString> programVerbs()
{
    static const QRegularExpression added("add_subcommand\\(\\s*\"([a-z-]+)\"");
    QSet<QString> verbs;
    for (const QString& path : filesUnder("app/headless", {"*.cpp"})) {
        for (auto match = added.globalMatch(textOf(path)); match.hasNext();) {
            verbs << match.next().captured(1);
        }
    }
    return verbs;
}

} // namespace

/// What the READMEs say is there, is there; and what is there is told of.
class DocsTest : public QObject {
    Q_OBJECT

private slots:
    void everyPathExists();
    void everyVerbExists();
    void everyModuleIsOnTheMap();
    void everyScenarioIsTold();
    void everyAssetIsTold();
    void wordsThatAreNoPathsAreLeftAlone_data();
    void wordsThatAreNoPathsAreLeftAlone();
};

void DocsTest::everyPathExists()
{
    QStringList complaints;
    for (const QString& readme : readmes()) {
        for (const QString& word : quotedIn(textOf(readme))) {
            for (const QString& path : isPath(word) ? expanded(word) : QStringList()) {
                if (!isThere(readme, path)) {
                    complaints << readme + " names `" + path + "`, which is not there: mend it";
                }
            }
        }
    }
    expectNone(complaints);
}

void DocsTest::everyVerbExists()
{
    const QSet<QString> ofLab = labVerbs();
    const QSet<QString> ofProgram = programVerbs();
    QVERIFY2(ofLab.contains("test"), "the case statement at the end of ./lab was not understood");
    QVERIFY2(ofProgram.contains("run"), "no add_subcommand(\"run\" in app/headless");
    QStringList complaints;
    for (const QString& readme : readmes()) {
        const QString text = textOf(readme);
        for (const QString& verb : verbsAfter("./lab", text)) {
            if (!ofLab.contains(verb) && !ofProgram.contains(verb)) {
                complaints << readme + ": there is no `./lab " + verb + "`";
            }
        }
        for (const QString& verb : verbsAfter("ingresslab", text)) {
            if (!ofProgram.contains(verb)) {
                complaints << readme + ": there is no `ingresslab " + verb + "`";
            }
        }
    }
    expectNone(complaints);
}

void DocsTest::everyModuleIsOnTheMap()
{
    const QString readme = textOf("engine/README.md");
    QStringList complaints;
    for (const QString& name : foldersIn("engine")) {
        if (!readme.contains("| `" + name + "/` |")) {
            complaints << "engine/" + name + " has no row in engine/README.md: say what it answers";
        }
    }
    expectNone(complaints);
}

void DocsTest::everyScenarioIsTold()
{
    const QString readme = textOf("scenarios/README.md");
    QStringList complaints;
    for (const QString& name : foldersIn("scenarios")) {
        if (!readme.contains('`' + name + '`') && !readme.contains("scenarios/" + name)) {
            complaints << "scenarios/" + name +
                              " is not in scenarios/README.md: tell what it shows";
        }
    }
    expectNone(complaints);
}

void DocsTest::everyAssetIsTold()
{
    const QString readme = textOf("assets/README.md");
    QStringList complaints;
    for (const QString& path : filesUnder("assets", {"*"})) {
        const QString name = QFileInfo(path).fileName();
        const QString folder = path.section('/', 1, -2);
        if (name != "README.md" && !readme.contains(name) &&
            !readme.contains('`' + folder + "/*")) {
            complaints << path +
                              " is not in assets/README.md: tell what it is and where it is from";
        }
    }
    expectNone(complaints);
}

void DocsTest::wordsThatAreNoPathsAreLeftAlone_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("source") << "engine/base/place.hpp" << true;
    QTest::newRow("folder") << "tests/architecture/" << true;
    QTest::newRow("glob") << "scenarios/*/scenario.yaml" << true;
    QTest::newRow("readme") << "tests/README.md" << true;
    QTest::newRow("bare name") << "scenario.yaml" << true;
    QTest::newRow("placeholder") << "engine/MODULE/FILE.cpp" << false;
    QTest::newRow("placeholder in a name") << "tests/fuzz/fuzz_NAME.cpp" << false;
    QTest::newRow("kind of file") << ".cpp" << false;
    QTest::newRow("placeholder in brackets") << "engine/<module>/x.cpp" << false;
    QTest::newRow("URL path") << "/healthz" << false;
    QTest::newRow("object") << "default/cart" << false;
    QTest::newRow("command") << "./lab run scenarios/two-doors" << false;
    QTest::newRow("built") << "build/release/bin/ingresslab" << false;
    QTest::newRow("key") << "limits.overall" << false;
}

void DocsTest::wordsThatAreNoPathsAreLeftAlone()
{
    QFETCH(QString, word);
    QFETCH(bool, isOne);
    QCOMPARE(isPath(word), isOne);
}

LAB_TEST(DocsTest)
#include "tst_docs.moc"
