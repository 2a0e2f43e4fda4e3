#include "report/bill_json.hpp"
#include "report/cost_report.hpp"
#include "report/finding_json.hpp"
#include "report/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace lab::report {
namespace {

namespace json = boost::json;

constexpr int moneyDecimals = 2;
constexpr int priceDecimals = 9;
constexpr int countDecimals = 3;

json::value count(std::size_t value)
{
    return static_cast<std::uint64_t>(value);
}

json::value cents(std::int64_t value)
{
    return toJsonNumber(static_cast<double>(value) / 100, moneyDecimals);
}

json::object styleObject(const StyleCost& style)
{
    json::object object;
    object["loadBalancers"] = count(style.loadBalancers);
    object["controllers"] = count(style.controllers);
    object["monthlyCost"] = billJson(style.bill);
    json::array shares;
    for (const ServiceShare& share : style.shares) {
        shares.push_back(json::object{{"service", toJsonString(share.service)},
                                      {"equally", cents(share.equalCents)},
                                      {"byRequests", cents(share.requestsCents)},
                                      {"byBytes", cents(share.bytesCents)}});
    }
    object["shares"] = std::move(shares);
    return object;
}

json::object comparisonObject(const CostReport& cost)
{
    const cost::Bill& many = cost.perService.bill;
    const cost::Bill& one = cost.ingress.bill;
    const bool isComparable =
        many.currency == one.currency || many.currency.empty() || one.currency.empty();
    json::object object;
    object["difference"] =
        isComparable ? toJsonNumber(one.amount - many.amount, moneyDecimals) : json::value();
    object["currency"] = toJsonString(many.currency);
    object["origin"] = "priced";
    object["book"] = toJsonString(many.bookDate);
    object["breakEvenServices"] =
        cost.breakEvenServices ? count(*cost.breakEvenServices) : json::value();
    object["breakEvenSearchedUpTo"] = count(cost.servicesMax);
    json::array flips;
    for (const cost::Flip& flip : cost.flips) {
        flips.push_back(json::object{{"priceKey", toJsonString(flip.priceKey)},
                                     {"unit", toJsonString(flip.unit)},
                                     {"price", toJsonNumber(flip.price, priceDecimals)},
                                     {"flipPrice", toJsonNumber(flip.flipPrice, priceDecimals)},
                                     {"confirmed", flip.isConfirmed}});
    }
    object["flips"] = std::move(flips);
    return object;
}

json::object limitsObject(const CostReport& cost)
{
    return json::object{{"perServicePoints", count(cost.limits.perServicePoints)},
                        {"ingressPoints", count(cost.limits.ingressPoints)},
                        {"firewallMonth",
                         cost.limits.firewallMonth
                             ? toJsonNumber(*cost.limits.firewallMonth, moneyDecimals)
                             : json::value()},
                        {"origin", "theory"}};
}

json::array madeArray(const CostReport& cost)
{
    json::array rows;
    for (const MadeRow& row : cost.made) {
        rows.push_back(json::object{{"service", toJsonString(row.service)},
                                    {"product", toJsonString(row.product)},
                                    {"why", toJsonString(row.why)},
                                    {"internetFacing", row.isInternetFacing},
                                    {"derived", row.isDerived}});
    }
    return rows;
}

json::object certificatesObject(const CostReport& cost)
{
    json::object object;
    object["names"] = count(cost.names);
    object["origin"] = "theory";
    json::array regimes;
    for (const cost::LifetimeRegime& regime : cost.regimes) {
        regimes.push_back(json::object{{"from", toJsonString(regime.from)},
                                       {"days", toJsonNumber(regime.days, countDecimals)},
                                       {"priceKey", toJsonString(regime.priceKey)},
                                       {"confirmed", regime.isConfirmed}});
    }
    object["regimes"] = std::move(regimes);
    json::array rows;
    for (const CertificateRow& row : cost.certificates) {
        json::array renewals;
        for (const double each : row.renewalsPerYear) {
            renewals.push_back(toJsonNumber(each, countDecimals));
        }
        rows.push_back(json::object{{"grouping", toJsonString(row.grouping)},
                                    {"certificates", count(row.certificates)},
                                    {"renewalsPerYear", std::move(renewals)},
                                    {"issuedInTheFirstDay", count(row.issuedAtOnce)},
                                    {"lastIssuedSeconds", row.lastIssuedSeconds}});
    }
    object["groupings"] = std::move(rows);
    return object;
}

json::array quotasArray(const CostReport& cost)
{
    json::array rows;
    for (const cost::QuotaUse& quota : cost.quotas) {
        json::object row;
        row["what"] = toJsonString(quota.what);
        row["priceKey"] = toJsonString(quota.priceKey);
        row["limit"] = toJsonNumber(quota.limit, countDecimals);
        row["used"] = toJsonNumber(quota.used, countDecimals);
        row["perService"] = toJsonNumber(quota.perService, countDecimals);
        row["servicesAtLimit"] = toJsonNumber(quota.servicesAtLimit(), 0);
        row["exceeded"] = quota.isExceeded();
        row["adjustable"] = quota.isAdjustable ? json::value(*quota.isAdjustable) : json::value();
        row["confirmed"] = quota.isConfirmed;
        row["source"] = toJsonString(quota.source);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

std::string costAsJson(const CostReport& cost)
{
    json::object root;
    root["schemaVersion"] = 1;
    root["tool"] =
        json::object{{"name", "ingresslab"}, {"version", toJsonString(cost.toolVersion)}};
    root["date"] = toJsonString(cost.date);
    root["traffic"] = toJsonString(cost.traffic);
    root["styles"] = json::object{{"per-service", styleObject(cost.perService)},
                                  {"ingress", styleObject(cost.ingress)}};
    root["comparison"] = comparisonObject(cost);
    root["loadBalancers"] = madeArray(cost);
    root["certificates"] = certificatesObject(cost);
    root["services"] = toJsonNumber(cost.services, countDecimals);
    root["quotas"] = quotasArray(cost);
    root["limits"] = limitsObject(cost);
    root["findings"] = findingsJson(cost.findings);
    return toJsonText(root);
}

} // namespace lab::report
