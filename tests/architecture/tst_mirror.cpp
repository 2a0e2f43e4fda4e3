#include "support/test_main.hpp"
#include <QFileInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include "architecture/source_tree.hpp"

using namespace lab::house;

namespace {

constexpr qsizetype linesMax = 400;
constexpr qsizetype columnsMax = 100;

/// A source without a twin: the test that covers it instead, and why there.
struct Exception {
    const char* source;
    const char* testedBy;
    const char* reason;
};

constexpr Exception exceptions[] = {
    {"app/headless/main.cpp",
     "tests/headless/tst_command_line.cpp",
     "hands argv to the command line and returns its answer"},
    {"app/desktop/main.cpp",
     "tests/desktop/tst_application.cpp",
     "shows the window or saves the picture"},
    {"app/desktop/dots.cpp", "tests/desktop/tst_player.cpp", "dots are of a player's moment"},
    {"app/desktop/scoreboard.cpp",
     "tests/desktop/tst_player.cpp",
     "scores are of a player's moment"},
    {"app/desktop/style_track.cpp", "tests/desktop/tst_player.cpp", "a player's tracks"},
    {"app/desktop/stage_model.cpp",
     "tests/desktop/tst_stage_layout.cpp",
     "what a layout is made from"},
    {"app/desktop/icons.cpp", "tests/desktop/tst_application.cpp", "seen in the window"},
    {"app/desktop/scenario_shelf.cpp",
     "tests/desktop/tst_application.cpp",
     "its entries are clicked"},
    {"app/desktop/stage_painter.cpp",
     "tests/desktop/tst_application.cpp",
     "what it paints is the window's picture"},
    {"app/desktop/state_painter.cpp", "tests/desktop/tst_application.cpp", "likewise"},
    {"app/desktop/stage_view.cpp", "tests/desktop/tst_application.cpp", "clicked in the window"},
    {"app/desktop/time_chart.cpp", "tests/desktop/tst_application.cpp", "seen in the window"},
    {"app/desktop/explain_desk.cpp", "tests/desktop/tst_workshop.cpp", "a page of the workshop"},
    {"app/desktop/service_desk.cpp", "tests/desktop/tst_workshop.cpp", "a page of the workshop"},
    {"app/desktop/outside_desk.cpp", "tests/desktop/tst_workshop.cpp", "a page of the workshop"},
    {"app/desktop/lesson_desk.cpp", "tests/desktop/tst_workshop.cpp", "a page of the workshop"},
};

bool isException(const QString& source)
{
    return std::any_of(std::begin(exceptions), std::end(exceptions), [&](const Exception& one) {
        return source == one.source;
    });
}

/// Test folders that follow no module: they look at the house or at several rooms at once.
const QStringList& foldersOfTheirOwn()
{
    static const QStringList folders{"architecture",
                                     "support",
                                     "fuzz",
                                     "parity",
                                     "robustness",
                                     "scenarios",
                                     "schema",
                                     "conformance",
                                     "theory"};
    return folders;
}

QStringList ourSources()
{
    return filesUnder("engine", {"*.cpp"}) + filesUnder("app", {"*.cpp"});
}

/// "engine/base/place.cpp" → "tests/base/tst_place.cpp"
QString twinOf(const QString& source)
{
    const QFileInfo file(source);
    return "tests/" + file.path().section('/', 1) + "/tst_" + file.fileName();
}

QStringList everyFileOfOurs()
{
    QStringList files;
    for (const char* folder : {"engine", "app", "tests"}) {
        files += filesUnder(folder, {"*.hpp", "*.cpp", "CMakeLists.txt", "*.qml", "*.awk"});
    }
    files += filesUnder("tests/bench", {"*.py", "*.c", "*.h", "*.conf", "*.cfg"});
    return files + QStringList{"lab", ".ci/run", "CMakeLists.txt"};
}

} // namespace

/// A room's tests are found without searching, and no file outgrows its reader.
class MirrorTest : public QObject {
    Q_OBJECT

private slots:
    void everySourceHasItsTwin();
    void everyTwinHasItsSource();
    void everyTestFolderIsRun();
    void everyExceptionIsNeeded();
    void noFileOutgrowsItsReader();
    void noFileNamesThisMachineOrIsUnfinished();
    void fileNamesAreUniqueInTheEngine();
    void fileNamesSayWhatIsInThem();
    void headersSayWhatTheyAre();
};

void MirrorTest::everySourceHasItsTwin()
{
    QStringList complaints;
    for (const QString& path : ourSources()) {
        if (!isException(path) && !exists(twinOf(path))) {
            complaints << path + " has no test: write " + twinOf(path) +
                              ", or say in this test which other one covers it";
        }
    }
    expectNone(complaints);
}

