#include "support/test_main.hpp"
#include <QQuickItem>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "desktop/application.hpp"
#include "desktop/icons.hpp"
#include "desktop/stage_view.hpp"
#include "desktop/time_chart.hpp"

using namespace lab;
using namespace lab::desktop;

namespace {

Options optionsFor(const QString& scenario, bool isDark = true)
{
    Options options;
    options.screenshot = "none";
    options.scenario = QString(LAB_SOURCE_DIR "/scenarios/") + scenario;
    options.isDark = isDark;
    options.at = 6;
    return options;
}

QQuickItem* below(QQuickItem* parent, const QString& name)
{
    for (QQuickItem* child : parent->childItems()) {
        QQuickItem* found = child->objectName() == name ? child : below(child, name);
        if (found != nullptr) {
            return found;
        }
    }
    return nullptr;
}

QQuickItem* item(Application& application, const char* name)
{
    QQuickItem* found = below(application.window()->contentItem(), name);
    if (found == nullptr) {
        qFatal("there is nothing called %s in the window", name);
    }
    return found;
}

void click(Application& application, const char* name)
{
    QQuickItem* target = item(application, name);
    const QPointF centre = target->mapToScene({target->width() / 2, target->height() / 2});
    QTest::mouseClick(application.window(), Qt::LeftButton, {}, centre.toPoint());
}

bool differ(const QImage& a, const QImage& b)
{
    return a.size() != b.size() || a != b;
}

} // namespace

