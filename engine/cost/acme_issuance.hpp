#pragma once

#include "cost/price_book.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lab::cost {

/// One of an authority's limits: so many at once, and one more every so many seconds.
struct IssuanceLimit {
    std::int64_t burst = 1;         ///< At least 1.
    std::int64_t refillSeconds = 0; ///< 0: no limit.
};

/// What an ACME authority allows. https://letsencrypt.org/docs/rate-limits/
struct IssuanceLimits {
    IssuanceLimit perDomain;  ///< New certificates of one registered domain.
    IssuanceLimit perAccount; ///< New orders of one account.
};

/// Let's Encrypt's, from cert.letsencrypt: 50 per 7 days and domain, 300 per 3 hours and account.
[[nodiscard]] IssuanceLimits issuanceLimitsOf(const PriceBook& book);

/// When a first certificate was issued.
struct Issuance {
    std::size_t order = 0;    ///< Index into the domains that were asked for.
    std::int64_t seconds = 0; ///< Since all were ordered.
};

/// Who has HTTPS tonight?  All certificates are ordered at once by one account; each is issued as
/// soon as the limits let it.
///
/// Virtual time, exact to the second; in order of issuance, a domain's own in the order given.
/// Renewals are not simulated: those announced by ARI are exempt from all limits.
/// \param domains  the registered domain of each certificate
[[nodiscard]] std::vector<Issuance> simulateIssuance(const std::vector<std::string>& domains,
                                                     const IssuanceLimits& limits);

/// How many of them were issued by then, that second included.
[[nodiscard]] std::size_t issuedBy(const std::vector<Issuance>& issued, std::int64_t seconds);

} // namespace lab::cost
