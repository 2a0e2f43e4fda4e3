#include "cost/certificate_need.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lab::cost {
namespace {

constexpr double daysPerYear = 365;
constexpr std::size_t dayLength = 10; // 2026-03-15

/// "2026_03_15" → "2026-03-15"; empty where it is none.
std::string dayOf(std::string_view text)
{
    if (text.size() != dayLength || text[4] != '_' || text[7] != '_') {
        return {};
    }
    std::string day(text);
    std::replace(day.begin(), day.end(), '_', '-');
    return day;
}

/// The domain right above, or empty where a wildcard below it would be refused.
std::string_view domainAbove(std::string_view name)
{
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) {
        return {};
    }
    const std::string_view above = name.substr(dot + 1);
    return above.find('.') == std::string_view::npos ? std::string_view() : above;
}

} // namespace

std::size_t certificatesFor(std::size_t names, std::size_t namesPerCertificate)
{
    const std::size_t each = std::max<std::size_t>(1, namesPerCertificate);
    return (names + each - 1) / each;
}

std::vector<std::string> wildcardNames(const std::vector<std::string>& names)
{
    const std::set<std::string> all(names.begin(), names.end());
    std::map<std::string_view, std::size_t> below;
    std::set<std::string_view> written; ///< Domains that have a wildcard already.
    for (const std::string& name : all) {
        const std::string_view above = domainAbove(name);
        if (!above.empty()) {
            ++below[above];
            if (name.starts_with("*.")) {
                written.insert(above);
            }
        }
    }
    std::set<std::string> kept;
    for (const std::string& name : all) {
        const std::string_view above = domainAbove(name);
        const bool isCovered =
            !above.empty() && (below[above] > 1 || written.find(above) != written.end());
        kept.insert(isCovered ? "*." + std::string(above) : name);
    }
    return {kept.begin(), kept.end()};
}

std::string registeredDomain(std::string_view name)
{
    const std::size_t last = name.rfind('.');
    if (last == std::string_view::npos || last == 0) {
        return std::string(name);
    }
    const std::size_t before = name.rfind('.', last - 1);
    return std::string(before == std::string_view::npos ? name : name.substr(before + 1));
}

std::vector<LifetimeRegime> lifetimesOf(const Product& product, std::string_view prefix)
{
    std::vector<LifetimeRegime> regimes;
    for (const PriceFact& fact : product.facts) {
        std::string_view rest = fact.key;
        if (!rest.starts_with(prefix) || fact.unit != "days") {
            continue;
        }
        rest.remove_prefix(prefix.size());
        if (rest.starts_with('_')) {
            rest.remove_prefix(1);
        }
        std::string from;
        if (rest.starts_with("from_")) {
            from = dayOf(rest.substr(5));
            if (from.empty()) {
                continue;
            }
        } else if (!rest.empty() && !rest.starts_with("until_")) {
            continue;
        }
        regimes.push_back({from, fact.value, product.id + '.' + fact.key, fact.isConfirmed});
    }
    std::sort(regimes.begin(), regimes.end(), [](const auto& a, const auto& b) {
        return a.from < b.from;
    });
    return regimes;
}

const LifetimeRegime* regimeOn(const std::vector<LifetimeRegime>& regimes, std::string_view day)
{
    const LifetimeRegime* held = nullptr;
    for (const LifetimeRegime& regime : regimes) {
        if (regime.from <= day) {
            held = &regime;
        }
    }
    return held;
}

double renewalsPerYear(double certificates, double lifetimeDays, double renewAt)
{
    const double days = lifetimeDays * renewAt;
    return days > 0 ? certificates * daysPerYear / days : 0.0;
}

RenewalHarm renewalHarm(double services,
                        double certificates,
                        double lifetimeDays,
                        double failureProbability,
                        double renewAt)
{
    RenewalHarm harm;
    harm.incidentsPerYear =
        renewalsPerYear(certificates, lifetimeDays, renewAt) * failureProbability;
    harm.servicesPerIncident = certificates > 0 ? services / certificates : 0.0;
    return harm;
}

} // namespace lab::cost
