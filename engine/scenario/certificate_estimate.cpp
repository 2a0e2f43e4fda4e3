#include "scenario/certificate_estimate.hpp"

#include "cost/acme_issuance.hpp"
#include "cost/certificate_need.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace lab::scenario {
namespace {

using Names = std::vector<std::string>;

bool needsCertificate(const std::string& name)
{
    return name.find('.') != std::string::npos && !name.ends_with(".localhost");
}

Names namesOf(const plan::PlannedStyles& styles)
{
    std::set<std::string> names;
    for (const plan::FrontDoorPlan* plan : {&styles.perService, &styles.ingress}) {
        for (const plan::Door& door : plan->doors) {
            names.insert(door.hosts.begin(), door.hosts.end());
            for (const plan::Route& route : door.routes) {
                names.insert(route.host);
            }
        }
    }
    Names needed;
    std::copy_if(names.begin(), names.end(), std::back_inserter(needed), needsCertificate);
    return needed;
}

/// The first name of each Service that has one.
Names firstNamesOf(const plan::FrontDoorPlan& perService)
{
    Names names;
    for (const plan::Door& door : perService.doors) {
        const auto first = std::find_if(door.hosts.begin(), door.hosts.end(), needsCertificate);
        if (first != door.hosts.end() && door.role == plan::DoorRole::LoadBalancer) {
            names.push_back(*first);
        }
    }
    return names;
}

/// The regime of that day, and those that follow it.
std::vector<cost::LifetimeRegime> regimesFrom(const cost::PriceBook& book, const std::string& day)
{
    const cost::Product* product = book.product("cert.cabforum");
    if (product == nullptr) {
        return {};
    }
    const auto all = cost::lifetimesOf(*product, "");
    const cost::LifetimeRegime* held = cost::regimeOn(all, day);
    std::vector<cost::LifetimeRegime> regimes;
    for (const cost::LifetimeRegime& regime : all) {
        if (&regime == held || regime.from > day) {
            regimes.push_back(regime);
        }
    }
    return regimes;
}

/// The domains of so many certificates: each counts for that of its first name.
std::vector<std::string> domainsOf(const Names& names, std::size_t namesPerCertificate)
{
    std::vector<std::string> domains;
    for (std::size_t i = 0; i < names.size(); i += namesPerCertificate) {
        domains.push_back(cost::registeredDomain(names[i]));
    }
    return domains;
}

} // namespace

void estimateCertificates(const plan::PlannedStyles& styles,
                          const cost::PriceBook& book,
                          report::CostReport& report)
{
    constexpr std::int64_t daySeconds = 24LL * 3600;
    const Names names = namesOf(styles);
    report.names = names.size();
    report.regimes = regimesFrom(book, report.date);
    if (names.empty()) {
        return;
    }
    const cost::Product* authority = book.product("cert.letsencrypt");
    const double held = authority == nullptr ? 1 : authority->number("names_per_cert_classic", 1);
    const auto sharedMax = static_cast<std::size_t>(std::max(1.0, held));
    const cost::IssuanceLimits limits = cost::issuanceLimitsOf(book);
    const Names wildcards = cost::wildcardNames(names);
    const auto add = [&](const char* grouping, const Names& on, std::size_t namesEach) {
        report::CertificateRow row;
        row.grouping = grouping;
        row.certificates = cost::certificatesFor(on.size(), namesEach);
        for (const cost::LifetimeRegime& regime : report.regimes) {
            row.renewalsPerYear.push_back(
                cost::renewalsPerYear(static_cast<double>(row.certificates), regime.days));
        }
        const auto issued = cost::simulateIssuance(domainsOf(on, namesEach), limits);
        row.issuedAtOnce = cost::issuedBy(issued, daySeconds);
        row.lastIssuedSeconds = issued.empty() ? 0 : issued.back().seconds;
        report.certificates.push_back(std::move(row));
    };
    add("one a service", firstNamesOf(styles.perService), 1);
    add("shared", names, sharedMax);
    add("wildcard", wildcards, sharedMax);
}

} // namespace lab::scenario
