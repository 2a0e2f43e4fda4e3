#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "base/result.hpp"
#include "desktop/explain_desk.hpp"
#include "desktop/lesson_desk.hpp"
#include "desktop/outside_desk.hpp"
#include "desktop/player.hpp"
#include "desktop/scoreboard.hpp"
#include "desktop/service_desk.hpp"
#include "desktop/theme.hpp"

#include <memory>

namespace lab::desktop {

/// What does the window show, and what can be done in it?  The one object that QML talks to.
///
/// GUI thread. While the run is paused no timer runs.
class Workshop : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the application owns it")
    Q_PROPERTY(lab::desktop::Theme* theme READ theme CONSTANT)
    Q_PROPERTY(lab::desktop::Scoreboard* scoreboard READ scoreboard CONSTANT)
    Q_PROPERTY(lab::desktop::ExplainDesk* explainDesk READ explainDesk CONSTANT)
    Q_PROPERTY(lab::desktop::ServiceDesk* serviceDesk READ serviceDesk CONSTANT)
    Q_PROPERTY(lab::desktop::LessonDesk* lessonDesk READ lessonDesk CONSTANT)
    Q_PROPERTY(lab::desktop::OutsideDesk* outsideDesk READ outsideDesk CONSTANT)
    Q_PROPERTY(QStringList serviceNames READ serviceNames NOTIFY opened)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY opened)
    Q_PROPERTY(QString title READ title NOTIFY opened)
    Q_PROPERTY(QString scenarioName READ scenarioName NOTIFY opened)
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
    Q_PROPERTY(bool isRunning READ isRunning WRITE setRunning NOTIFY runningChanged)
    Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY speedChanged)
    Q_PROPERTY(double seconds READ seconds NOTIFY sampled)
    Q_PROPERTY(double endSeconds READ endSeconds NOTIFY opened)
    Q_PROPERTY(QString clock READ clock NOTIFY sampled)
    Q_PROPERTY(int requestsPerDot READ requestsPerDot NOTIFY dotsChanged)
    Q_PROPERTY(int selected READ selected WRITE select NOTIFY selectionChanged)
    Q_PROPERTY(double marked READ marked WRITE mark NOTIFY markedChanged)
    Q_PROPERTY(QVariantList scenarios READ scenarios CONSTANT)
    Q_PROPERTY(QString perServiceNote READ perServiceNote NOTIFY opened)
    Q_PROPERTY(QString ingressNote READ ingressNote NOTIFY opened)

public:
    explicit Workshop(QObject* parent = nullptr);

    [[nodiscard]] Theme* theme() { return &theme_; }
    [[nodiscard]] Scoreboard* scoreboard() { return &scoreboard_; }
    [[nodiscard]] ExplainDesk* explainDesk() { return &explainDesk_; }
    [[nodiscard]] ServiceDesk* serviceDesk() { return &serviceDesk_; }
    [[nodiscard]] LessonDesk* lessonDesk() { return &lessonDesk_; }
    [[nodiscard]] OutsideDesk* outsideDesk() { return &outsideDesk_; }
    [[nodiscard]] QStringList serviceNames() const;
    [[nodiscard]] Player* player() { return player_.get(); }
    [[nodiscard]] const Player* player() const { return player_.get(); }

    /// The scenarios that come with the program: {name, title, path, hasLesson}.
    [[nodiscard]] QVariantList scenarios() const;

    /// A scenario's file or folder. What was open stays open if that one cannot be.
    Q_INVOKABLE bool open(const QString& path);
    /// The same, as a file manager names it.
    Q_INVOKABLE bool openUrl(const QUrl& url) { return open(url.toLocalFile()); }
    [[nodiscard]] bool isOpen() const { return player_ != nullptr; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString scenarioName() const;
    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] QString perServiceNote() const;
    [[nodiscard]] QString ingressNote() const;

    [[nodiscard]] bool isRunning() const { return ticks_.isActive(); }
    void setRunning(bool isRunning);
    [[nodiscard]] double speed() const;
    void setSpeed(double speed);
    /// \param seconds  of the run
    Q_INVOKABLE void seek(double seconds);
    /// One frame's worth of the run, whether it runs or not.
    Q_INVOKABLE void step(double pictureSeconds);
    Q_INVOKABLE void stepBack(double seconds);
    /// Does "kill", "hang", "slow", "error", "refuse" or "revive" to pods of the selected Service,
    /// from now on; all of them, or the first one.
    Q_INVOKABLE void befall(const QString& what, bool isFirstOnly);
    Q_INVOKABLE void reset();
    /// That much of the spectator's time has passed: what a tick does.
    void frame(double pictureSeconds);
    /// So many dots on each side, about: a dot stands for more requests where there are more.
    void showAtMost(double dots);
    [[nodiscard]] double seconds() const;
    [[nodiscard]] double endSeconds() const;
    [[nodiscard]] QString clock() const;

    [[nodiscard]] int requestsPerDot() const { return static_cast<int>(requestsPerDot_); }
    [[nodiscard]] int selected() const { return selected_; }
    void select(int service);
    /// The moment under the pointer in any chart, run seconds; below 0: none.
    [[nodiscard]] double marked() const { return marked_; }
    void mark(double seconds);

    Q_INVOKABLE void dismissProblem() { report({}); }

signals:
    void opened();
    void problemChanged();
    void runningChanged();
    void speedChanged();
    void dotsChanged();
    void framed();  ///< The moment that is shown is another one.
    void sampled(); ///< The same, at most four times a second: numbers are read, not watched.
    void selectionChanged();
    void markedChanged();

private:
    void tick();
    void sample();
    void show();
    void chooseDots();
    void report(const QString& problem);

    Theme theme_;
    Scoreboard scoreboard_;
    ExplainDesk explainDesk_;
    ServiceDesk serviceDesk_;
    LessonDesk lessonDesk_;
    OutsideDesk outsideDesk_;
    std::unique_ptr<Player> player_;
    QString problem_;
    QTimer ticks_;
    QElapsedTimer sinceTick_;
    QElapsedTimer sinceSample_;
    std::uint32_t requestsPerDot_ = 1;
    double dotsMax_ = 150;
    int selected_ = -1;
    double marked_ = -1.0;
};

/// The folder with the program's own scenarios; empty where there is none.
[[nodiscard]] QString ownScenarios();

/// An error as the banner shows it: its sentence, or the findings that forbid it, one a line.
[[nodiscard]] QString wordsOf(const Error& error);

} // namespace lab::desktop