void MirrorTest::everyTwinHasItsSource()
{
    QStringList complaints;
    for (const QString& path : filesUnder("tests", {"tst_*.cpp"})) {
        const QString folder = path.section('/', 1, -2);
        const QString subject = folder + '/' + QFileInfo(path).completeBaseName().mid(4);
        if (!foldersOfTheirOwn().contains(folder.section('/', 0, 0)) &&
            !exists("engine/" + subject + ".hpp") && !exists("engine/" + subject + ".cpp") &&
            !exists("app/" + subject + ".cpp")) {
            complaints << path + " tests no file of that name: rename it after what it tests, " +
                              "or move it to a test folder of its own";
        }
    }
    expectNone(complaints);
}

void MirrorTest::everyTestFolderIsRun()
{
    const QString build = textOf("tests/CMakeLists.txt");
    QSet<QString> folders;
    for (const QString& path : filesUnder("tests", {"tst_*.cpp"})) {
        folders << path.section('/', 1, -2);
    }
    QStringList complaints;
    for (const QString& folder : folders) {
        if (!build.contains(QRegularExpression("(^|\\n)lab_tests\\(" + folder + "\\b"))) {
            complaints << "tests/" + folder + " is never run: add lab_tests(" + folder +
                              " USES lab::" + folder + ") to tests/CMakeLists.txt";
        }
    }
    expectNone(complaints);
}

void MirrorTest::everyExceptionIsNeeded()
{
    QStringList complaints;
    for (const Exception& one : exceptions) {
        if (!exists(one.source) || exists(twinOf(one.source))) {
            complaints << QString(one.source) +
                              " needs no exception any more: take it off the list";
        } else if (!exists(one.testedBy)) {
            complaints << QString(one.source) + " is said to be covered by " + one.testedBy +
                              ", which is not there";
        }
    }
    expectNone(complaints);
}

void MirrorTest::noFileOutgrowsItsReader()
{
    QStringList complaints;
    for (const QString& path : everyFileOfOurs()) {
        const QStringList lines = textOf(path).split('\n');
        if (lines.size() - 1 > linesMax) {
            complaints << QString("%1 has %2 lines, at most %3: split it by what it does")
                              .arg(path)
                              .arg(lines.size() - 1)
                              .arg(linesMax);
        }
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines[i].size() > columnsMax) {
                complaints << QString("%1:%2 has %3 columns, at most %4: ./lab format, or break it")
                                  .arg(path)
                                  .arg(i + 1)
                                  .arg(lines[i].size())
                                  .arg(columnsMax);
            }
        }
    }
    expectNone(complaints);
}

void MirrorTest::noFileNamesThisMachineOrIsUnfinished()
{
    // Written in two halves, so that this file does not hold what it looks for.
    static const QRegularExpression machine("/work/"
                                            "(main|shared|\\.library)");
    static const QRegularExpression marker("\\b(TO"
                                           "DO|FIX"
                                           "ME|X"
                                           "XX)\\b");
    QStringList complaints;
    for (const QString& path : everyFileOfOurs()) {
        const QString text = textOf(path);
        if (text.contains(machine)) {
            complaints << path + " names a path of one machine: the project stands alone";
        }
        if (text.contains(marker)) {
            complaints << path + " has a mark of unfinished work: finish it or file an issue";
        }
    }
    expectNone(complaints);
}

void MirrorTest::fileNamesAreUniqueInTheEngine()
{
    QMap<QString, QString> seen;
    QStringList complaints;
    for (const QString& path : filesUnder("engine", {"*.hpp", "*.cpp"})) {
        const QString name = QFileInfo(path).fileName();
        if (seen.contains(name)) {
            complaints << path + " and " + seen.value(name) +
                              " share a name: call one of them after what it alone does";
        }
        seen.insert(name, path);
    }
    expectNone(complaints);
}

void MirrorTest::fileNamesSayWhatIsInThem()
{
    static const QRegularExpression snake("^[a-z0-9]+(_[a-z0-9]+)*$");
    static const QRegularExpression drawer("(^|_)(impl|manager|helpers?|utils?|common|misc)$");
    QStringList complaints;
    for (const char* folder : {"engine", "app"}) {
        for (const QString& path : filesUnder(folder, {"*.hpp", "*.cpp"})) {
            const QString stem = QFileInfo(path).completeBaseName();
            if (!stem.contains(snake)) {
                complaints << path + ": file names are snake_case";
            }
            if (stem.contains(drawer)) {
                complaints << path + " is named like a drawer: name it after what it does";
            }
        }
    }
    expectNone(complaints);
}

void MirrorTest::headersSayWhatTheyAre()
{
    QStringList complaints;
    for (const QString& path : filesUnder("engine", {"*.hpp"})) {
        const QString text = textOf(path);
        if (!text.startsWith("#pragma once\n")) {
            complaints << path + " does not start with #pragma once";
        }
        if (!text.contains("///")) {
            complaints << path + " has no /// sentence that says what the thing is";
        }
    }
    expectNone(complaints);
}

LAB_TEST(MirrorTest)
#include "tst_mirror.moc"
