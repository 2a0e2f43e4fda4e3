#pragma once

#include <QCoreApplication>
#include <QQuickItem>
#include <QTest>

#include "desktop/application.hpp"

namespace lab::test {

/// The real window with a scenario of the program's own, used by the names of what is in it.
class Window {
public:
    Window(const QString& scenario, const QString& page, bool isDark = true)
        : application_(optionsFor(scenario, page, isDark))
    {
        QObject::connect(&application_.engine(), &QQmlEngine::warnings, [](const auto& all) {
            for (const QQmlError& one : all) {
                warnings() << one.toString();
            }
        });
        if (application_.window() == nullptr || !application_.openScenario()) {
            qFatal("no window: %s", qPrintable(application_.workshop().problem()));
        }
        application_.window()->show();
        settle();
    }

    [[nodiscard]] desktop::Workshop& workshop() { return application_.workshop(); }
    [[nodiscard]] QQuickWindow* window() { return application_.window(); }
    [[nodiscard]] QString page() { return window()->property("page").toString(); }
    [[nodiscard]] static QStringList& warnings()
    {
        static QStringList all;
        return all;
    }

    void show(const QString& page)
    {
        window()->setProperty("page", page);
        settle();
    }

    [[nodiscard]] QImage picture()
    {
        settle();
        return window()->grabWindow();
    }

    /// Bindings, layouts, then what they cause.
    void settle()
    {
        QCoreApplication::processEvents();
        (void)window()->grabWindow(); // positioners place their items before a frame
        QCoreApplication::processEvents();
    }

    [[nodiscard]] bool has(const QString& name)
    {
        settle();
        return below(window()->contentItem(), name) != nullptr;
    }

    void click(const QString& name)
    {
        settle();
        const QQuickItem* target = item(name);
        const QPointF centre = target->mapToScene({target->width() / 2, target->height() / 2});
        QTest::mouseClick(window(), Qt::LeftButton, {}, centre.toPoint());
        settle();
    }

    /// In place of what stands there.
    void type(const QString& name, const QString& words)
    {
        item(name)->setProperty("text", QString());
        item(name)->forceActiveFocus();
        for (const QChar letter : words) {
            QTest::keyClick(window(), letter.toLatin1());
        }
    }

    void keys(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(window(), key, modifiers);
        settle();
    }

private:
    static desktop::Options optionsFor(const QString& scenario, const QString& page, bool isDark)
    {
        desktop::Options options;
        options.screenshot = "none";
        options.scenario = QString(LAB_SOURCE_DIR "/scenarios/") + scenario;
        options.page = page;
        options.isDark = isDark;
        return options;
    }

    static QQuickItem* below(QQuickItem* parent, const QString& name)
    {
        for (QQuickItem* child : parent->childItems()) {
            QQuickItem* found = child->objectName() == name ? child : below(child, name);
            if (found != nullptr) {
                return found;
            }
        }
        return nullptr;
    }

    QQuickItem* item(const QString& name)
    {
        QQuickItem* found = below(window()->contentItem(), name);
        if (found == nullptr) {
            qFatal("there is nothing called %s in the window", qPrintable(name));
        }
        return found;
    }

    desktop::Application application_;
};

} // namespace lab::test
