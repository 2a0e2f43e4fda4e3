#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::cost {

/// One price or limit with its origin.
struct PriceFact {
    std::string key; ///< "hourly_fixed"
    double value = 0.0;
    std::string text;         ///< Where the value is words.
    std::string unit;         ///< "USD/h"
    bool isConfirmed = false; ///< No: recalled, and marked in every output that uses it.
    std::string source;       ///< Id into PriceBook::sources.
    std::string note;
    std::optional<bool> isAdjustable; ///< Quotas: raised on request, or hard; none: not known.
};

/// Where facts come from.
struct PriceSource {
    std::string id;
    std::string title;
    std::string url;
    std::string asOf;
};

/// One product of one provider: "aws.nlb".
struct Product {
    std::string id;
    std::string provider;
    std::string name;
    std::string kubernetesDefault; ///< What `type: LoadBalancer` makes there.
    std::string layer;             ///< "L4", "L7"
    std::string region;
    std::string currency; ///< "USD"
    std::vector<PriceFact> facts;

    [[nodiscard]] const PriceFact* fact(std::string_view key) const;
    /// The fact's number, or `otherwise`.
    [[nodiscard]] double number(std::string_view key, double otherwise) const;
};

/// All prices known, with the day they were collected. Values only; read by scenario/.
struct PriceBook {
    std::string asOf; ///< "2026-11-23"
    double hoursPerMonth = 730;
    std::map<std::string, PriceSource> sources;
    std::map<std::string, Product> products; ///< By id.

    [[nodiscard]] const Product* product(std::string_view id) const;
};

} // namespace lab::cost
