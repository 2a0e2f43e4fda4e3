#include "report/bill_table.hpp"

#include "base/decimal.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

std::size_t numberOf(const std::string& source, std::vector<std::string>& sources)
{
    const auto found = std::find(sources.begin(), sources.end(), source);
    const auto index = static_cast<std::size_t>(found - sources.begin());
    if (found == sources.end()) {
        sources.push_back(source);
    }
    return index + 1;
}

std::string marketOf(const cost::Bill& bill)
{
    const bool isAnywhere = bill.region.empty() || bill.region == "any" || bill.region == "-";
    return bill.provider + (isAnywhere ? "" : ' ' + bill.region) + ", price book of " +
           bill.bookDate;
}

bool holdsFor(const StyleReport& style, const std::string& assumption)
{
    const auto& all = style.monthlyCost.assumptions;
    return std::find(all.begin(), all.end(), assumption) != all.end();
}

std::vector<std::string> assumptionsOf(const Report& report)
{
    std::vector<std::string> all;
    for (const StyleReport& style : report.styles) {
        for (const std::string& assumption : style.monthlyCost.assumptions) {
            const bool isShared =
                std::all_of(report.styles.begin(), report.styles.end(), [&](const StyleReport& s) {
                    return holdsFor(s, assumption);
                });
            const std::string text = printable(
                isShared ? assumption : std::string(plan::toText(style.style)) + ": " + assumption);
            if (std::find(all.begin(), all.end(), text) == all.end()) {
                all.push_back(text);
            }
        }
    }
    return all;
}

} // namespace

BillTables billTables(const Report& report)
{
    BillTables tables;
    for (const StyleReport& style : report.styles) {
        const cost::Bill& bill = style.monthlyCost;
        BillTable table;
        table.style = plan::toText(style.style);
        table.total = groupThousands(toDecimal(bill.amount, 2));
        table.currency = bill.currency;
        for (const cost::BillLine& line : bill.lines) {
            const std::string source =
                line.source + (line.sourceAsOf.empty() ? "" : ", " + line.sourceAsOf);
            table.rows.push_back({printable(line.what),
                                  printable(line.detail),
                                  toShortDecimal(line.unitPrice, 6),
                                  '/' + printable(line.unit),
                                  groupThousands(toDecimal(line.amount, 2)),
                                  line.isConfirmed,
                                  numberOf(printable(source), tables.sources)});
            tables.hasRecalled = tables.hasRecalled || !line.isConfirmed;
        }
        if (tables.market.empty()) {
            tables.market = printable(marketOf(bill));
        }
        tables.bills.push_back(std::move(table));
    }
    tables.assumptions = assumptionsOf(report);
    return tables;
}

} // namespace lab::report
