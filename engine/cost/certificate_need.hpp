#pragma once

#include "cost/price_book.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab::cost {

/// How many certificates hold that many names, with at most so many on each?  0 a certificate: 1.
/// Formula: ⌈names ÷ S⌉.
[[nodiscard]] std::size_t certificatesFor(std::size_t names, std::size_t namesPerCertificate);

/// The fewest names that cover all of these where wildcards are allowed, sorted, each once.
///
/// A wildcard stands for exactly one label: `*.shop.lab` covers `cart.shop.lab`, not `shop.lab`
/// and not `a.cart.shop.lab`. It replaces two names or more below a domain of at least two labels.
[[nodiscard]] std::vector<std::string> wildcardNames(const std::vector<std::string>& names);

/// The domain that somebody registered: the last two labels.  Without the public suffix list:
/// `shop.co.uk` counts as `co.uk`, which makes waiting for certificates longer, never shorter.
[[nodiscard]] std::string registeredDomain(std::string_view name);

/// How long a certificate issued from a day on may be valid.
struct LifetimeRegime {
    std::string from; ///< "2026-03-15"; empty: ever since.
    double days = 0;
    std::string priceKey; ///< "cert.cabforum.from_2026_03_15"
    bool isConfirmed = false;
};

/// The regimes of a product, oldest first: its facts `PREFIX`, `until_DAY` and `from_DAY` in days.
/// \param prefix  "" for cert.cabforum, "validity_classic" for cert.letsencrypt
[[nodiscard]] std::vector<LifetimeRegime> lifetimesOf(const Product& product,
                                                      std::string_view prefix);

/// The regime that holds on that day ("2026-11-25"), or nullptr where none does yet.
[[nodiscard]] const LifetimeRegime* regimeOn(const std::vector<LifetimeRegime>& regimes,
                                             std::string_view day);

/// Renewing when two thirds of the lifetime are over, as certificate authorities advise.
inline constexpr double renewAtAdvised = 2.0 / 3.0;

/// Renewals a year of that many certificates: C · 365 ÷ (f · L).  0 for no lifetime.
/// \param renewAt  f: 1 at expiry, renewAtAdvised as advised
[[nodiscard]] double
renewalsPerYear(double certificates, double lifetimeDays, double renewAt = renewAtAdvised);

/// Service-outages a year that failed renewals cause: the same for one shared certificate as for
/// one each; what differs is how many services one failure hits.
struct RenewalHarm {
    double incidentsPerYear = 0;    ///< certificates · events a year · p
    double servicesPerIncident = 0; ///< The blast radius of one key.
};
[[nodiscard]] RenewalHarm renewalHarm(double services,
                                      double certificates,
                                      double lifetimeDays,
                                      double failureProbability,
                                      double renewAt = renewAtAdvised);

} // namespace lab::cost
