#pragma once

#include <QObject>
#include <QString>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

#include "report/report.hpp"
#include "scenario/lesson.hpp"

#include <map>
#include <optional>

namespace lab::desktop {

/// Where is the learner?  One lesson: predictions are locked before the run, and held against it
/// afterwards.
///
/// The run is the scenario's own, by the virtual clock; the report says what is right, no file.
class LessonDesk : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the workshop owns it")
    Q_PROPERTY(bool hasLesson READ hasLesson NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(int stepCount READ stepCount NOTIFY changed)
    Q_PROPERTY(int step READ step NOTIFY changed)
    Q_PROPERTY(QString type READ type NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString smallPrint READ smallPrint NOTIFY changed)
    Q_PROPERTY(QStringList options READ options NOTIFY changed)
    Q_PROPERTY(bool asksNumber READ asksNumber NOTIFY changed)
    Q_PROPERTY(int chosen READ chosen NOTIFY changed)
    Q_PROPERTY(bool isLocked READ isLocked NOTIFY changed)
    Q_PROPERTY(QString mayNotGoOn READ mayNotGoOn NOTIFY changed)
    Q_PROPERTY(QVariantList outcomes READ outcomes NOTIFY changed)
    Q_PROPERTY(bool hasRun READ hasRun NOTIFY changed)
    Q_PROPERTY(QString mistake READ mistake NOTIFY changed)

public:
    using QObject::QObject;

    /// The lesson beside that scenario; none if there is none. \param path  a file or folder
    void setScenario(const QString& path);

    [[nodiscard]] bool hasLesson() const { return lesson_.has_value(); }
    [[nodiscard]] QString title() const;
    [[nodiscard]] int stepCount() const;
    [[nodiscard]] int step() const { return step_; }
    [[nodiscard]] QString type() const; ///< "show", "predict", "run", …
    [[nodiscard]] QString text() const; ///< Markdown.
    [[nodiscard]] QString smallPrint() const;
    [[nodiscard]] QStringList options() const;
    [[nodiscard]] bool asksNumber() const;
    [[nodiscard]] int chosen() const; ///< Of a choice; -1: nothing yet.
    /// The prediction of this step cannot be changed any more.
    [[nodiscard]] bool isLocked() const;
    /// Why there is no next step yet; empty: there is, or this is the last one.
    [[nodiscard]] QString mayNotGoOn() const;
    /// What was predicted and what came, and the step's own checks:
    /// {text, predicted, actual, verdict: "right", "wrong", "held", "broken"}.
    [[nodiscard]] QVariantList outcomes() const;
    [[nodiscard]] bool hasRun() const { return report_.has_value(); }
    [[nodiscard]] QString mistake() const { return mistake_; }

    Q_INVOKABLE void next();
    Q_INVOKABLE void back();
    Q_INVOKABLE void choose(int option);
    Q_INVOKABLE void guess(const QString& number);
    Q_INVOKABLE void lock();
    /// The scenario's run, both styles. Blocks for as long as that takes: milliseconds mostly.
    Q_INVOKABLE void run();

signals:
    void changed();
    void ran(); ///< The stage may play it now.

private:
    /// What the learner said of one question.
    struct Prediction {
        int option = -1;
        std::optional<double> number;
        bool isLocked = false;
    };

    [[nodiscard]] const scenario::LessonStep& current() const;
    [[nodiscard]] QVariantMap judged(const scenario::LessonStep& asked,
                                     const Prediction& prediction) const;

    QString path_;
    std::optional<scenario::Lesson> lesson_;
    std::map<int, Prediction> predictions_; ///< By step.
    std::optional<report::Report> report_;
    QString mistake_;
    int step_ = 0;
};

} // namespace lab::desktop
