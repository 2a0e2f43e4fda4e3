#include "support/test_main.hpp"
#include <QFile>
#include <QMap>
#include <QRegularExpression>

#include "architecture/source_tree.hpp"

using namespace lab::house;

namespace {

/// One line of the layer table (engine/CMakeLists.txt writes it to layers.txt).
struct Layer {
    QString name;
    bool isPure = true;
    QStringList uses;
    QStringList facade; ///< The only headers for others; empty: all of them.
};

std::vector<Layer> readLayerTable()
{
    QFile file(LAB_BINARY_DIR "/layers.txt");
    std::vector<Layer> layers;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QString& line :
             QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)) {
            const QStringList parts = line.split(':');
            layers.push_back({parts.value(0),
                              parts.value(1) == "pure",
                              parts.value(2).split(',', Qt::SkipEmptyParts),
                              parts.value(3).split(',', Qt::SkipEmptyParts)});
        }
    }
    return layers;
}

const std::vector<Layer>& layers()
{
    static const std::vector<Layer> table = readLayerTable();
    return table;
}

const Layer* layerNamed(const QString& name)
{
    for (const Layer& layer : layers()) {
        if (layer.name == name) {
            return &layer;
        }
    }
    return nullptr;
}

/// What may come from outside, by module: prefixes of headers. All else is another's room.
QStringList thirdPartyOf(const QString& module)
{
    static const QMap<QString, const char*> allowed{
        {"base", "boost/assert/ boost/system/"},
        {"http", "boost/url emmintrin.h immintrin.h"},
        {"routing", "re2/"},
        {"report", "boost/json"},
        {"explain", "boost/json boost/url"},
        {"yaml", "yaml-cpp/"},
        {"certificates", "openssl/ crypt.h"},
        {"live", "boost/ openssl/ nghttp2/ arpa/ netinet/ sys/ fcntl.h pthread.h unistd.h"},
        {"scenario", "boost/json boost/url linux/ sys/ fcntl.h pthread.h unistd.h"},
    };
    return QString(allowed.value(module, "")).split(' ', Qt::SkipEmptyParts);
}

bool isThirdParty(const QString& header)
{
    return header.contains('/') || header.endsWith(".h") || header.startsWith('Q');
}

/// What a pure module never mentions, and what to do instead.
struct Ban {
    const char* pattern;
    const char* remedy;
};

constexpr Ban bans[] = {
    {R"(_clock::now\()", "a pure module is given `now`; let the caller pass an Instant"},
    {R"(sleep_(for|until))", "a pure module never waits; let the driver arm a timer"},
    {R"(random_device)", "take a lab::Random from the caller: same seed, same result"},
    {R"(<(mutex|shared_mutex|condition_variable|thread|stop_token|future)>)",
     "a decider lives on one thread and holds no lock; share immutable values instead"},
    {R"(<(fstream|filesystem|iostream)>)", "take the text as an argument; `scenario` reads files"},
    {R"(\bgetenv\b)", "take the setting as an argument; the app reads the environment"},
};

/// The name of the module that a file of ours belongs to: "engine/base/place.hpp" → "base".
QString moduleOf(const QString& path)
{
    return path.section('/', 1, 1);
}

/// What is wrong with `file` including `header` of ours; empty if nothing is.
QString complaintAbout(const QString& file, const QString& header)
{
    const QString from = moduleOf(file);
    const QString to = header.section('/', 0, 0);
    const Layer* target = layerNamed(to);
    if (!exists("engine/" + header)) {
        return "there is no engine/" + header + ": write own includes as \"module/file.hpp\"";
    }
    if (target == nullptr) {
        return to + " is not in the layer table: add lab_module(" + to +
               " …) to engine/CMakeLists.txt";
    }
    if (from == to) {
        return {};
    }
    const Layer* layer = layerNamed(from);
    if (layer == nullptr || !layer->uses.contains(to)) {
        return from + " may not include " + to + ": see USES in engine/CMakeLists.txt; pass the " +
               "value as an argument, or move the code to a module that may know both";
    }
    if (!target->facade.isEmpty() && !target->facade.contains(header.section('/', 1))) {
        return header + " is an inner header of " + to +
               "; others use its facade: " + target->facade.join(", ");
    }
    return {};
}

/// What a pure file mentions that it must not.
QStringList impuritiesOf(const QString& path, const QString& text)
{
    const QString code = withoutComments(text);
    QStringList complaints;
    for (const Ban& ban : bans) {
        const QRegularExpressionMatch match = QRegularExpression(ban.pattern).match(code);
        if (match.hasMatch()) {
            complaints << path + " (pure) contains " + match.captured() + ": " + ban.remedy;
        }
    }
    return complaints;
}

