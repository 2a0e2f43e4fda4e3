#pragma once

#include "report/cost_report.hpp"

namespace lab::test {

/// A small cost report with one of everything.
inline report::CostReport costReport()
{
    report::CostReport cost;
    cost.toolVersion = "0.1.0";
    cost.date = "2026-11-25";
    cost.traffic = "50 requests/s a service";
    for (report::StyleCost* style : {&cost.perService, &cost.ingress}) {
        style->loadBalancers = 1;
        style->bill.currency = "USD";
        style->bill.provider = "aws";
        style->bill.region = "us-east-1";
        style->bill.bookDate = "2026-11-23";
        style->bill.amount = 36.05;
        style->bill.lines.push_back({"load balancer hours",
                                     "1 × 730 h",
                                     730,
                                     "h",
                                     0.0225,
                                     16.425,
                                     "aws.nlb.hourly_fixed",
                                     "The page",
                                     "2026",
                                     true});
        style->shares = {{"shop/a", 1803, 900, 2000}, {"shop/b", 1802, 2705, 1605}};
    }
    cost.perService.bill.amount = 72.1;
    cost.ingress.controllers = 3;
    cost.made = {{"shop/a", "aws.nlb", "annotation x", true, false},
                 {"shop/b", "aws.nlb", "annotation x", true, false},
                 {"shop/c", "", "the default of moon", false, true}};
    cost.regimes = {{"2026-03-15", 200, "cert.cabforum.from_2026_03_15", true},
                    {"2027-03-15", 100, "cert.cabforum.from_2027_03_15", false}};
    cost.names = 2;
    cost.certificates = {{"one a service", 1000, {2737.5, 5475}, 57, 950 * 12'096},
                         {"wildcard", 1, {2.7375, 5.475}, 1, 0}};
    cost.services = 60;
    cost.quotas = {{"load balancers in the region", "aws.nlb.quota", 50, 1, 60, true, true, "Page"},
                   {"frontends", "azure.lb.quota_frontends", 600, 1, 60, {}, false, "Page"},
                   {"target groups", "aws.alb.quota", 100, 1, 60, false, true, "Page"}};
    cost.breakEvenServices = 3;
    cost.servicesMax = 200;
    cost.limits = {12, 3, 84.84};
    cost.flips = {{"aws.nlb.hourly_fixed", "h", 0.0225, 0.0125, false}};
    return cost;
}

} // namespace lab::test
