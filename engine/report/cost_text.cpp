#include "base/decimal.hpp"
#include "report/bill_text.hpp"
#include "report/cost_report.hpp"
#include "report/page.hpp"
#include "report/report.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

/// Rows of a list beyond these many are counted, not listed; JSON has them all.
constexpr std::size_t rowsMax = 12;
constexpr std::size_t flipsMax = 5;
constexpr std::size_t quotasMax = 6;

std::string money(double amount, const std::string& currency)
{
    return groupThousands(toDecimal(amount, 2)) + ' ' + printable(currency);
}

std::string cents(std::int64_t amount)
{
    return groupThousands(toDecimal(static_cast<double>(amount) / 100, 2));
}

std::string star(bool isConfirmed)
{
    return isConfirmed ? "" : "*";
}

/// The bills as the report of a run shows them.
BillTables tablesOf(const CostReport& cost)
{
    Report report;
    report.styles.resize(2);
    report.styles[0].style = plan::Style::PerService;
    report.styles[0].monthlyCost = cost.perService.bill;
    report.styles[1].style = plan::Style::Ingress;
    report.styles[1].monthlyCost = cost.ingress.bill;
    return billTables(report);
}

void writeMore(std::size_t all, std::size_t shown, Page& page)
{
    if (shown < all) {
        page.line(page.ink().paint(Tone::Faint,
                                   "… and " + groupThousands(std::to_string(all - shown)) +
                                       " more; -o json lists them all"));
    }
}

void writeAnswer(const CostReport& cost, Page& page)
{
    const cost::Bill& many = cost.perService.bill;
    const cost::Bill& one = cost.ingress.bill;
    page.line();
    page.wrapped(Tone::Strong,
                 "A load balancer each: " + money(many.amount, many.currency) +
                     " a month. One ingress: " + money(one.amount, one.currency) + ".");
    page.wrapped(Tone::Plain, answerOf(cost));
    page.wrapped(Tone::Faint,
                 "Money is priced (book of " + printable(many.bookDate) + ") for " +
                     printable(cost.traffic) + '.');
}

void writeLimits(const CostReport& cost, Page& page)
{
    const std::string text = limitText(cost);
    if (!text.empty()) {
        page.heading("How far a limit reaches");
        page.wrapped(Tone::Plain, printable(text));
    }
}

/// Load balancers that are alike.
struct MadeGroup {
    std::string product;
    std::string scheme;
    std::string why;
    std::size_t count = 0;
    std::string first; ///< Service
};

std::vector<MadeGroup> groupsOf(const CostReport& cost)
{
    std::vector<MadeGroup> groups;
    for (const MadeRow& row : cost.made) {
        const MadeGroup alike{row.product.empty() ? "not priced" : printable(row.product),
                              row.isInternetFacing ? "public" : "internal",
                              (row.isDerived ? "derived; " : "") + printable(row.why),
                              1,
                              printable(row.service)};
        const auto known = std::find_if(groups.begin(), groups.end(), [&alike](const auto& group) {
            return group.product == alike.product && group.scheme == alike.scheme &&
                   group.why == alike.why;
        });
        if (known == groups.end()) {
            groups.push_back(alike);
        } else {
            ++known->count;
        }
    }
    return groups;
}

void writeMade(const CostReport& cost, Page& page)
{
    if (cost.made.empty()) {
        return;
    }
    page.heading("What `type: LoadBalancer` makes here");
    const std::vector<MadeGroup> groups = groupsOf(cost);
    const std::size_t shown = std::min(groups.size(), rowsMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const MadeGroup& group = groups[i];
        const std::string who =
            group.first +
            (group.count > 1 ? " and " + std::to_string(group.count - 1) + " more" : "");
        page.line(padLeft(groupThousands(std::to_string(group.count)), 6) + "  " +
                  padRight(group.product, 20) + padRight(group.scheme, 10) + cutToWidth(who, 56));
        page.wrapped(Tone::Faint, std::string(8, ' ') + group.why, 8);
    }
    writeMore(groups.size(), shown, page);
}

void writeShares(const CostReport& cost, Page& page)
{
    if (cost.ingress.shares.size() < 2) {
        return;
    }
    page.heading("Whose share of the ingress it is", "in " + cost.ingress.bill.currency);
    page.line(page.ink().paint(Tone::Faint,
                               std::string(40, ' ') + padLeft("equally", 14) +
                                   padLeft("by requests", 14) + padLeft("by bytes", 14)));
    const std::size_t shown = std::min(cost.ingress.shares.size(), rowsMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const ServiceShare& share = cost.ingress.shares[i];
        page.line(padRight(cutToWidth(printable(share.service), 38), 40) +
                  padLeft(cents(share.equalCents), 14) + padLeft(cents(share.requestsCents), 14) +
                  padLeft(cents(share.bytesCents), 14));
    }
    writeMore(cost.ingress.shares.size(), shown, page);
}

