#include "desktop/workshop.hpp"

#include <QDir>
#include <QLocale>

#include "desktop/dots.hpp"
#include "desktop/scenario_shelf.hpp"
#include "scenario/asset_folder.hpp"

#include <algorithm>

namespace lab::desktop {
namespace {

constexpr int tickMs = 16;
constexpr qint64 sampleMs = 250;
constexpr double longestTick = 0.1; ///< A window that slept does not race to catch up.

QString count(std::size_t n, const char* one, const char* many)
{
    return QLocale::c().toString(static_cast<qulonglong>(n)) + ' ' +
           QString::fromUtf8(n == 1 ? one : many);
}

QString firstUrlOf(const scenario::Scenario& scenario)
{
    const auto& traffic = scenario.traffic;
    return traffic.empty() ? QString() : QString::fromStdString(traffic.front().mix.front().url);
}

} // namespace

QString wordsOf(const Error& error)
{
    constexpr std::size_t shown = 5;
    QStringList lines;
    if (!error.message().empty()) {
        lines << QString::fromStdString(error.message());
    }
    for (const Finding& finding : error.findings()) {
        if (static_cast<std::size_t>(lines.size()) == shown) {
            lines << QStringLiteral("and %1 more").arg(error.findings().size() - shown);
            break;
        }
        QString line = QString::fromStdString(finding.message);
        if (!finding.remedy.empty()) {
            line += QStringLiteral("; ") + QString::fromStdString(finding.remedy);
        }
        lines << QString::fromStdString(toText(finding.place)) + QStringLiteral(": ") + line;
    }
    return lines.join('\n');
}

Workshop::Workshop(QObject* parent)
    : QObject(parent)
{
    ticks_.setTimerType(Qt::PreciseTimer);
    ticks_.setInterval(tickMs);
    connect(&ticks_, &QTimer::timeout, this, &Workshop::tick);
    connect(&lessonDesk_, &LessonDesk::ran, this, [this] {
        player_->reset();
        setRunning(true);
    });
}

QString ownScenarios()
{
    const auto assets = scenario::assetFolder();
    if (!assets) {
        return {};
    }
    const QDir folder(QString::fromStdString(*assets));
    for (const char* place : {"scenarios", "../scenarios"}) {
        if (folder.exists(QString(place) + "/two-doors")) {
            return QDir::cleanPath(folder.filePath(place));
        }
    }
    return {};
}

QVariantList Workshop::scenarios() const
{
    static const QVariantList own = asList(scenariosIn(ownScenarios())); // they do not change
    return own;
}

bool Workshop::open(const QString& path)
{
    auto run = scenario::TrailRun::open(path.toStdString());
    if (!run) {
        report(wordsOf(run.error()));
        return false;
    }
    setRunning(false);
    player_ = std::make_unique<Player>(std::move(*run));
    selected_ = -1;
    report({});
    chooseDots();
    explainDesk_.setScenario(path, firstUrlOf(player_->run().scenario()));
    lessonDesk_.setScenario(path);
    outsideDesk_.setScenario(path, explainDesk_.url());
    emit speedChanged();
    emit selectionChanged();
    emit opened();
    show();
    return true;
}

QString Workshop::title() const
{
    return isOpen() ? QString::fromStdString(player_->run().scenario().title) : QString();
}

QStringList Workshop::serviceNames() const
{
    QStringList names;
    if (isOpen()) {
        for (const StageService& service : player_->model().services) {
            names << QString::fromStdString(service.fullName);
        }
    }
    return names;
}

QString Workshop::scenarioName() const
{
    return isOpen() ? QString::fromStdString(player_->run().scenario().name) : QString();
}

QString Workshop::perServiceNote() const
{
    if (!isOpen()) {
        return {};
    }
    const auto& plan = *player_->run().plans().perService;
    return count(plan.loadBalancerCount(), "public address", "public addresses") +
           QStringLiteral(", ") + count(plan.loadBalancerCount(), "bill", "bills");
}

QString Workshop::ingressNote() const
{
    if (!isOpen()) {
        return {};
    }
    const auto& plan = *player_->run().plans().ingress;
    return count(plan.loadBalancerCount(), "public address", "public addresses") +
           QStringLiteral(", ") + count(plan.controllerCount(), "replica", "replicas");
}

void Workshop::setRunning(bool isRunning)
{
    if (isRunning == this->isRunning() || (isRunning && !isOpen())) {
        return;
    }
    if (isRunning) {
        if (player_->isAtEnd()) {
            player_->seek(Instant());
        }
        sinceTick_.start();
        ticks_.start();
    } else {
        ticks_.stop();
        sample();
    }
    emit runningChanged();
}

void Workshop::tick()
{
    const double passed = static_cast<double>(sinceTick_.nsecsElapsed()) * 1e-9;
    sinceTick_.start();
    frame(std::min(passed, longestTick));
    if (player_->isAtEnd()) {
        setRunning(false);
    }
}

void Workshop::frame(double pictureSeconds)
{
    player_->advance(pictureSeconds);
    emit framed();
    if (!sinceSample_.isValid() || sinceSample_.elapsed() >= sampleMs) {
        sample();
    }
}

void Workshop::showAtMost(double dots)
{
    dotsMax_ = dots;
    if (isOpen()) {
        chooseDots();
        emit framed();
    }
}

void Workshop::sample()
{
    if (isOpen()) {
        sinceSample_.start();
        scoreboard_.update(scoresOf(*player_));
        serviceDesk_.show(player_.get(), selected_);
        emit sampled();
    }
}

void Workshop::show()
{
    emit framed();
    sample();
}

void Workshop::step(double pictureSeconds)
{
    if (isOpen()) {
        player_->advance(pictureSeconds);
        show();
    }
}

void Workshop::stepBack(double seconds)
{
    seek(std::max(0.0, this->seconds() - seconds));
}

void Workshop::befall(const QString& what, bool isFirstOnly)
{
    const auto fault = faultNamed(what);
    if (!isOpen() || selected_ < 0 || !fault) {
        return;
    }
    const auto& service = player_->model().services[static_cast<std::size_t>(selected_)];
    player_->befall(service.fullName, isFirstOnly ? 1 : ~std::size_t{0}, *fault);
    show();
}

void Workshop::seek(double seconds)
{
    if (isOpen()) {
        player_->seek(Instant(fromSeconds(seconds)));
        show();
    }
}

void Workshop::reset()
{
    if (isOpen()) {
        setRunning(false);
        player_->reset();
        show();
    }
}

double Workshop::speed() const
{
    return isOpen() ? player_->clock().speed() : 1.0;
}

void Workshop::setSpeed(double speed)
{
    if (isOpen() && speed > 0) {
        player_->setSpeed(speed);
        chooseDots();
        emit speedChanged();
        emit framed();
    }
}

void Workshop::chooseDots()
{
    requestsPerDot_ = desktop::requestsPerDot(player_->arrivalsPerSecond(), speed(), dotsMax_);
    emit dotsChanged();
}

double Workshop::seconds() const
{
    return isOpen() ? toSeconds(player_->now().sinceStart()) : 0.0;
}

double Workshop::endSeconds() const
{
    return isOpen() ? toSeconds(player_->end().sinceStart()) : 0.0;
}

QString Workshop::clock() const
{
    const double now = seconds();
    const int minutes = static_cast<int>(now) / 60;
    return QStringLiteral("%1:%2")
        .arg(minutes, 2, 10, QLatin1Char('0'))
        .arg(now - minutes * 60, 4, 'f', 1, QLatin1Char('0'));
}

void Workshop::select(int service)
{
    if (service != selected_) {
        selected_ = service;
        serviceDesk_.show(player_.get(), selected_);
        emit selectionChanged();
    }
}

void Workshop::mark(double seconds)
{
    if (seconds != marked_) {
        marked_ = seconds;
        emit markedChanged();
    }
}

void Workshop::report(const QString& problem)
{
    if (problem != problem_) {
        problem_ = problem;
        emit problemChanged();
    }
}

} // namespace lab::desktop
