#pragma once

#include <QImage>
#include <QQmlApplicationEngine>
#include <QQuickWindow>

#include "desktop/options.hpp"
#include "desktop/workshop.hpp"

#include <memory>

namespace lab::desktop {

/// Settles what must be settled before the QGuiApplication: renderer, platform, scale.
void prepareProcess(const Options& options);

/// The window and all behind it.  Needs a QGuiApplication that prepareProcess() went before.
class Application {
public:
    explicit Application(const Options& options);

    /// Nothing: the window could not be made; stderr says why.
    [[nodiscard]] QQuickWindow* window() const { return window_; }
    [[nodiscard]] Workshop& workshop() { return workshop_; }
    [[nodiscard]] QQmlEngine& engine() { return engine_; }

    /// Opens what the options name. \return false with Workshop::problem() if it cannot be
    bool openScenario();

    /// The moment that the options name, drawn as it is after everything has settled.
    [[nodiscard]] QImage picture();

private:
    Options options_;
    Workshop workshop_; ///< Before the engine: QML refers to it.
    QQmlApplicationEngine engine_;
    QQuickWindow* window_ = nullptr;
};

} // namespace lab::desktop
