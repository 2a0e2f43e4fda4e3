#include "report/bill_html.hpp"

#include "base/decimal.hpp"

#include <algorithm>

namespace lab::report {
namespace {

constexpr std::size_t quotasMax = 5;

std::string money(double amount, const std::string& currency)
{
    return groupThousands(toDecimal(amount, 2)) + ' ' + currency;
}

} // namespace

std::string htmlRow(const std::vector<std::string>& texts)
{
    std::string row = "<tr><td>" + htmlText(texts.front()) + "</td>";
    for (std::size_t i = 1; i < texts.size(); ++i) {
        row += "<td class=\"number\">" + htmlText(texts[i]) + "</td>";
    }
    return row + "</tr>\n";
}

Bar billBar(const std::string& name, const cost::Bill& bill)
{
    Bar bar{name, money(bill.amount, bill.currency), {}};
    for (const cost::BillLine& line : bill.lines) {
        const auto known = std::find_if(bar.parts.begin(), bar.parts.end(), [&line](const auto& p) {
            return p.name == line.what;
        });
        BarPart& part =
            known != bar.parts.end() ? *known : bar.parts.emplace_back(BarPart{line.what, 0, ""});
        part.value += std::max(line.amount, 0.0);
        part.text = money(part.value, bill.currency);
    }
    return bar;
}

std::string quotaSection(const std::vector<cost::QuotaUse>& quotas)
{
    if (quotas.empty()) {
        return {};
    }
    std::string markup = "<h2>Which wall comes first</h2>\n<table><tr><th>limit</th>"
                         "<th class=\"number\">used now</th><th class=\"number\">of</th></tr>\n";
    const std::size_t shown = std::min(quotas.size(), quotasMax);
    for (std::size_t i = 0; i < shown; ++i) {
        const cost::QuotaUse& quota = quotas[i];
        markup +=
            htmlRow({quota.what,
                     groupThousands(toDecimal(quota.used, 0)),
                     groupThousands(toDecimal(quota.limit, 0)) + (quota.isConfirmed ? "" : "*")});
    }
    return markup + "</table>\n";
}

std::string billSection(const std::string& title, const cost::Bill& bill)
{
    std::string markup =
        "<h2>" + htmlText(title) +
        "</h2>\n<table><tr><th>line</th><th class=\"number\">quantity</th>"
        "<th class=\"number\">unit price</th><th class=\"number\">amount</th></tr>\n";
    for (const cost::BillLine& line : bill.lines) {
        markup += htmlRow({line.what + " (" + line.detail + ")",
                           groupThousands(toDecimal(line.quantity, 2)) + ' ' + line.unit,
                           toDecimal(line.unitPrice, 6),
                           money(line.amount, bill.currency) + (line.isConfirmed ? "" : "*")});
    }
    return markup + "</table>\n";
}

std::string assumptionSection(const std::vector<const cost::Bill*>& bills)
{
    std::vector<std::string> said;
    std::string markup = "<h2>Assumed</h2>\n<ul>\n";
    for (const cost::Bill* bill : bills) {
        for (const std::string& assumption : bill->assumptions) {
            if (std::find(said.begin(), said.end(), assumption) == said.end()) {
                markup += "<li>" + htmlText(assumption) + "</li>\n";
                said.push_back(assumption);
            }
        }
    }
    return markup + "<li>a price with a * is recalled, not confirmed by a source</li>\n</ul>\n";
}

} // namespace lab::report
