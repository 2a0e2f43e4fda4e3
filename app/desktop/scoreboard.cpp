#include "desktop/scoreboard.hpp"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace lab::desktop {
namespace {

using report::StyleReport;

QString whole(double number)
{
    return QLocale::c().toString(std::round(number), 'f', 0);
}

QString milliseconds(Duration duration)
{
    const double ms = toSeconds(duration) * 1000;
    return QString::number(ms, 'f', ms < 10 ? 2 : (ms < 100 ? 1 : 0));
}

QString betterOf(double perService, double ingress, double slack = 0.0)
{
    if (std::abs(perService - ingress) <= slack * std::max(perService, ingress)) {
        return {};
    }
    return perService < ingress ? QStringLiteral("per-service") : QStringLiteral("ingress");
}

class Scores {
public:
    explicit Scores(const Player& player)
        : player_(player)
        , a_(reportOf(plan::Style::PerService))
        , b_(reportOf(plan::Style::Ingress))
        , simulated_(QStringLiteral("simulated, seed %1").arg(player.run().scenario().seed))
    {
    }

    std::vector<ScoreCell> take()
    {
        cost();
        counts();
        limit();
        latency();
        trouble();
        return std::move(cells_);
    }

private:
    [[nodiscard]] StyleReport reportOf(plan::Style style) const
    {
        return player_.run().reportOf(style, player_.track(style).measurements(player_.now()));
    }

    void cost()
    {
        const cost::Bill& a = a_.monthlyCost;
        const cost::Bill& b = b_.monthlyCost;
        const QString sign = a.currency == "USD" ? QStringLiteral("$") : QString();
        QString how = QStringLiteral("The doors and what makes them work, at this traffic, ") +
                      QString::fromStdString(a.provider) + QStringLiteral(".\n");
        how += lines(QStringLiteral("A"), a) + lines(QStringLiteral("B"), b);
        cells_.push_back({QStringLiteral("Monthly cost"),
                          QStringLiteral("dollar-sign"),
                          sign + whole(a.amount),
                          sign + whole(b.amount),
                          sign.isEmpty() ? QString::fromStdString(a.currency) : QString(),
                          betterOf(a.amount, b.amount, 0.005),
                          QStringLiteral("priced, book of ") + QString::fromStdString(a.bookDate),
                          how});
    }

    static QString lines(const QString& style, const cost::Bill& bill)
    {
        constexpr std::size_t shown = 6;
        QString text;
        for (std::size_t i = 0; i < std::min(shown, bill.lines.size()); ++i) {
            const cost::BillLine& line = bill.lines[i];
            text += QStringLiteral("%1  %2 %3: %4\n")
                        .arg(style,
                             QString::fromStdString(line.what),
                             QString::fromStdString(line.detail),
                             QString::number(line.amount, 'f', 2));
        }
        if (bill.lines.size() > shown) {
            text +=
                QStringLiteral("%1  and %2 more lines\n").arg(style).arg(bill.lines.size() - shown);
        }
        return text;
    }

    void count(const char* name, const char* icon, std::size_t a, std::size_t b, const char* how)
    {
        cells_.push_back({QString::fromUtf8(name),
                          QString::fromUtf8(icon),
                          QLocale::c().toString(static_cast<qulonglong>(a)),
                          QLocale::c().toString(static_cast<qulonglong>(b)),
                          {},
                          betterOf(static_cast<double>(a), static_cast<double>(b)),
                          QStringLiteral("counted"),
                          QString::fromUtf8(how)});
    }

    static std::size_t rulesOf(const plan::FrontDoorPlan& plan)
    {
        std::size_t rules = 0;
        std::size_t replica = 0;
        for (const plan::Door& door : plan.doors) {
            if (door.role == plan::DoorRole::Controller) {
                replica = std::max(replica, door.routes.size()); // all replicas have the same
            } else if (door.role == plan::DoorRole::LoadBalancer) {
                rules += std::max(door.routes.size(), door.ports.size());
            }
        }
        return rules + replica;
    }

    void counts()
    {
        const scenario::RunPlans& plans = player_.run().plans();
        count("Load balancers",
              "network",
              a_.loadBalancers,
              b_.loadBalancers,
              "Load balancers that a cloud would make and bill: one for each Service of A; in B "
              "the one in front of the ingress, and those of Services that are not HTTP.");
        count("Certificates",
              "badge-check",
              a_.certificates,
              b_.certificates,
              "Distinct certificates that somebody must renew. A certificate holds at most a "
              "hundred names; the controller's own default one is not counted.");
        count("Rules",
              "list",
              rulesOf(*plans.perService),
              rulesOf(*plans.ingress),
              "Listeners of load balancers, and routes of the ingress (once, however many "
              "replicas hold them).");
    }

    static QString verdict(const StyleReport& report)
    {
        if (!report.overallLimit) {
            return QStringLiteral("–");
        }
        if (report.overallLimit->enforcingPoints == 0) {
            return QStringLiteral("nobody");
        }
        return report.overallLimit->isHeld
                   ? QStringLiteral("held")
                   : QStringLiteral("×%1").arg(report.overallLimit->factor, 0, 'f', 2);
    }

