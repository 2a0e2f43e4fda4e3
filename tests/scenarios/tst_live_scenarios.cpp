#include "support/test_main.hpp"
#include <QDir>

#include "scenario/scenario_runner.hpp"
#include "support/file_fixture.hpp"

using namespace lab;
using Verdict = report::ExpectationResult::Verdict;

/// Every scenario that the live clock can play holds over real sockets too.
///
/// What depends on the machine (gates) may fail here, and what cannot be decided may stay open:
/// others use the machine as well.
class LiveScenariosTest : public QObject {
    Q_OBJECT

private slots:
    void whatHoldsInVirtualTimeHoldsLive_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir scenarios(LAB_SOURCE_DIR "/scenarios");
        for (const QString& name : scenarios.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QString folder = scenarios.filePath(name);
            const std::string text =
                test::FileFixture::textOf(folder.toStdString() + "/scenario.yaml");
            if (text.find("\n  clock: virtual") == std::string::npos) {
                QTest::newRow(qPrintable(name)) << folder;
            }
        }
    }
    void whatHoldsInVirtualTimeHoldsLive()
    {
        QFETCH(QString, folder);
        const auto run = scenario::runScenario(folder.toStdString(), {});
        QVERIFY2(run.has_value(), run ? "" : run.error().message().c_str());
        QVERIFY(!run->expectations.empty());
        for (const report::ExpectationResult& result : run->expectations) {
            QVERIFY2(result.verdict != Verdict::Failed || result.isGate,
                     (result.text + " is " + result.actual).c_str());
        }
        for (const report::StyleReport& style : run->styles) {
            QVERIFY2(style.measurements.admitted > 0, "nothing was answered");
        }
    }
};

LAB_TEST(LiveScenariosTest)
#include "tst_live_scenarios.moc"
