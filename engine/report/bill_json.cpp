#include "report/bill_json.hpp"

#include "report/json_text.hpp"
#include "report/report.hpp"

#include <boost/json/array.hpp>

namespace lab::report {

namespace json = boost::json;

namespace {

// Decimals of each kind of figure: enough for people, few enough to be the same everywhere.
constexpr int moneyDecimals = 2;
constexpr int priceDecimals = 9;
constexpr int quantityDecimals = 6;

json::object lineObject(const cost::BillLine& line)
{
    json::object object;
    object["what"] = toJsonString(line.what);
    object["detail"] = toJsonString(line.detail);
    object["quantity"] = toJsonNumber(line.quantity, quantityDecimals);
    object["unit"] = toJsonString(line.unit);
    object["unitPrice"] = toJsonNumber(line.unitPrice, priceDecimals);
    object["amount"] = toJsonNumber(line.amount, moneyDecimals);
    object["priceKey"] = toJsonString(line.priceKey);
    object["source"] = toJsonString(line.source);
    object["sourceAsOf"] = toJsonString(line.sourceAsOf);
    object["confirmed"] = line.isConfirmed;
    return object;
}

} // namespace

json::object billJson(const cost::Bill& bill)
{
    json::object object;
    object["amount"] = toJsonNumber(bill.amount, moneyDecimals);
    object["currency"] = toJsonString(bill.currency);
    object["unit"] = toJsonString(bill.currency + "/month");
    object["origin"] = toText(Origin::Priced);
    object["book"] = toJsonString(bill.bookDate);
    object["provider"] = toJsonString(bill.provider);
    object["region"] = toJsonString(bill.region);
    json::array lines;
    for (const cost::BillLine& line : bill.lines) {
        lines.push_back(lineObject(line));
    }
    object["lines"] = std::move(lines);
    json::array assumptions;
    for (const std::string& assumption : bill.assumptions) {
        assumptions.push_back(toJsonString(assumption));
    }
    object["assumptions"] = std::move(assumptions);
    return object;
}

} // namespace lab::report
