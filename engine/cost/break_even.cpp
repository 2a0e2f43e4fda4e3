#include "cost/break_even.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace lab::cost {
namespace {

double number(const PriceBook& book, const char* product, const char* key)
{
    const Product* found = book.product(product);
    return found != nullptr ? found->number(key, 0) : 0.0;
}

struct Quantities {
    double perService = 0;
    double ingress = 0;
    double price = 0;
    std::string unit;
    bool isConfirmed = true;
};

/// How far a price is from where it flips, as a factor of at least 1.
double distanceOf(const Flip& flip)
{
    if (flip.price <= 0 || flip.flipPrice <= 0) {
        return HUGE_VAL;
    }
    return std::max(flip.price / flip.flipPrice, flip.flipPrice / flip.price);
}

} // namespace

double savingPerMergedBalancer(const PriceBook& book, int zones, bool isInternetFacing)
{
    const double addresses = isInternetFacing ? std::max(1, zones) : 0;
    return book.hoursPerMonth * (number(book, "aws.nlb", "hourly_fixed") +
                                 addresses * number(book, "aws.nlb", "public_ipv4_hourly"));
}

std::optional<double> breakEvenGigabytes(const PriceBook& book, int zones, bool isInternetFacing)
{
    constexpr double bothSides = 2;
    const double crossing = zones > 1 ? static_cast<double>(zones - 1) / zones : 0.0;
    const double perGigabyte =
        bothSides * number(book, "aws.nlb", "cross_az_transfer_each_way") * crossing;
    if (perGigabyte <= 0) {
        return std::nullopt;
    }
    return savingPerMergedBalancer(book, zones, isInternetFacing) / perGigabyte;
}

double rulesThatOvertakeBytes(const PriceBook& book, double bytesPerRequest)
{
    constexpr double secondsPerHour = 3600;
    constexpr double bytesPerGb = 1e9;
    const double gigabytes = number(book, "aws.alb", "lcu_processed");
    const double unitsPerRequest =
        gigabytes > 0 ? bytesPerRequest * secondsPerHour / bytesPerGb / gigabytes : 0.0;
    return number(book, "aws.alb", "lcu_free_rules") +
           unitsPerRequest * number(book, "aws.alb", "lcu_rule_evaluations");
}

double firewallMonth(const PriceBook& book, double webAcls, double rules, double requests)
{
    constexpr double million = 1e6;
    return webAcls * number(book, "aws.waf", "web_acl_monthly") +
           rules * number(book, "aws.waf", "rule_monthly") +
           requests / million * number(book, "aws.waf", "requests_per_million");
}

std::optional<std::size_t>
breakEvenServices(const std::function<double(std::size_t services)>& perService,
                  const std::function<double(std::size_t services)>& ingress,
                  std::size_t servicesMax)
{
    for (std::size_t services = 1; services <= servicesMax; ++services) {
        if (ingress(services) < perService(services)) {
            return services;
        }
    }
    return std::nullopt;
}

std::vector<Flip> flipsOf(const Bill& perService, const Bill& ingress)
{
    std::map<std::string, Quantities> byKey;
    const auto add = [&byKey](const Bill& bill, double Quantities::*side) {
        for (const BillLine& line : bill.lines) {
            Quantities& all = byKey[line.priceKey];
            all.*side += line.quantity;
            all.price = line.unitPrice;
            all.unit = line.unit;
            all.isConfirmed = line.isConfirmed;
        }
    };
    add(perService, &Quantities::perService);
    add(ingress, &Quantities::ingress);

    constexpr double noDifference = 1e-9;
    std::vector<Flip> flips;
    for (const auto& [key, all] : byKey) {
        const double difference = all.perService - all.ingress;
        if (std::abs(difference) < noDifference) {
            continue;
        }
        const double flipPrice = all.price - (perService.amount - ingress.amount) / difference;
        if (flipPrice >= 0) {
            flips.push_back({key, all.unit, all.price, flipPrice, all.isConfirmed});
        }
    }
    std::stable_sort(flips.begin(), flips.end(), [](const Flip& a, const Flip& b) {
        return distanceOf(a) < distanceOf(b);
    });
    return flips;
}

std::vector<std::int64_t> splitCents(double amount, const std::vector<double>& weights)
{
    constexpr double halfSlack = 1e-6; // as base/decimal.hpp rounds
    const auto cents = static_cast<std::int64_t>(std::floor(amount * 100 + 0.5 + halfSlack));
    std::vector<std::int64_t> parts(weights.size(), 0);
    if (weights.empty()) {
        return parts;
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> remainders(weights.size(), 0);
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share = sum > 0 ? weights[i] / sum : 1.0 / static_cast<double>(weights.size());
        const double exact = static_cast<double>(cents) * share;
        parts[i] = static_cast<std::int64_t>(std::floor(exact));
        remainders[i] = exact - std::floor(exact);
        given += parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&remainders](std::size_t a, std::size_t b) {
        return remainders[a] > remainders[b];
    });
    for (std::size_t i = 0; given < cents; i = (i + 1) % order.size(), ++given) {
        ++parts[order[i]];
    }
    return parts;
}

} // namespace lab::cost
