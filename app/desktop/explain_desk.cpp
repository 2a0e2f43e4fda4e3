#include "desktop/explain_desk.hpp"

#include <QClipboard>
#include <QGuiApplication>

#include "desktop/workshop.hpp"
#include "scenario/explain_request.hpp"

namespace lab::desktop {
namespace {

QString text(const std::string& words)
{
    return QString::fromStdString(words);
}

/// The file's name and line: the folder is known.
QString placeOf(const Place& place)
{
    return place.isKnown() ? text(toText(place)).section('/', -1) : QString();
}

QString verdictOf(const explain::Explanation& answer)
{
    using explain::OutcomeKind;
    const explain::Outcome& outcome = answer.outcome;
    switch (outcome.kind) {
    case OutcomeKind::Backend:
    case OutcomeKind::Default:
        return QStringLiteral("%1:%2").arg(text(outcome.service)).arg(outcome.port);
    case OutcomeKind::Redirect:
        return QStringLiteral("%1 to %2").arg(outcome.status).arg(text(outcome.location));
    case OutcomeKind::Refusal:
        return QStringLiteral("%1 %2").arg(outcome.status).arg(text(outcome.refusal));
    case OutcomeKind::NoRoute:
        return QStringLiteral("404: no rule takes it");
    case OutcomeKind::NotExpressible:
        return QStringLiteral("no door of this style takes it");
    }
    return {};
}

QVariantList stepsOf(const explain::Explanation& answer)
{
    QVariantList steps;
    for (const explain::PhaseStep& step : answer.phases) {
        steps << QVariantMap{{"phase", text(step.phase)},
                             {"text", text(step.text)},
                             {"hasAnswered", step.phase == answer.answeredBy}};
    }
    return steps;
}

QVariantList candidatesOf(const explain::Explanation& answer)
{
    constexpr std::size_t shown = 12;
    QVariantList candidates;
    for (const explain::Candidate& one : answer.candidates) {
        if (static_cast<std::size_t>(candidates.size()) == shown) {
            break;
        }
        candidates << QVariantMap{{"match", text(one.match)},
                                  {"service", text(one.service)},
                                  {"place", placeOf(one.rule)},
                                  {"hasWon", one.hasWon},
                                  {"because", text(one.lostBecause)}};
    }
    return candidates;
}

QVariantList limitsOf(const explain::Explanation& answer)
{
    QVariantList limits;
    for (const explain::AppliedLimit& limit : answer.limits) {
        limits << QVariantMap{{"name", text(limit.name)},
                              {"amount", text(limit.amount)},
                              {"state", text(limit.state)}};
    }
    return limits;
}

QVariantMap asMap(const explain::Explanation& answer)
{
    using explain::OutcomeKind;
    const bool isServed =
        answer.outcome.kind == OutcomeKind::Backend || answer.outcome.kind == OutcomeKind::Default;
    QString certificate;
    if (answer.certificate) {
        certificate = text(answer.certificate->name) + QStringLiteral(" (") +
                      text(answer.certificate->source) + ')';
        if (!answer.certificate->warning.empty()) {
            certificate += QStringLiteral(": ") + text(answer.certificate->warning);
        }
    }
    return {{"style", text(std::string(plan::toText(answer.style)))},
            {"door", text(answer.door)},
            {"verdict", verdictOf(answer)},
            {"isServed", isServed},
            {"decidedBy", text(answer.decidedBy)},
            {"because", text(answer.outcome.because)},
            {"place", placeOf(answer.outcome.rule)},
            {"steps", stepsOf(answer)},
            {"candidates", candidatesOf(answer)},
            {"certificate", certificate},
            {"limits", limitsOf(answer)},
            {"endpoint", text(answer.outcome.endpoint)}};
}

} // namespace

void ExplainDesk::setScenario(const QString& path, const QString& firstUrl)
{
    path_ = path;
    url_ = firstUrl;
    method_ = QStringLiteral("GET");
    answers_.clear();
    mistake_.clear();
    emit asked();
    emit answered();
}

void ExplainDesk::setUrl(const QString& url)
{
    if (url != url_) {
        url_ = url;
        emit asked();
    }
}

void ExplainDesk::setMethod(const QString& method)
{
    if (method != method_) {
        method_ = method;
        emit asked();
    }
}

QString ExplainDesk::curl() const
{
    QString quoted = url_;
    quoted.replace('\'', QStringLiteral("'\\''"));
    return QStringLiteral("curl -i%1 '%2'")
        .arg(method_ == "GET" ? QString() : QStringLiteral(" -X ") + method_, quoted);
}

void ExplainDesk::copyCurl() const
{
    QGuiApplication::clipboard()->setText(curl());
}

void ExplainDesk::ask()
{
    answers_.clear();
    mistake_.clear();
    for (const plan::Style style : {plan::Style::PerService, plan::Style::Ingress}) {
        scenario::ExplainOptions options;
        options.request.url = url_.trimmed().toStdString();
        options.request.method = method_.toStdString();
        options.inputs = {path_.toStdString()};
        options.style = style;
        const auto explained = scenario::explainRequest(options);
        if (!explained) {
            mistake_ = wordsOf(explained.error());
            answers_.clear();
            break;
        }
        answers_ << asMap(explained->explanation);
    }
    emit answered();
}

} // namespace lab::desktop