    void limit()
    {
        ScoreCell cell;
        cell.name = QStringLiteral("Overall limit");
        cell.icon = QStringLiteral("gauge");
        cell.perService = verdict(a_);
        cell.ingress = verdict(b_);
        cell.origin = simulated_;
        cell.how = QStringLiteral("This scenario wishes for no limit.");
        if (a_.overallLimit && b_.overallLimit) {
            const auto& limit = *a_.overallLimit;
            cell.name = QStringLiteral("Limit %1/s").arg(limit.ratePerSecond);
            cell.how = QStringLiteral("Wished: %1/s, burst %2. Held: at most 1 % more was let in "
                                      "than one exact bucket over all arrivals would let in; "
                                      "else how many times that.\nA: %3 buckets let in %4/s. "
                                      "B: %5 let in %6/s.")
                           .arg(limit.ratePerSecond)
                           .arg(limit.burst)
                           .arg(limit.enforcingPoints)
                           .arg(limit.admittedPerSecond, 0, 'f', 1)
                           .arg(b_.overallLimit->enforcingPoints)
                           .arg(b_.overallLimit->admittedPerSecond, 0, 'f', 1);
            if (limit.isHeld != b_.overallLimit->isHeld) {
                cell.better =
                    limit.isHeld ? QStringLiteral("per-service") : QStringLiteral("ingress");
            }
        }
        cells_.push_back(cell);
    }

    void latency()
    {
        for (const auto& [name, q] : {std::pair{"Median", 0.5}, std::pair{"p99", 0.99}}) {
            const auto& a = a_.measurements.latency;
            const auto& b = b_.measurements.latency;
            const double none = a.count() == 0 || b.count() == 0 ? 1.0 : 0.02;
            cells_.push_back(
                {QString::fromUtf8(name),
                 QStringLiteral("timer"),
                 a.count() == 0 ? QStringLiteral("–") : milliseconds(a.quantile(q)),
                 b.count() == 0 ? QStringLiteral("–") : milliseconds(b.quantile(q)),
                 QStringLiteral("ms"),
                 betterOf(toSeconds(a.quantile(q)), toSeconds(b.quantile(q)), none),
                 simulated_,
                 QStringLiteral("From the moment a client meant to send until the whole answer "
                                "was there; answered and admitted requests since the warm-up. "
                                "Hops cost what they cost on loopback: 30 µs each.")});
        }
    }

    void rate(const char* name, const char* icon, double a, double b, const char* how)
    {
        const auto text = [](double value) {
            return QString::number(value, 'f', value > 0 && value < 10 ? 1 : 0);
        };
        cells_.push_back({QString::fromUtf8(name),
                          QString::fromUtf8(icon),
                          text(a),
                          text(b),
                          QStringLiteral("/s"),
                          betterOf(a, b, 0.02),
                          simulated_,
                          QString::fromUtf8(how)});
    }

    void trouble()
    {
        const measurement::Measurements& a = a_.measurements;
        const measurement::Measurements& b = b_.measurements;
        rate("Refused",
             "shield",
             a.perSecond(a.refused),
             b.perSecond(b.refused),
             "Answered 429, or 503 by a client's own limit, a second since the warm-up.");
        rate("Errors",
             "circle-alert",
             a.perSecond(a.errorCount()),
             b.perSecond(b.errorCount()),
             "No answer, or one of 5xx that is no limit's, a second since the warm-up.");
    }

    const Player& player_;
    StyleReport a_;
    StyleReport b_;
    QString simulated_;
    std::vector<ScoreCell> cells_;
};

enum Role {
    NameRole = Qt::UserRole + 1,
    IconRole,
    PerServiceRole,
    IngressRole,
    UnitRole,
    BetterRole,
    OriginRole,
    HowRole,
};

} // namespace

std::vector<ScoreCell> scoresOf(const Player& player)
{
    return Scores(player).take();
}

void Scoreboard::update(std::vector<ScoreCell> cells)
{
    if (cells.size() != cells_.size()) {
        beginResetModel();
        cells_ = std::move(cells);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!(cells[i] == cells_[i])) {
            cells_[i] = std::move(cells[i]);
            const QModelIndex changed = index(static_cast<int>(i));
            emit dataChanged(changed, changed);
        }
    }
}

int Scoreboard::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(cells_.size());
}

QVariant Scoreboard::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const ScoreCell& cell = cells_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case NameRole:
        return cell.name;
    case IconRole:
        return cell.icon;
    case PerServiceRole:
        return cell.perService;
    case IngressRole:
        return cell.ingress;
    case UnitRole:
        return cell.unit;
    case BetterRole:
        return cell.better;
    case OriginRole:
        return cell.origin;
    case HowRole:
        return cell.how;
    default:
        return {};
    }
}

QHash<int, QByteArray> Scoreboard::roleNames() const
{
    return {{NameRole, "name"},
            {IconRole, "sign"},
            {PerServiceRole, "perService"},
            {IngressRole, "ingress"},
            {UnitRole, "unit"},
            {BetterRole, "better"},
            {OriginRole, "origin"},
            {HowRole, "how"}};
}

} // namespace lab::desktop
