#include "desktop/application.hpp"

#include <QCoreApplication>
#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <QtQml/qqmlextensionplugin.h>

#include "desktop/icons.hpp"

Q_IMPORT_QML_PLUGIN(IngressLabPlugin)

namespace lab::desktop {

void prepareProcess(const Options& options)
{
    // The software renderer takes 1 to 3 ms a frame everywhere; through a software GL the same
    // scene takes 30 to 50 ms. One way of drawing also makes pictures comparable.
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    QQuickWindow::setTextRenderType(QQuickWindow::QtTextRendering);
    if (!options.screenshot.isEmpty()) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
        qunsetenv("QT_SCREEN_SCALE_FACTORS");
    }
    QCoreApplication::setApplicationName("ingresslab-desktop");
    QCoreApplication::setOrganizationName("ingresslab");
}

Application::Application(const Options& options)
    : options_(options)
{
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(13);
    font.setHintingPreference(QFont::PreferNoHinting);
    QGuiApplication::setFont(font);
    const bool isSystemDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    workshop_.theme()->setDark(
        options.isDark.value_or(!options.screenshot.isEmpty() || isSystemDark));
    engine_.addImageProvider("icon", new IconProvider); // the engine owns it
    engine_.addImportPath(":/qt/qml");
    engine_.setInitialProperties(
        {{"workshop", QVariant::fromValue(&workshop_)},
         {"page", options.page.isEmpty() ? pageNames().front() : options.page},
         {"width", options.size.width()},
         {"height", options.size.height()}});
    engine_.load(QUrl(QStringLiteral("qrc:/qt/qml/IngressLab/Main.qml")));
    if (!engine_.rootObjects().isEmpty()) {
        window_ = qobject_cast<QQuickWindow*>(engine_.rootObjects().constFirst());
    }
}

bool Application::openScenario()
{
    QString path = options_.scenario;
    if (path.isEmpty() && !ownScenarios().isEmpty()) {
        path = ownScenarios() + "/two-doors";
    }
    return path.isEmpty() || workshop_.open(path);
}

QImage Application::picture()
{
    window_->show();
    workshop_.seek(options_.at);
    for (int i = 0; i < 10; ++i) { // bindings, layouts, then what they cause
        QCoreApplication::processEvents();
    }
    return window_->grabWindow();
}

} // namespace lab::desktop
