#pragma once

#include "base/result.hpp"
#include "cost/bill.hpp"
#include "model/cluster.hpp"

#include <map>
#include <string>
#include <vector>

namespace lab::scenario {

/// What each Service is assumed to carry where nothing was measured.
struct TrafficAssumption {
    static constexpr double requestsMax = 1e9; ///< Of one Service, a second.

    std::vector<std::string> requests; ///< "50" for all, "shop/cart=200" for one; later ones win.
    double requestBytes = 1'000;
    double responseBytes = 10'000;
    double requestsPerConnection = 10;
    double connectionSeconds = 60;
};

/// Traffic by Service: n = r ÷ k new connections a second, n · w active (Little's law).
class AssumedTraffic {
public:
    static constexpr double requestsDefault = 50; ///< A second, of one Service.

    /// \return WrongUse for a rate that is none, or a Service that is not there or not unambiguous
    [[nodiscard]] static Result<AssumedTraffic> read(const TrafficAssumption& assumption,
                                                     const model::Cluster& cluster);

    /// \param service  "shop/cart"
    [[nodiscard]] cost::BilledTraffic of(const std::string& service) const;
    /// Of that many requests a second.
    [[nodiscard]] cost::BilledTraffic at(double requestsPerSecond) const;
    /// "50 requests/s a service, 1,000 + 10,000 bytes each, 10 a connection of 60 s"
    [[nodiscard]] std::string text() const;

private:
    TrafficAssumption assumption_;
    double requests_ = requestsDefault;
    std::map<std::string, double> own_; ///< By "ns/name".
};

/// The sum of two.
[[nodiscard]] cost::BilledTraffic plus(const cost::BilledTraffic& a, const cost::BilledTraffic& b);

} // namespace lab::scenario