/// The real window, by its names: clicks, keys, and what is drawn.
class ApplicationTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
            if (type != QtDebugMsg && !text.contains("XDG_RUNTIME_DIR")) {
                warnings_ << text;
            }
            if (type == QtFatalMsg) {
                fprintf(stderr, "%s\n", qPrintable(text));
            }
        });
    }

    void cleanup() { QVERIFY2(warnings_.isEmpty(), qPrintable(warnings_.join('\n'))); }

    void aPictureIsTheSameEachTimeAndAnotherInAnotherTheme()
    {
        Application first(optionsFor("two-doors"));
        Application second(optionsFor("two-doors"));
        Application light(optionsFor("two-doors", false));
        for (Application* one : {&first, &second, &light}) {
            QVERIFY(one->window() != nullptr);
            QVERIFY(one->openScenario());
        }
        const QImage picture = first.picture();
        QCOMPARE(picture.size(), QSize(1440, 900));
        QVERIFY(!differ(picture, second.picture()));
        QVERIFY(differ(picture, light.picture()));
    }

    void thePictureIsTheOneThatWasLookedAt_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }

    /// Drawn by the software renderer with the packaged fonts; LAB_UPDATE_GOLDEN=1 draws it anew.
    void thePictureIsTheOneThatWasLookedAt()
    {
        QFETCH(bool, isDark);
        if (QFontInfo(QFont("Inter")).family() != "Inter") {
            QSKIP("needs the font Inter (fonts-inter)");
        }
        Options options = optionsFor("noisy-neighbour", isDark);
        options.size = {1280, 720};
        options.page = "service"; // the list of scenarios grows
        Application application(options);
        QVERIFY(application.openScenario());
        const QImage picture = application.picture().convertToFormat(QImage::Format_RGB32);
        const QString name =
            QString(LAB_SOURCE_DIR "/tests/golden/desktop/%1.png").arg(isDark ? "dark" : "light");
        if (qEnvironmentVariableIsSet("LAB_UPDATE_GOLDEN")) {
            QVERIFY(picture.save(name));
        }
        const QImage seen = QImage(name).convertToFormat(QImage::Format_RGB32);
        QCOMPARE(picture.size(), seen.size());
        int other = 0;
        for (int y = 0; y < seen.height(); ++y) {
            for (int x = 0; x < seen.width(); ++x) {
                const QColor a(seen.pixel(x, y));
                const QColor b(picture.pixel(x, y));
                other += std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) +
                                     std::abs(a.blue() - b.blue()) >
                                 48
                             ? 1
                             : 0;
            }
        }
        const int allowed = seen.width() * seen.height() / 500; // 0.2 %
        if (other > allowed) {
            (void)picture.save(QString(LAB_BINARY_DIR "/desktop-%1.png").arg(isDark));
        }
        QVERIFY2(other <= allowed,
                 qPrintable(QString("%1 pixels are others; compare build/*/desktop-*.png with %2")
                                .arg(other)
                                .arg(name)));
    }

    void theRunGoesOnWhenItIsStartedAndHoldsWhenItIsPaused()
    {
        Application application(optionsFor("two-doors"));
        QVERIFY(application.openScenario());
        application.window()->show();
        Workshop& workshop = application.workshop();
        QVERIFY(!workshop.isRunning());
        click(application, "run");
        QVERIFY(workshop.isRunning());
        QTRY_VERIFY(workshop.seconds() > 0.05);
        QTest::keyClick(application.window(), Qt::Key_Space);
        QVERIFY(!workshop.isRunning());
        const double held = workshop.seconds();
        click(application, "step");
        QVERIFY(workshop.seconds() > held);
        click(application, "speed0");
        QCOMPARE(workshop.speed(), 0.01);
        click(application, "reset");
        QCOMPARE(workshop.seconds(), 0.0);
    }

    void bothSidesDrawDotsAndTellWhereTheirServicesAre()
    {
        Application application(optionsFor("twelve-doors"));
        QVERIFY(application.openScenario());
        (void)application.picture();
        for (const char* name : {"stageA", "stageB"}) {
            auto* stage = qobject_cast<StageView*>(item(application, name));
            QVERIFY(stage->dotCount() > 20);
            const QRectF box = stage->boxOf(3);
            QCOMPARE(stage->serviceAt(box.center().x(), box.center().y()), 3);
            QCOMPARE(stage->serviceAt(1, 1), -1);
        }
    }

    void aClickOnAServiceSelectsItOnBothSides()
    {
        Application application(optionsFor("twelve-doors"));
        QVERIFY(application.openScenario());
        const QImage before = application.picture();
        auto* stage = qobject_cast<StageView*>(item(application, "stageB"));
        const QPointF at = stage->mapToScene(stage->boxOf(2).center());
        QTest::mouseClick(application.window(), Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(application.workshop().selected(), 2);
        QVERIFY(differ(before, application.picture()));
    }

    void theThemeIsChangedByItsButton()
    {
        Application application(optionsFor("two-doors"));
        QVERIFY(application.openScenario());
        (void)application.picture();
        click(application, "theme");
        QVERIFY(!application.workshop().theme()->isDark());
    }

    void aScoreExplainsItself()
    {
        Application application(optionsFor("two-doors"));
        QVERIFY(application.openScenario());
        (void)application.picture();
        click(application, "score-Certificates");
        QQuickItem* explanation = item(application, "explanation");
        QVERIFY(explanation->isVisible());
        QVERIFY(explanation->property("how").toString().contains("renew"));
    }

    void aScenarioOfTheShelfIsOpenedByAClick()
    {
        Application application(optionsFor("dead-pod"));
        QVERIFY(application.openScenario());
        (void)application.picture();
        click(application, "scenario-extra-hop");
        QCOMPARE(application.workshop().scenarioName(), QString("extra-hop"));
        QVERIFY(application.workshop().isRunning());
        application.workshop().setRunning(false);
    }

    void whatCannotBeOpenedSaysWhyAndLeavesTheOldOneOpen()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath("scenario.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("kind: Scenario\nspec: {durations: 4s}\n");
        file.close();
        Application application(optionsFor("two-doors"));
        QVERIFY(application.openScenario());
        QVERIFY(!application.workshop().open(folder.path()));
        QVERIFY2(application.workshop().problem().contains("scenario.yaml:"),
                 qPrintable(application.workshop().problem()));
        QCOMPARE(application.workshop().scenarioName(), QString("two-doors"));
        (void)application.picture();
        QVERIFY(item(application, "problem")->isVisible());
        application.workshop().dismissProblem();
        QVERIFY(!item(application, "problem")->isVisible());
    }

    void aSeriesHasAValueASecond()
    {
        Application application(optionsFor("two-doors"));
        QVERIFY(application.openScenario());
        application.workshop().seek(9.2);
        const auto& track = application.workshop().player()->track(plan::Style::PerService);
        for (const char* metric : {"requests", "latency", "refused", "failed"}) {
            QCOMPARE(seriesOf(track, metric).size(), std::size_t{9});
        }
        QVERIFY(seriesOf(track, "requests")[5] > 100);
        QCOMPARE(roundUp(0), 1.0);
        QCOMPARE(roundUp(237), 400.0);
        QCOMPARE(roundUp(0.07), 0.08);
    }

    void iconsHaveTheColourTheyAreAskedFor()
    {
        const QImage lock = iconImage("lock", QColor(255, 0, 0), 32);
        QCOMPARE(lock.size(), QSize(32, 32));
        bool hasRed = false;
        for (int x = 0; x < 32; ++x) {
            hasRed = hasRed || lock.pixelColor(x, 22).red() > 200;
        }
        QVERIFY(hasRed);
        QVERIFY(iconImage("nothing", Qt::red, 32).isNull());
    }

private:
    static inline QStringList warnings_;
};

LAB_TEST(ApplicationTest)
#include "tst_application.moc"
