#pragma once

#include "cost/price_book.hpp"
#include "plan/plan_front_doors.hpp"
#include "report/cost_report.hpp"

namespace lab::scenario {

/// How many certificates do the host names need: one a Service, shared by name lists, by wildcards?
///
/// Fills names, regimes (that of report.date and those to come) and certificates. Names are those
/// by which clients look for the Services of both styles; those of localhost need none.
void estimateCertificates(const plan::PlannedStyles& styles,
                          const cost::PriceBook& book,
                          report::CostReport& report);

} // namespace lab::scenario
