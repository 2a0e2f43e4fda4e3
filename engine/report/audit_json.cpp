#include "report/audit_report.hpp"
#include "report/bill_json.hpp"
#include "report/finding_json.hpp"
#include "report/json_text.hpp"
#include "report/text_layout.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <algorithm>

namespace lab::report {
namespace {

namespace json = boost::json;

json::value count(std::size_t value)
{
    return static_cast<std::uint64_t>(value);
}

/// A text of several lines, each clean.
json::string linesString(const std::string& text)
{
    json::string clean;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        clean += printable(std::string_view(text).substr(begin, end - begin));
        clean += end < text.size() ? "\n" : "";
        begin = end + 1;
    }
    return clean;
}

json::array texts(const std::vector<std::string>& words)
{
    json::array list;
    for (const std::string& word : words) {
        list.push_back(toJsonString(word));
    }
    return list;
}

json::array reasonsArray(const std::vector<audit::Reason>& reasons)
{
    json::array list;
    for (const audit::Reason& reason : reasons) {
        list.push_back(json::object{{"id", toJsonString(reason.id)},
                                    {"sign", toJsonString(reason.sign)},
                                    {"text", toJsonString(reason.text)},
                                    {"remedy", toJsonString(reason.remedy)}});
    }
    return list;
}

json::object rowObject(const AuditRow& row)
{
    return json::object{{"service", toJsonString(row.service)},
                        {"verdict", toJsonString(audit::toText(row.judgement.verdict))},
                        {"reasons", reasonsArray(row.judgement.reasons)},
                        {"notes", reasonsArray(row.judgement.notes)},
                        {"product", toJsonString(row.product)},
                        {"why", toJsonString(row.why)},
                        {"internetFacing", row.isInternetFacing},
                        {"addresses", texts(row.addresses)},
                        {"hosts", texts(row.hosts)},
                        {"place", toJsonString(row.place)}};
}

json::object sideObject(const AuditSide& side)
{
    json::array quotas;
    for (const cost::QuotaUse& quota : side.quotas) {
        quotas.push_back(json::object{
            {"what", toJsonString(quota.what)},
            {"limit", toJsonNumber(quota.limit, 3)},
            {"used", toJsonNumber(quota.used, 3)},
            {"servicesAtLimit", toJsonNumber(quota.servicesAtLimit(), 0)},
            {"adjustable", quota.isAdjustable ? json::value(*quota.isAdjustable) : json::value()},
            {"priceKey", toJsonString(quota.priceKey)},
            {"source", toJsonString(quota.source)},
            {"confirmed", quota.isConfirmed}});
    }
    return json::object{{"loadBalancers", count(side.loadBalancers)},
                        {"certificates", count(side.certificates)},
                        {"nodePorts", count(side.nodePorts)},
                        {"monthlyCost", billJson(side.bill)},
                        {"quotas", std::move(quotas)}};
}

} // namespace

std::string auditAsJson(const AuditReport& report)
{
    json::array rows;
    for (const AuditRow& row : report.rows) {
        rows.push_back(rowObject(row));
    }
    json::object counts;
    for (const auto verdict : {audit::Verdict::Move,
                               audit::Verdict::Keep,
                               audit::Verdict::Cannot,
                               audit::Verdict::IsIngress}) {
        counts[audit::toText(verdict)] = count(report.count(verdict));
    }
    return toJsonText(json::object{
        {"schemaVersion", 1},
        {"tool",
         json::object{{"name", "ingresslab"}, {"version", toJsonString(report.toolVersion)}}},
        {"date", toJsonString(report.date)},
        {"traffic", toJsonString(report.traffic)},
        {"recommendation", toJsonString(recommendationOf(report))},
        {"worthwhile", report.isWorthwhile()},
        {"saving", report.areComparable() ? toJsonNumber(report.saving(), 2) : json::value()},
        {"currency", toJsonString(report.before.bill.currency)},
        {"verdicts", std::move(counts)},
        {"services", std::move(rows)},
        {"before", sideObject(report.before)},
        {"after", sideObject(report.after)},
        {"outage",
         json::object{{"availability", toJsonNumber(report.outage.availability, 6)},
                      {"source", toJsonString(report.outage.source)},
                      {"anyDownMinutesNow", toJsonNumber(report.outage.anyMinutesNow, 3)},
                      {"allDownMinutesNow", toJsonNumber(report.outage.allMinutesNow, 3)},
                      {"allDownMinutesConsolidated", toJsonNumber(report.outage.minutesThen, 3)},
                      {"origin", "theory"}}},
        {"ingressAlbs", count(report.ingressAlbs)},
        {"hasControllers", report.hasIngressAlready},
        {"ingressYaml", linesString(report.ingressYaml)},
        {"findings", findingsJson(report.findings)}});
}

} // namespace lab::report
