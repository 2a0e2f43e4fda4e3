#include "base/decimal.hpp"
#include "cost/bill_writer.hpp"

#include <algorithm>
#include <cmath>

namespace lab::cost {
namespace {

/// How big the pods are: ours to assume, the user's to set (assets/prices/kubernetes.yaml).
struct PodSizing {
    double requestsPerVcpu = 2000;
    double utilisation = 0.5;
    double replicasMin = 3;
    double vcpuStep = 0.5;
};

PodSizing sizingOf(const PriceBook& book)
{
    PodSizing sizing;
    if (const Product* pods = book.product("ingress.pods")) {
        sizing.requestsPerVcpu = pods->number("assumed_rps_per_vcpu", sizing.requestsPerVcpu);
        sizing.utilisation = pods->number("assumed_target_utilisation", sizing.utilisation);
        sizing.replicasMin = pods->number("assumed_min_replicas", sizing.replicasMin);
        sizing.vcpuStep = pods->number("assumed_vcpu_step", sizing.vcpuStep);
    }
    return sizing;
}

/// The product of that provider that says on which node controllers run.
const Product* nodeProduct(const PriceBook& book, std::string_view provider)
{
    for (const auto& [id, product] : book.products) {
        if (product.provider == provider && product.fact("controller_node") != nullptr) {
            return &product;
        }
    }
    return nullptr;
}

bool isMonthly(const Product& product, std::string_view key)
{
    const PriceFact* fact = product.fact(key);
    return fact != nullptr && fact->unit.find("/month") != std::string::npos;
}

void chargeVcpus(BillWriter& writer, const Product& nodes, double vcpus, const std::string& pods)
{
    const std::string& key = nodes.fact("controller_node")->text;
    const bool isByMonth = isMonthly(nodes, key);
    writer.charge(nodes,
                  key,
                  {"controller pods",
                   isByMonth ? vcpus : vcpus * writer.hours(),
                   isByMonth ? "vCPU-month" : "vCPU-h",
                   isByMonth ? pods : pods + " × " + hoursText(writer.hours()),
                   std::max(1.0, nodes.number("controller_node_vcpus", 1))});

    const PriceFact* memory = nodes.fact("controller_node_memory");
    if (memory != nullptr) {
        const double gigabytes = vcpus * nodes.number("controller_node_memory_per_vcpu", 0);
        writer.charge(nodes,
                      memory->text,
                      {"memory of controller pods",
                       gigabytes * writer.hours(),
                       "GB-h",
                       toShortDecimal(gigabytes, 2) + " GB × " + hoursText(writer.hours())});
    }
}

} // namespace

// replicas × vCPU of one ≥ requests/s ÷ (requests/s a vCPU × utilisation)
void chargeControllerPods(BillWriter& writer, std::size_t replicas, double requestsPerSecond)
{
    const PodSizing sizing = sizingOf(writer.book());
    const double count = std::max(static_cast<double>(replicas), sizing.replicasMin);
    const double needed = requestsPerSecond / (sizing.requestsPerVcpu * sizing.utilisation);
    const double steps = std::max(1.0, std::ceil(needed / count / sizing.vcpuStep - 1e-9));
    const double each = steps * sizing.vcpuStep;
    const std::string pods = toShortDecimal(count, 0) + " × " + toShortDecimal(each, 2) + " vCPU";

    const Product* nodes = nodeProduct(writer.book(), writer.provider());
    if (nodes == nullptr) {
        writer.assume("the price book has no node price for " + writer.provider() +
                      ": the controller pods (" + pods + ") are not in this bill");
        return;
    }
    chargeVcpus(writer, *nodes, count * each, pods);
    writer.assume("controller pods: " + pods + ", for " +
                  groupThousands(toShortDecimal(sizing.requestsPerVcpu, 0)) +
                  " requests/s a vCPU at " + toShortDecimal(sizing.utilisation * 100, 0) +
                  " % use, and at least " + toShortDecimal(sizing.replicasMin, 0) + " replicas");
}

} // namespace lab::cost