QStringList engineFiles()
{
    return filesUnder("engine", {"*.hpp", "*.cpp"});
}

} // namespace

/// The house's stairs only go down: every include follows the table in engine/CMakeLists.txt.
class LayersTest : public QObject {
    Q_OBJECT

private slots:
    void theTableIsReadAndComplete();
    void theTableHasNoUpwardLine();
    void everyIncludeFollowsTheTable();
    void thirdPartyStaysInItsRoom();
    void pureModulesTouchNoClockFileOrLock();
    void appsEnterByTheScenarioDoor();
    void plantedBreachesAreSeen();
};

void LayersTest::theTableIsReadAndComplete()
{
    QVERIFY2(!layers().empty(), "no layers.txt in the build folder: configure again");
    QStringList complaints;
    for (const QString& folder : foldersIn("engine")) {
        if (layerNamed(folder) == nullptr) {
            complaints << "engine/" + folder + " is not in the layer table: add lab_module(" +
                              folder + " …) to engine/CMakeLists.txt";
        }
    }
    expectNone(complaints);
}

void LayersTest::theTableHasNoUpwardLine()
{
    QStringList above;
    QStringList complaints;
    for (const Layer& layer : layers()) {
        for (const QString& used : layer.uses) {
            if (!above.contains(used)) {
                complaints << layer.name + " uses " + used +
                                  ", which stands below it in engine/CMakeLists.txt: a module " +
                                  "may only use those above its own line";
            }
        }
        above << layer.name;
    }
    expectNone(complaints);
}

void LayersTest::everyIncludeFollowsTheTable()
{
    QStringList complaints;
    for (const QString& path : engineFiles()) {
        for (const Include& include : includesOf(textOf(path))) {
            const QString complaint =
                include.isOwn ? complaintAbout(path, include.header) : QString();
            if (!complaint.isEmpty()) {
                complaints << path + ": " + complaint;
            }
        }
    }
    expectNone(complaints);
}

void LayersTest::thirdPartyStaysInItsRoom()
{
    QStringList complaints;
    for (const QString& path : engineFiles()) {
        const QStringList allowed = thirdPartyOf(moduleOf(path));
        for (const Include& include : includesOf(textOf(path))) {
            const auto mayStart = [&](const QString& prefix) {
                return include.header.startsWith(prefix);
            };
            if (!include.isOwn && isThirdParty(include.header) &&
                std::none_of(allowed.begin(), allowed.end(), mayStart)) {
                complaints << path + " may not include <" + include.header +
                                  ">: see the list in tests/architecture/tst_layers.cpp; C " +
                                  "headers of the standard library are written <cname>";
            }
        }
    }
    expectNone(complaints);
}

void LayersTest::pureModulesTouchNoClockFileOrLock()
{
    QStringList complaints;
    for (const QString& path : engineFiles()) {
        const Layer* layer = layerNamed(moduleOf(path));
        if (layer != nullptr && layer->isPure) {
            complaints += impuritiesOf(path, textOf(path));
        }
    }
    expectNone(complaints);
}

void LayersTest::appsEnterByTheScenarioDoor()
{
    // The values that a report is made of may be looked at; what runs things is scenario's.
    const QStringList open{"scenario", "report", "base", "plan", "measurement", "cost"};
    QStringList complaints;
    for (const QString& path : filesUnder("app", {"*.hpp", "*.cpp"})) {
        for (const Include& include : includesOf(textOf(path))) {
            const QString module = include.header.section('/', 0, 0);
            if (include.isOwn && layerNamed(module) != nullptr && !open.contains(module)) {
                complaints << path + " may not include " + include.header +
                                  ": an app asks scenario/ to do it (one function a verb)";
            }
        }
    }
    expectNone(complaints);
}

void LayersTest::plantedBreachesAreSeen()
{
    QVERIFY(complaintAbout("engine/routing/x.cpp", "plan/front_door_plan.hpp")
                .contains("routing may not include plan"));
    QVERIFY(complaintAbout("engine/scenario/x.cpp", "live/stream.hpp").contains("facade"));
    QVERIFY(complaintAbout("engine/plan/x.cpp", "base/nowhere.hpp").contains("there is no"));
    QCOMPARE(complaintAbout("engine/plan/x.cpp", "base/place.hpp"), QString());
    QCOMPARE(impuritiesOf("x", "auto t = std::chrono::steady_clock::now();").size(), 1);
    QCOMPARE(impuritiesOf("x", "#include <mutex>\n#include <fstream>\n").size(), 2);
    QCOMPARE(impuritiesOf("x", "a(); // never steady_clock::now()\n"), QStringList());
}

LAB_TEST(LayersTest)
#include "tst_layers.moc"
