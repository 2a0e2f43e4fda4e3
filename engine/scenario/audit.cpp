#include "scenario/audit.hpp"

#include "audit/consolidation.hpp"
#include "cost/availability.hpp"
#include "cost/break_even.hpp"
#include "plan/derived_yaml.hpp"
#include "plan/external_dns.hpp"
#include "plan/input_controllers.hpp"
#include "plan/select_ingresses.hpp"
#include "plan/service_ports.hpp"
#include "scenario/fleet_estimate.hpp"
#include "scenario/plan_input.hpp"
#include "scenario/pricing.hpp"
#include "scenario/version.hpp"

#include <map>
#include <set>

namespace lab::scenario {
namespace {

constexpr double secondsPerMonth = 730.0 * 3600;
constexpr double bytesPerGigabyte = 1e9;
constexpr std::size_t namesPerCertificate = 100; ///< As the lab's own certificates (README).

/// What all steps of one audit look at.
struct Audited {
    const CostOptions& options;
    const PlanInput& input;
    const AssumedTraffic& traffic;
    const cost::PriceBook& book;
    Pricing pricing;
};

std::map<std::string, plan::RoutedService> routedBefore(const Audited& audited)
{
    Findings unused; // the planner reports them
    const plan::InputControllers controllers = plan::findControllers(audited.input.cluster);
    const plan::SelectedIngresses selected = plan::selectIngresses(
        audited.input.cluster, audited.input.options, controllers.isIngressNginx, unused);
    return plan::routedServices(selected.ingresses);
}

/// Does the traffic of one Service pay for a load balancer of its own?  AWS only (nobody else here
/// bills bytes between zones), and only of traffic that somebody named.
std::optional<double> gigabytesLess(const Audited& audited, bool isInternetFacing)
{
    const cost::PricingOptions& pricing = audited.pricing.options;
    if (audited.options.traffic.requests.empty() || pricing.isZoneAware ||
        (!pricing.provider.empty() && pricing.provider != "aws")) {
        return std::nullopt;
    }
    return cost::breakEvenGigabytes(audited.book, pricing.zones, isInternetFacing);
}

std::vector<report::AuditRow> judgeAll(const Audited& audited)
{
    const plan::InputControllers controllers = plan::findControllers(audited.input.cluster);
    const auto routed = routedBefore(audited);
    std::vector<report::AuditRow> rows;
    for (const model::Service& service : audited.input.cluster.services) {
        if (service.type != model::ServiceType::LoadBalancer) {
            continue;
        }
        report::AuditRow row;
        row.service = service.meta.fullName();
        row.addresses = service.balancerAddresses;
        row.place = toText(service.meta.place);
        const auto made = audited.pricing.options.made.find(row.service);
        if (made != audited.pricing.options.made.end()) {
            row.product = made->second.product;
            row.why = made->second.why;
            row.isInternetFacing = made->second.isInternetFacing || made->second.isDefaultScheme;
        }
        audit::Circumstances circumstances;
        circumstances.isController = controllers.services.contains(row.service);
        circumstances.isRouted = routed.contains(row.service);
        circumstances.hasKnownHost = !plan::externalDnsHosts(service.meta).empty();
        circumstances.gigabytesPerMonth =
            audited.traffic.of(row.service).bytesPerSecond * secondsPerMonth / bytesPerGigabyte;
        circumstances.gigabytesLess = gigabytesLess(audited, row.isInternetFacing);
        row.judgement = audit::judge(service, circumstances);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::set<std::string> movedOf(const std::vector<report::AuditRow>& rows)
{
    std::set<std::string> moved;
    for (const report::AuditRow& row : rows) {
        if (row.judgement.verdict == audit::Verdict::Move) {
            moved.insert(row.service);
        }
    }
    return moved;
}

/// The ingress and, beside it, every load balancer that stays: as one plan that can be billed.
plan::FrontDoorPlan together(const plan::PlannedStyles& styles)
{
    plan::FrontDoorPlan all = styles.ingress;
    std::set<std::string> there;
    for (const plan::Door& door : all.doors) {
        there.insert(door.service);
    }
    for (const plan::Door& door : styles.perService.doors) {
        if (door.role == plan::DoorRole::LoadBalancer && !there.contains(door.service)) {
            all.doors.push_back(door); // its ids mean nothing here, and no bill looks at them
        }
    }
    return all;
}

std::size_t cloudCertificates(const std::vector<report::AuditRow>& rows)
{
    std::size_t count = 0;
    for (const report::AuditRow& row : rows) {
        for (const audit::Reason& reason : row.judgement.reasons) {
            count += reason.id == "own-certificate" ? 1U : 0U;
        }
    }
    return count;
}

report::AuditSide sideOf(const Audited& audited,
                         const model::Cluster& cluster,
                         const plan::PlannedStyles& styles,
                         const std::vector<std::string>& services)
{
    report::AuditSide side;
    const plan::FrontDoorPlan all = together(styles);
    cost::PricingOptions pricing = audited.pricing.options;
    pricing.made.clear();
    takeMade(cluster, pricing);
    side.loadBalancers = all.loadBalancerCount();
    side.certificates = styles.ingress.certificateCount();
    side.bill =
        cost::monthlyBill(all, doorTraffic(all, services, audited.traffic), audited.book, pricing);
    std::map<std::string, std::string> products;
    for (const model::Service& service : cluster.services) {
        side.nodePorts +=
            service.type == model::ServiceType::LoadBalancer ? cost::nodePortsTaken(service) : 0U;
    }
    for (const auto& [service, made] : pricing.made) {
        products[service] = made.product;
    }
    side.quotas = fleetQuotas(cluster, products, pricing.zones, audited.book);
    return side;
}

void takeHosts(const model::Cluster& after, report::AuditReport& report)
{
    std::map<std::string, std::vector<std::string>> hosts;
    for (const model::Ingress& ingress : after.ingresses) {
        for (const model::IngressRule& rule : ingress.rules) {
            for (const model::IngressPath& path : rule.paths) {
                hosts[ingress.meta.nameSpace + '/' + path.backend.service].push_back(rule.host);
            }
        }
    }
    for (report::AuditRow& row : report.rows) {
        if (row.judgement.verdict == audit::Verdict::Move) {
            row.hosts = hosts[row.service];
        }
    }
}

/// Certificates that moved Services need at the ingress, which they had not before.
std::size_t certificatesMore(const report::AuditReport& report)
{
    std::size_t names = 0;
    for (const report::AuditRow& row : report.rows) {
        for (const audit::Reason& note : row.judgement.notes) {
            names += note.id == "https-as-http" ? row.hosts.size() : 0U;
        }
    }
    return names == 0 ? 0 : cost::certificatesFor(names, namesPerCertificate);
}

/// What the move loses: what a failure of one load balancer hits.
report::AuditOutage outageOf(std::size_t moved, const cost::PriceBook& book)
{
    constexpr double assumed = 0.9999;
    constexpr double hoursPerMonth = 730;
    constexpr const char* promised = "sla_multi_az";
    report::AuditOutage outage;
    if (moved == 0) {
        return outage;
    }
    const cost::Product* balancer = book.product("aws.nlb");
    const bool isKnown = balancer != nullptr && balancer->fact(promised) != nullptr;
    outage.availability = isKnown ? balancer->number(promised, assumed) : assumed;
    outage.source = isKnown ? "as aws.nlb.sla_multi_az promises" : "assumed";
    const auto minutes = [](double share) { return cost::minutesOf(share, hoursPerMonth); };
    outage.anyMinutesNow = minutes(cost::anyDown(outage.availability, moved));
    outage.allMinutesNow = minutes(cost::allDown(outage.availability, moved));
    outage.minutesThen = minutes(cost::anyDown(outage.availability, 1));
    return outage;
}

void nameProvider(const Audited& audited, report::AuditReport& report)
{
    const cost::InferredProvider& inferred = audited.pricing.inferred;
    if (inferred.provider.empty()) {
        return;
    }
    report.before.bill.assumptions.push_back(
        "provider " + inferred.provider + ", by " + inferred.sign + " of " + inferred.service +
        " (other clouds' annotations are judged, not priced; --provider names another)");
}

} // namespace

Result<report::AuditReport> auditCluster(const CostOptions& options)
{
    Result<PricedInput> opened = openPricedInput(options);
    if (!opened) {
        return opened.error();
    }
    auto& [book, input, traffic] = *opened;
    Audited audited{options, input, traffic, book, choosePricing(options, input)};
    input.options.derivesTwin = false; // the cluster as it stands
    takeMade(input.cluster, audited.pricing.options);

    report::AuditReport report;
    report.toolVersion = version();
    report.date = options.date.empty() ? book.asOf : options.date;
    report.traffic = traffic.text();
    report.rows = judgeAll(audited);
    report.hasIngressAlready = plan::findControllers(input.cluster).isAny();

    plan::PlannedStyles before = plan::planFrontDoors(input.cluster, input.options);
    const std::vector<std::string> services = balancedServices(before.perService);
    report.before = sideOf(audited, input.cluster, before, services);
    const std::set<std::string> moved = movedOf(report.rows);
    const model::Cluster after = audit::consolidated(input.cluster, moved, input.options);
    const plan::PlannedStyles planned = plan::planFrontDoors(after, input.options);
    report.after = sideOf(audited, after, planned, services);
    report.ingressYaml = plan::derivedYaml(after);
    takeHosts(after, report);
    report.before.certificates += cloudCertificates(report.rows);
    report.after.certificates += cloudCertificates(report.rows) + certificatesMore(report);
    report.outage = outageOf(moved.size(), book);
    report.ingressAlbs = cost::applicationBalancersMade(input.cluster);
    nameProvider(audited, report);
    report.findings = std::move(input.findings);
    append(report.findings, std::move(before.findings));
    return report;
}

} // namespace lab::scenario
