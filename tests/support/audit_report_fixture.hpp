#pragma once

#include "report/audit_report.hpp"

namespace lab::test {

/// A small audit with a row of every verdict.
inline report::AuditReport auditReport()
{
    using audit::Verdict;
    report::AuditReport audit;
    audit.toolVersion = "0.1.0";
    audit.date = "2026-11-25";
    audit.traffic = "50 requests/s a service";
    const auto row = [&audit](const char* service, Verdict verdict) -> report::AuditRow& {
        report::AuditRow made;
        made.service = service;
        made.judgement.verdict = verdict;
        made.product = "aws.nlb";
        made.why = "annotation x";
        made.addresses = {"203.0.113.9"};
        made.place = "dump.yaml:3:5";
        audit.rows.push_back(made);
        return audit.rows.back();
    };
    row("shop/cart", Verdict::Move).hosts = {"cart.shop.lab"};
    row("shop/web", Verdict::Move).judgement.notes = {
        {"unknown-host", "", "nobody says its name", "say it"}};
    report::AuditRow& proxied = row("shop/api|x", Verdict::Keep);
    proxied.isInternetFacing = false;
    proxied.judgement.reasons = {
        {"proxy-protocol", "uses-proxyprotocol: true", "the pods expect it", "let them not"},
        {"internal", "scheme: internal", "everybody could reach it", ""}};
    row("=db", Verdict::Cannot).judgement.reasons = {
        {"not-http", "port 5432 \"pg\"", "HTTP only", ""}};
    row("ingress-nginx/controller", Verdict::IsIngress).judgement.reasons = {
        {"controller", "", "already your ingress", ""}};
    for (report::AuditSide* side : {&audit.before, &audit.after}) {
        side->bill.currency = "USD";
        side->bill.provider = "aws";
        side->bill.bookDate = "2026-11-23";
        side->bill.amount = 180.25;
        side->bill.lines.push_back({"load balancer hours",
                                    "5 × 730 h",
                                    3650,
                                    "h",
                                    0.0225,
                                    82.13,
                                    "aws.nlb.hourly_fixed",
                                    "The page",
                                    "2026",
                                    false});
        side->loadBalancers = 5;
        side->certificates = 1;
        side->nodePorts = 1'200;
    }
    audit.after.bill.amount = 108.15;
    audit.after.loadBalancers = 3;
    audit.before.quotas = {
        {"load balancers in the region", "aws.nlb.quota", 50, 1, 54, false, false, "Page"}};
    audit.outage = {0.9999, "assumed", 8.76, 0.0004, 4.38};
    audit.ingressAlbs = 1;
    audit.ingressYaml = "kind: Ingress\n";
    return audit;
}

} // namespace lab::test
