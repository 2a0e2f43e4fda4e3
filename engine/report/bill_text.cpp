#include "report/bill_text.hpp"

#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

/// Widths of the columns of all bills, so that they stand below one another.
struct BillWidths {
    std::size_t what = 0;
    std::size_t price = 0;
    std::size_t unit = 0;
    std::size_t amount = 0;

    void take(const BillTable& bill)
    {
        amount = std::max(amount, displayWidth(bill.total));
        for (const BillRow& row : bill.rows) {
            what = std::max(what, displayWidth(row.what));
            price = std::max(price, displayWidth(row.unitPrice));
            unit = std::max(unit, displayWidth(row.unit));
            amount = std::max(amount, displayWidth(row.amount));
        }
    }

    /// What is left for the detail.
    [[nodiscard]] std::size_t detail() const
    {
        const std::size_t taken =
            Page::indent + 2 + what + 2 + 2 + price + unit + 2 + amount + 6 + Page::indent;
        return taken + 10 < Page::width ? Page::width - taken : 10;
    }
};

void writeBillRow(const BillRow& row, const BillWidths& widths, Page& page)
{
    const auto detail = wrapText(row.detail, widths.detail());
    for (std::size_t i = 0; i < detail.size(); ++i) {
        std::string line = "  " + padRight(i == 0 ? row.what : "", widths.what) + "  " +
                           page.ink().paint(Tone::Faint, padRight(detail[i], widths.detail()));
        if (i == 0) {
            line += "  " + padLeft(row.unitPrice, widths.price) +
                    page.ink().paint(Tone::Faint, padRight(row.unit, widths.unit)) + "  " +
                    padLeft(row.amount, widths.amount) + (row.isConfirmed ? ' ' : '*') +
                    page.ink().paint(Tone::Faint,
                                     padLeft('[' + std::to_string(row.reference) + ']', 5));
        }
        page.line(line);
    }
}

} // namespace

void writeBills(const BillTables& tables, Page& page)
{
    BillWidths widths;
    for (const BillTable& bill : tables.bills) {
        widths.take(bill);
    }
    page.heading("What it costs a month", tables.market);
    for (const BillTable& bill : tables.bills) {
        const std::size_t numbers =
            2 + widths.what + 2 + widths.detail() + 2 + widths.price + widths.unit + 2;
        page.line();
        page.line(padRight(bill.style, numbers) +
                  page.ink().paint(Tone::Strong, padLeft(bill.total, widths.amount)) + ' ' +
                  bill.currency);
        for (const BillRow& row : bill.rows) {
            writeBillRow(row, widths, page);
        }
    }
    page.line();
    for (std::size_t i = 0; i < tables.sources.size(); ++i) {
        page.wrapped(Tone::Faint, '[' + std::to_string(i + 1) + "] " + tables.sources[i], 4);
    }
    if (tables.hasRecalled) {
        page.wrapped(Tone::Faint,
                     "*   recalled, not confirmed by a source: check it before you rely on it",
                     4);
    }
    if (!tables.assumptions.empty()) {
        page.heading("Assumed");
        for (const std::string& assumption : tables.assumptions) {
            page.wrapped(Tone::Plain, "· " + assumption, 2);
        }
    }
}

} // namespace lab::report
