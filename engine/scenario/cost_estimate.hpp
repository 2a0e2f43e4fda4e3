#pragma once

#include "base/result.hpp"
#include "report/cost_report.hpp"
#include "scenario/assumed_traffic.hpp"
#include "scenario/price_choice.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lab::scenario {

/// What `cost` is asked.
struct CostOptions {
    static constexpr int zonesMax = 16;

    std::vector<std::string> inputs; ///< As openInput() takes them.
    PriceChoice prices;
    TrafficAssumption traffic;
    std::string provider; ///< Empty: of the scenario, else inferred, else AWS.
    std::string region;
    std::optional<int> zones; ///< 1–16; default: of the scenario, else three.
    bool isZoneAware = false;
    std::string date; ///< "2026-11-25", of the certificates' lifetimes; empty: of the price book.
    bool assumesClasses = true;
};

/// What do these manifests cost a month, in both styles; which certificates and quotas are needed?
///
/// The style that the manifests lack is derived (decision 2); what a load balancer is made as, and
/// the way behind it, follow the manifests. Traffic is assumed: nothing is sent.
/// \return BadInput where the input or a price file cannot be used; WrongUse for flags that name
///         nothing; Environment where a file cannot be read
[[nodiscard]] Result<report::CostReport> estimateCost(const CostOptions& options);

} // namespace lab::scenario
