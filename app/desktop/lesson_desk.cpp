#include "desktop/lesson_desk.hpp"

#include <QFile>
#include <QFileInfo>

#include "desktop/workshop.hpp"
#include "scenario/expectation.hpp"
#include "scenario/lesson_reader.hpp"
#include "scenario/scenario_runner.hpp"

#include <algorithm>
#include <cmath>

namespace lab::desktop {
namespace {

using scenario::LessonQuestion;
using scenario::LessonStep;

bool holds(const scenario::Expectation& claim, const report::Report& report)
{
    const auto results = scenario::judge({claim}, report);
    return std::ranges::all_of(results, [](const report::ExpectationResult& result) {
        return result.verdict == report::ExpectationResult::Verdict::Passed;
    });
}

/// The number that the run gives as an answer.
std::optional<double> answerOf(const LessonQuestion& question, const report::Report& report)
{
    const scenario::Expectation& asked = question.answer;
    const auto of = [&](plan::Style style) -> std::optional<double> {
        const report::StyleReport* found = report.style(style);
        const auto measure = found == nullptr ? std::nullopt : measureAt(*found, asked.metric);
        return measure ? std::optional(measure->value) : std::nullopt;
    };
    if (!asked.isRatio) {
        return of(asked.style.value_or(plan::Style::Ingress));
    }
    const bool isIngressFirst = asked.numerator == plan::Style::Ingress;
    const auto above = of(asked.numerator);
    const auto below = of(isIngressFirst ? plan::Style::PerService : plan::Style::Ingress);
    return above && below && *below != 0 ? std::optional(*above / *below) : std::nullopt;
}

QString shown(std::optional<double> number)
{
    return number ? QString::number(*number, 'g', 4) : QStringLiteral("no number");
}

bool isNear(double guess, double actual, const scenario::Expectation& asked)
{
    constexpr double usual = 0.1; ///< Where the lesson does not say.
    const double slack = asked.tolerance == 0       ? usual * std::abs(actual)
                         : asked.isTolerancePercent ? asked.tolerance * std::abs(actual)
                                                    : asked.tolerance;
    return std::abs(guess - actual) <= slack;
}

} // namespace

void LessonDesk::setScenario(const QString& path)
{
    path_ = path;
    lesson_.reset();
    predictions_.clear();
    report_.reset();
    mistake_.clear();
    step_ = 0;
    const QFileInfo info(path);
    QFile file((info.isDir() ? path : info.path()) + "/lesson.yaml");
    if (file.open(QIODevice::ReadOnly)) {
        auto read =
            scenario::readLesson(file.readAll().toStdString(), file.fileName().toStdString());
        if (read.isReadable() && !read.lesson.steps.empty()) {
            lesson_ = std::move(read.lesson);
        } else {
            mistake_ = wordsOf(Error(std::move(read.findings)));
        }
    }
    emit changed();
}

const LessonStep& LessonDesk::current() const
{
    return lesson_->steps[static_cast<std::size_t>(step_)];
}

QString LessonDesk::title() const
{
    return hasLesson() ? QString::fromStdString(lesson_->title) : QString();
}

int LessonDesk::stepCount() const
{
    return hasLesson() ? static_cast<int>(lesson_->steps.size()) : 0;
}

QString LessonDesk::type() const
{
    static const char* const names[] = {"show", "predict", "run", "observe", "explain", "apply"};
    return hasLesson() ? QString::fromLatin1(names[static_cast<std::size_t>(current().type)])
                       : QString();
}

QString LessonDesk::text() const
{
    return hasLesson() ? QString::fromStdString(current().text) : QString();
}

QString LessonDesk::smallPrint() const
{
    return hasLesson() ? QString::fromStdString(current().smallPrint) : QString();
}

QStringList LessonDesk::options() const
{
    QStringList options;
    if (hasLesson() && current().question) {
        for (const scenario::LessonOption& option : current().question->options) {
            options << QString::fromStdString(option.text);
        }
    }
    return options;
}

bool LessonDesk::asksNumber() const
{
    return hasLesson() && current().question &&
           current().question->kind == LessonQuestion::Kind::Number;
}

int LessonDesk::chosen() const
{
    const auto found = predictions_.find(step_);
    return found == predictions_.end() ? -1 : found->second.option;
}

bool LessonDesk::isLocked() const
{
    const auto found = predictions_.find(step_);
    return found != predictions_.end() && found->second.isLocked;
}

QString LessonDesk::mayNotGoOn() const
{
    if (!hasLesson() || step_ + 1 >= stepCount()) {
        return {};
    }
    if (current().question && !isLocked()) {
        return QStringLiteral("Predict first, and lock it.");
    }
    if (current().type == LessonStep::Type::Run && !hasRun()) {
        return QStringLiteral("Run it first.");
    }
    return {};
}

void LessonDesk::next()
{
    if (hasLesson() && step_ + 1 < stepCount() && mayNotGoOn().isEmpty()) {
        ++step_;
        emit changed();
    }
}

void LessonDesk::back()
{
    if (step_ > 0) {
        --step_;
        emit changed();
    }
}

void LessonDesk::choose(int option)
{
    if (hasLesson() && current().question && !isLocked() && option < options().size()) {
        predictions_[step_].option = option;
        emit changed();
    }
}

void LessonDesk::guess(const QString& number)
{
    bool isNumber = false;
    const double value = QString(number).replace(',', '.').toDouble(&isNumber);
    if (asksNumber() && !isLocked()) {
        predictions_[step_].number = isNumber ? std::optional(value) : std::nullopt;
        emit changed();
    }
}

void LessonDesk::lock()
{
    const auto found = predictions_.find(step_);
    if (found != predictions_.end() && (found->second.option >= 0 || found->second.number)) {
        found->second.isLocked = true;
        emit changed();
    }
}

void LessonDesk::run()
{
    scenario::RunOptions options;
    options.clock = "virtual";
    auto report = scenario::runScenario(path_.toStdString(), options);
    mistake_ = report ? QString() : wordsOf(report.error());
    if (report) {
        report_ = std::move(*report);
        emit ran();
    }
    emit changed();
}

QVariantMap LessonDesk::judged(const LessonStep& asked, const Prediction& prediction) const
{
    const LessonQuestion& question = *asked.question;
    const auto actual = answerOf(question, *report_);
    QString predicted = shown(prediction.number);
    QString came = shown(actual);
    bool isRight =
        prediction.number && actual && isNear(*prediction.number, *actual, question.answer);
    if (question.kind == LessonQuestion::Kind::Choice) {
        const auto& chosen = question.options[static_cast<std::size_t>(prediction.option)];
        const auto right = std::ranges::find_if(
            question.options, [&](const auto& option) { return holds(option.claim, *report_); });
        predicted = QString::fromStdString(chosen.text);
        isRight = holds(chosen.claim, *report_);
        if (right != question.options.end()) {
            came = QString::fromStdString(right->text) + QStringLiteral(" (") + came + ')';
        }
    }
    return {{"text", QString::fromStdString(asked.text).section('\n', -1).trimmed()},
            {"predicted", predicted},
            {"actual", came},
            {"verdict", isRight ? "right" : "wrong"}};
}

QVariantList LessonDesk::outcomes() const
{
    QVariantList list;
    if (!hasLesson() || !hasRun()) {
        return list;
    }
    if (current().type == LessonStep::Type::Observe) {
        for (const auto& [step, prediction] : predictions_) {
            if (prediction.isLocked) {
                list << judged(lesson_->steps[static_cast<std::size_t>(step)], prediction);
            }
        }
    }
    for (const auto& result : scenario::judge(current().checks, *report_)) {
        const bool hasPassed = result.verdict == report::ExpectationResult::Verdict::Passed;
        list << QVariantMap{{"text", QString::fromStdString(result.text)},
                            {"predicted", QString()},
                            {"actual", QString::fromStdString(result.actual)},
                            {"verdict", hasPassed ? "held" : "broken"}};
    }
    return list;
}

} // namespace lab::desktop
