#pragma once

#include "cost/price_book.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::cost {

/// What the Services that a load balancer is made for look like to a provider's limits.
struct FleetShape {
    std::string product = "aws.nlb"; ///< What `type: LoadBalancer` makes there.
    double services = 0;             ///< How many there are now.
    double listenersPerService = 1;  ///< Ports; each is a listener and a target group.
    double nodePortsPerService = 1;  ///< Ports that the cluster opens, health checks included.
    double certificatesPerService = 0;
    double rulesPerService = 0; ///< Rules it adds to the nodes' security group.
    int zones = 3;
};

/// One limit, how much of it is taken, and how far it reaches.
struct QuotaUse {
    std::string what;     ///< "load balancers in the region"
    std::string priceKey; ///< "aws.nlb.quota_lbs_per_region"
    double limit = 0;
    double perService = 0; ///< What one more Service takes; above 0.
    double used = 0;
    std::optional<bool> isAdjustable; ///< Not known where the book does not say.
    bool isConfirmed = false;
    std::string source; ///< Title of the source.

    /// The last number of Services that fits.
    [[nodiscard]] double servicesAtLimit() const;
    [[nodiscard]] bool isExceeded() const { return used > limit; }
};

/// Which wall comes first?  Every limit of the book that Services of this shape run into, the
/// nearest first.  Limits in words (account-specific) are not in it.
[[nodiscard]] std::vector<QuotaUse> quotasOf(const FleetShape& shape, const PriceBook& book);

/// What a cluster asks of one application load balancer that it shares (IngressGroup).
struct SharedGatewayUse {
    double services = 0; ///< Distinct backends: a target group each, and that is not adjustable.
    double rules = 0;
    double certificates = 0; ///< Besides the default one.
    double targets = 0;
};

/// ALBs forced by quotas: ⌈max(services/100, rules/100, certificates/25, targets/1000)⌉, by the
/// book's numbers.  At least 1.
[[nodiscard]] double sharedGatewaysNeeded(const SharedGatewayUse& use, const PriceBook& book);

} // namespace lab::cost
