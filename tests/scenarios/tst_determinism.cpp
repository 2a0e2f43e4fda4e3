#include "support/test_main.hpp"
#include <QCryptographicHash>
#include <QDir>

#include "report/render.hpp"
#include "scenario/scenario_runner.hpp"
#include "support/golden.hpp"

using namespace lab;

namespace {

std::string virtualReport(const QString& scenario)
{
    scenario::RunOptions options;
    options.clock = "virtual";
    const auto run = scenario::runScenario("scenarios/" + scenario.toStdString(), options);
    return run ? report::renderJson(*run) : std::string();
}

} // namespace

/// The same seed gives the same bytes: twice in one process, and with every compiler and build,
/// since all are held against the same checked-in digests.
class DeterminismTest : public QObject {
    Q_OBJECT

private slots:
    void aVirtualRunGivesTheSameBytesAgainAndEverywhere()
    {
        // Places are told as the caller named the file: here, not by where the project lies.
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(LAB_SOURCE_DIR));
        QByteArray digests;
        for (const QString& name :
             QDir("scenarios").entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            const std::string first = virtualReport(name);
            QVERIFY2(!first.empty(), qPrintable(name));
            QVERIFY2(virtualReport(name) == first, qPrintable(name));
            digests += QCryptographicHash::hash(QByteArray::fromStdString(first),
                                                QCryptographicHash::Sha256)
                           .toHex() +
                       "  " + name.toUtf8() + '\n';
        }
        QDir::setCurrent(before);
        test::compareWithGolden(digests.toStdString(), "reports/virtual-digests.txt");
    }
};

LAB_TEST(DeterminismTest)
#include "tst_determinism.moc"
