#include <QElapsedTimer>
#include <QGuiApplication>
#include <QTextStream>

#include "desktop/application.hpp"
#include "scenario/exit_code.hpp"
#include "scenario/version.hpp"

namespace {

using namespace lab::desktop;
using lab::scenario::ExitCode;

int fail(ExitCode code, const QString& why)
{
    QTextStream(stderr) << "ingresslab-desktop: " << why << '\n';
    return static_cast<int>(code);
}

int drawPicture(Application& application, const Options& options)
{
    if (!application.workshop().problem().isEmpty()) {
        return fail(ExitCode::BadInput, application.workshop().problem());
    }
    if (!application.picture().save(options.screenshot)) {
        return fail(ExitCode::Environment, "cannot write " + options.screenshot);
    }
    return 0;
}

/// Ends the program after the first frame, and says how long that took.
void endAfterFirstFrame(QQuickWindow& window, const QElapsedTimer& sinceStart)
{
    QObject::connect(&window, &QQuickWindow::afterRendering, &window, [&sinceStart] {
        static bool isFirst = true;
        if (isFirst) {
            isFirst = false;
            QTextStream(stderr) << "first frame after " << sinceStart.elapsed() << " ms\n";
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        }
    });
}

} // namespace

/// The process: arguments in, a window or a picture out.
int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
    }
    const ReadOptions read = readOptions(arguments);
    if (!read.mistake.isEmpty()) {
        return fail(ExitCode::WrongUse, read.mistake);
    }
    if (read.asksHelp || read.asksVersion) {
        QTextStream(stdout) << (read.asksHelp
                                    ? helpText()
                                    : QString::fromStdString(lab::scenario::version()) + '\n');
        return 0;
    }
    prepareProcess(read.options);
    const QGuiApplication gui(argc, argv);
    Application application(read.options);
    if (application.window() == nullptr) {
        return fail(ExitCode::Environment, "the window could not be made; see above");
    }
    application.openScenario();
    if (!read.options.screenshot.isEmpty()) {
        return drawPicture(application, read.options);
    }
    if (read.options.measuresStart) {
        endAfterFirstFrame(*application.window(), sinceStart);
    }
    application.window()->show();
    application.workshop().setRunning(true);
    return QGuiApplication::exec();
}
