#pragma once

#include "cost/price_book.hpp"
#include "cost/quotas.hpp"
#include "model/cluster.hpp"

#include <map>
#include <string>
#include <vector>

namespace lab::scenario {

/// Which limits do these load balancers run into, the nearest first?
///
/// A provider's limits count the Services of their own product; the cluster's count all. One
/// Service stands for the average one of its product: ports, node ports.
/// \param products  "ns/name" of each Service with a load balancer of its own → "aws.nlb"
[[nodiscard]] std::vector<cost::QuotaUse>
fleetQuotas(const model::Cluster& cluster,
            const std::map<std::string, std::string>& products,
            int zones,
            const cost::PriceBook& book);

} // namespace lab::scenario