void writeFlips(const CostReport& cost, Page& page)
{
    if (cost.flips.empty()) {
        return;
    }
    page.heading("What would flip the answer", "one price alone, all others being as they are");
    const std::size_t shown = std::min(cost.flips.size(), flipsMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const cost::Flip& flip = cost.flips[i];
        page.line(padRight(printable(flip.priceKey), 46) +
                  padLeft(toShortDecimal(flip.price, 6) + star(flip.isConfirmed), 12) + " → " +
                  padRight(toShortDecimal(flip.flipPrice, 6), 12) +
                  page.ink().paint(Tone::Faint, '/' + printable(flip.unit)));
    }
    writeMore(cost.flips.size(), shown, page);
}

std::string durationText(std::int64_t seconds)
{
    constexpr std::int64_t daySeconds = 24LL * 3600;
    if (seconds == 0) {
        return "at once";
    }
    if (seconds >= 2 * daySeconds) {
        return toShortDecimal(static_cast<double>(seconds) / daySeconds, 1) + " days";
    }
    return toShortDecimal(static_cast<double>(seconds) / 3600, 1) + " hours";
}

void writeCertificates(const CostReport& cost, Page& page)
{
    if (cost.names == 0) {
        return;
    }
    page.heading("Certificates",
                 groupThousands(std::to_string(cost.names)) +
                     (cost.names == 1 ? " name" : " names") +
                     "; renewals a year, two thirds into the lifetime (theory)");
    std::string head = padRight("", 14) + padLeft("count", 8);
    for (const cost::LifetimeRegime& regime : cost.regimes) {
        head += padLeft(toShortDecimal(regime.days, 0) + " days" + star(regime.isConfirmed), 13);
    }
    page.line(page.ink().paint(Tone::Faint, head + padLeft("all issued", 16)));
    std::string since = padRight("", 22);
    for (std::size_t i = 0; i < cost.regimes.size(); ++i) {
        since += padLeft(i == 0 ? "now" : cost.regimes[i].from, 13);
    }
    page.line(page.ink().paint(Tone::Faint, since + padLeft("after", 16)));
    for (const CertificateRow& row : cost.certificates) {
        std::string line = padRight(row.grouping, 14) +
                           padLeft(groupThousands(std::to_string(row.certificates)), 8);
        for (const double renewals : row.renewalsPerYear) {
            line += padLeft(groupThousands(toDecimal(renewals, renewals < 100 ? 1 : 0)), 13);
        }
        page.line(line + padLeft(durationText(row.lastIssuedSeconds), 16));
    }
}

std::string adjustableText(const cost::QuotaUse& quota)
{
    if (!quota.isAdjustable) {
        return "adjustable: not known";
    }
    return *quota.isAdjustable ? "adjustable" : "not adjustable";
}

void writeQuotas(const CostReport& cost, Page& page)
{
    if (cost.quotas.empty()) {
        return;
    }
    page.heading("Which limit comes first",
                 "a load balancer each, now " + toShortDecimal(cost.services, 0) + " services");
    const std::size_t shown = std::min(cost.quotas.size(), quotasMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const cost::QuotaUse& quota = cost.quotas[i];
        const std::string used = groupThousands(toShortDecimal(quota.used, 1)) + " of " +
                                 groupThousands(toShortDecimal(quota.limit, 0)) +
                                 star(quota.isConfirmed);
        const std::string line =
            padRight(cutToWidth(quota.what, 44), 46) + padLeft(used, 16) +
            padLeft("full at " + groupThousands(toShortDecimal(quota.servicesAtLimit(), 0)), 16);
        page.line(page.ink().paint(quota.isExceeded() ? Tone::Bad : Tone::Plain, line));
        page.line(page.ink().paint(
            Tone::Faint, "  " + cutToWidth(adjustableText(quota) + "; " + quota.priceKey, 92)));
    }
    writeMore(cost.quotas.size(), shown, page);
}

/// Is a number marked that the bills above do not explain already?
bool hasOtherRecalled(const CostReport& cost)
{
    return std::any_of(cost.quotas.begin(),
                       cost.quotas.end(),
                       [](const auto& quota) { return !quota.isConfirmed; }) ||
           std::any_of(cost.regimes.begin(), cost.regimes.end(), [](const auto& regime) {
               return !regime.isConfirmed;
           });
}

} // namespace

std::string costAsText(const CostReport& report, bool usesColour)
{
    Page page(usesColour);
    writeAnswer(report, page);
    writeMade(report, page);
    const BillTables tables = tablesOf(report);
    writeBills(tables, page);
    writeShares(report, page);
    writeFlips(report, page);
    writeCertificates(report, page);
    writeQuotas(report, page);
    writeLimits(report, page);
    if (hasOtherRecalled(report) && !tables.hasRecalled) {
        page.line();
        page.wrapped(Tone::Faint,
                     "*   recalled, not confirmed by a source: check it before you rely on it",
                     4);
    }
    return page.take();
}

} // namespace lab::report
