#pragma once

#include "report/report.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lab::test {

inline cost::BillLine billLine(const char* what,
                               const char* detail,
                               std::pair<double, const char*> quantity,
                               double unitPrice,
                               const char* priceKey,
                               bool isConfirmed = true)
{
    cost::BillLine line;
    line.what = what;
    line.detail = detail;
    line.quantity = quantity.first;
    line.unit = quantity.second;
    line.unitPrice = unitPrice;
    line.amount = line.quantity * unitPrice;
    line.priceKey = priceKey;
    line.source = isConfirmed ? "Elastic Load Balancing pricing" : "General knowledge";
    line.sourceAsOf = isConfirmed ? "2026-09-20" : "2025-2026";
    line.isConfirmed = isConfirmed;
    return line;
}

inline cost::Bill billOf(std::vector<cost::BillLine> lines)
{
    cost::Bill bill;
    bill.currency = "USD";
    bill.provider = "aws";
    bill.region = "us-east-1";
    bill.bookDate = "2026-11-23";
    for (const cost::BillLine& line : lines) {
        bill.amount += line.amount;
    }
    bill.lines = std::move(lines);
    bill.assumptions = {"provider aws us-east-1 is assumed (set spec.prices.provider)",
                        "the traffic of this run, every hour of a month of 730 h"};
    return bill;
}

/// Latencies from `fastest` upwards in steps of 10 µs, one for each admitted request.
inline measurement::Measurements
measured(std::uint64_t admitted, std::uint64_t refused, std::chrono::microseconds fastest)
{
    measurement::Measurements m;
    m.measured = std::chrono::seconds(4);
    m.admitted = admitted;
    m.refused = refused;
    m.offered = admitted + refused + 4;
    m.idealAdmitted = 450;
    m.lateSends = 3;
    m.connectionsOpened = 32;
    m.requestBytes = m.offered * 120;
    m.responseBytes = m.offered * 640;
    m.statusCounts = {{200, admitted}};
    if (refused > 0) {
        m.statusCounts[429] = refused;
    }
    m.outcomeCounts = {{measurement::Outcome::Answered, admitted + refused},
                       {measurement::Outcome::NoDoor, 4}};
    m.services["shop/cart"] = {admitted / 2, admitted / 2, 60'000, 320'000};
    m.services["shop/web"] = {admitted - admitted / 2, admitted - admitted / 2, 60'000, 320'000};
    for (std::uint64_t i = 0; i < admitted; ++i) {
        m.latency.record(fastest + std::chrono::microseconds(10 * (i % 100)));
    }
    for (std::size_t i = 0; i < measurement::Measurements::batchCount; ++i) {
        m.batches.push_back({admitted / measurement::Measurements::batchCount,
                             static_cast<double>(fastest.count()) / 1000 + 0.495});
    }
    return m;
}

inline report::StyleReport perServiceStyle()
{
    report::StyleReport style;
    style.style = plan::Style::PerService;
    style.loadBalancers = 2;
    style.certificates = 2;
    style.doors = {{"shop/cart", plan::DoorRole::LoadBalancer, plan::DoorMode::Http, false, 1, 798},
                   {"shop/web", plan::DoorRole::LoadBalancer, plan::DoorMode::Http, true, 1, 802}};
    style.monthlyCost = billOf(
        {billLine("load balancer hours", "2 × 730 h", {1460, "h"}, 0.0225, "aws.alb.hourly_fixed"),
         billLine("capacity units",
                  "0.64 LCU × 730 h, by new connections",
                  {467.2, "LCU-h"},
                  0.008,
                  "aws.alb.usage_unit_price"),
         billLine("public IPv4 addresses",
                  "2 × 3 zones × 730 h",
                  {4380, "address-h"},
                  0.005,
                  "aws.alb.public_ipv4_hourly")});
    style.monthlyCost.assumptions.push_back(
        "http doors are priced as aws.alb; `type: LoadBalancer` alone makes aws.nlb (set "
        "spec.prices.perService)");
    style.measurements = measured(900, 700, std::chrono::microseconds(310));
    style.overallLimit = report::LimitVerdict{100, 50, 2, 400, 225, 112.5, false, 2.0};
    return style;
}

inline report::StyleReport ingressStyle()
{
    report::StyleReport style;
    style.style = plan::Style::Ingress;
    style.loadBalancers = 1;
    style.certificates = 1;
    style.controllers = 1;
    style.doors = {{"ingress", plan::DoorRole::LoadBalancer, plan::DoorMode::Tcp, false, 0, 1600},
                   {"ingress-nginx-controller-0",
                    plan::DoorRole::Controller,
                    plan::DoorMode::Http,
                    false,
                    2,
                    1600}};
    style.monthlyCost = billOf(
        {billLine("load balancer hours", "1 × 730 h", {730, "h"}, 0.0225, "aws.nlb.hourly_fixed"),
         billLine("public IPv4 addresses",
                  "1 × 3 zones × 730 h",
                  {2190, "address-h"},
                  0.005,
                  "aws.nlb.public_ipv4_hourly"),
         billLine("controller pods",
                  "3 × 0.5 vCPU × 730 h",
                  {1095, "vCPU-h"},
                  0.048,
                  "aws.vpc.node_m5_large"),
         billLine("hop across zones",
                  "2/3 of 798.9 GB, billed on both sides",
                  {1065.2, "GB"},
                  0.01,
                  "aws.nlb.cross_az_transfer_each_way",
                  false)});
    style.monthlyCost.assumptions.push_back(
        "the ingress picks pods in any of 3 zones (set spec.prices.zones and zoneAware)");
    style.measurements = measured(450, 1150, std::chrono::microseconds(540));
    style.overallLimit = report::LimitVerdict{100, 50, 1, 400, 112.5, 112.5, true, 1.0};
    return style;
}

inline Place placeIn(const char* file, std::uint32_t line, std::uint32_t column)
{
    return {std::make_shared<const std::string>(file), line, column};
}

/// A whole report by hand: two http doors against one ingress, with every kind of verdict.
inline report::Report twoDoorsReport()
{
    using Verdict = report::ExpectationResult::Verdict;
    report::Report report;
    report.scenario = "two-doors";
    report.title = "Two doors, or one";
    report.toolVersion = "0.1.0";
    report.seed = 1;
    report.date = "2026-11-25";
    report.profile = plan::Profile::IngressNginx;
    report.styles = {perServiceStyle(), ingressStyle()};
    const auto place = [](std::uint32_t line) {
        return placeIn("scenarios/two-doors/scenario.yaml", line, 5);
    };
    report.expectations = {{"ingress certificates = 1", Verdict::Passed, false, "1", "", place(31)},
                           {"per-service overallLimit.factor < 1.01",
                            Verdict::Failed,
                            false,
                            "2",
                            "each of the two doors knows its own bucket only",
                            place(32)},
                           {"ingress latency.p99 < 30 ms",
                            Verdict::Inconclusive,
                            true,
                            "1.5 ms",
                            "only 40 answers in the ingress style, fewer than 100",
                            place(35)}};
    report.findings = {{Severity::Warning,
                        "unsupported-annotation",
                        placeIn("k8s/shop.yaml", 12, 7),
                        "annotation \"x/y\" is not honoured",
                        "remove it"},
                       {Severity::Note, "derived-load-balancer", {}, "shop/web is derived", ""}};
    return report;
}

} // namespace lab::test
