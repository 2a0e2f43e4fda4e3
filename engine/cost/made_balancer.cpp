#include "cost/made_balancer.hpp"

#include "cost/products.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace lab::cost {
namespace {

constexpr std::string_view awsPrefix = "service.beta.kubernetes.io/aws-load-balancer-";
constexpr std::string_view groupName = "alb.ingress.kubernetes.io/group.name";
constexpr std::string_view classAnnotation = "kubernetes.io/ingress.class";

std::string valueOf(const model::ObjectMeta& meta, std::string_view key)
{
    const model::Annotation* found = meta.annotation(key);
    return found == nullptr ? std::string() : found->value;
}

std::string awsValue(const model::Service& service, std::string_view name)
{
    return valueOf(service.meta, std::string(awsPrefix) + std::string(name));
}

MadeBalancer madeByAws(const model::Service& service)
{
    const auto& annotations = service.meta.annotations;
    const bool isAnnotated = std::any_of(
        annotations.begin(), annotations.end(), [](const model::Annotation& annotation) {
            return annotation.key.starts_with(awsPrefix);
        });
    const std::string type = awsValue(service, "type");
    const std::string scheme = awsValue(service, "scheme");
    const std::string internal = awsValue(service, "internal");
    const bool saysInternal = scheme == "internal" || (!internal.empty() && internal != "false");
    if (service.loadBalancerClass.empty() && type.empty() && isAnnotated) {
        return {"aws.clb", !saysInternal, "an AWS annotation without a type: in-tree", false};
    }
    MadeBalancer made{"aws.nlb", scheme == "internet-facing", "", false};
    if (!service.loadBalancerClass.empty()) {
        made.why = "loadBalancerClass " + service.loadBalancerClass;
    } else if (!type.empty()) {
        made.why = "annotation aws-load-balancer-type: " + type;
    } else {
        made.why = "the default of the AWS Load Balancer Controller";
    }
    if (type == "nlb" && service.loadBalancerClass.empty() && scheme.empty()) {
        made.isInternetFacing = !saysInternal; // In-tree, as the annotation once meant.
    }
    made.isDefaultScheme = !made.isInternetFacing && !saysInternal;
    return made;
}

bool isInternalElsewhere(const model::ObjectMeta& meta)
{
    return valueOf(meta, "networking.gke.io/load-balancer-type") == "Internal" ||
           valueOf(meta, "cloud.google.com/load-balancer-type") == "Internal" ||
           valueOf(meta, "service.beta.kubernetes.io/azure-load-balancer-internal") == "true" ||
           valueOf(meta, "service.beta.kubernetes.io/oci-load-balancer-internal") == "true" ||
           valueOf(meta, "service.beta.kubernetes.io/scw-loadbalancer-private") == "true" ||
           valueOf(meta, "service.beta.kubernetes.io/openstack-internal-load-balancer") == "true";
}

/// What in an object's keys or class names its provider.
struct Sign {
    std::string_view beginning;
    std::string_view provider;
};

constexpr Sign annotationSigns[] = {
    {awsPrefix, "aws"},
    {"alb.ingress.kubernetes.io/", "aws"},
    {"networking.gke.io/", "gcp"},
    {"cloud.google.com/", "gcp"},
    {"service.beta.kubernetes.io/azure-", "azure"},
    {"appgw.ingress.kubernetes.io/", "azure"},
    {"service.beta.kubernetes.io/do-loadbalancer-", "digitalocean"},
    {"kubernetes.digitalocean.com/", "digitalocean"},
    {"service.beta.kubernetes.io/linode-loadbalancer-", "akamai-linode"},
    {"load-balancer.hetzner.cloud/", "hetzner"},
    {"loadbalancer.ovhcloud.com/", "ovhcloud"},
    {"service.beta.kubernetes.io/oci-", "oracle"},
    {"oci.oraclecloud.com/", "oracle"},
    {"service.beta.kubernetes.io/scw-loadbalancer-", "scaleway"},
    {"metallb.universe.tf/", "on-premises"},
    {"metallb.io/", "on-premises"},
    {"kube-vip.io/", "on-premises"},
};

constexpr Sign classSigns[] = {
    {"service.k8s.aws/", "aws"},
    {"eks.amazonaws.com/", "aws"},
    {"networking.gke.io/", "gcp"},
    {"metallb", "on-premises"},
    {"kube-vip.io/", "on-premises"},
};

template <std::size_t count>
std::string_view providerBy(const Sign (&signs)[count], std::string_view word)
{
    const auto* const found =
        std::find_if(std::begin(signs), std::end(signs), [word](const Sign& s) {
            return word.starts_with(s.beginning);
        });
    return found == std::end(signs) ? std::string_view() : found->provider;
}

/// Counts which provider's words are used, keeping the first sign of each.
class Signs {
public:
    void add(const model::ObjectMeta& meta, std::string_view balancerClass)
    {
        std::set<std::string_view> here; // An object has one voice for each.
        const std::string_view byClass = providerBy(classSigns, balancerClass);
        if (!byClass.empty() && here.insert(byClass).second) {
            count(byClass, std::string(balancerClass), meta);
        }
        for (const model::Annotation& annotation : meta.annotations) {
            const std::string_view named = providerBy(annotationSigns, annotation.key);
            if (!named.empty() && here.insert(named).second) {
                count(named, annotation.key, meta);
            }
        }
    }

    [[nodiscard]] InferredProvider best() const
    {
        const auto most =
            std::max_element(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
                return a.voices < b.voices;
            });
        return most == found_.end() ? InferredProvider() : most->first;
    }

private:
    struct Found {
        InferredProvider first;
        std::size_t voices = 0;
    };

    void count(std::string_view provider, std::string sign, const model::ObjectMeta& meta)
    {
        for (Found& found : found_) {
            if (found.first.provider == provider) {
                ++found.voices;
                return;
            }
        }
        found_.push_back({{std::string(provider), std::move(sign), meta.fullName()}, 1});
    }

    std::vector<Found> found_;
};

bool isAlb(const model::Ingress& ingress)
{
    return ingress.className ? *ingress.className == "alb"
                             : valueOf(ingress.meta, classAnnotation) == "alb";
}

} // namespace

MadeBalancer madeFor(const model::Service& service, std::string_view provider)
{
    if (provider == "aws") {
        return madeByAws(service);
    }
    const ProviderProducts* products = productsOf(provider);
    return {products != nullptr ? std::string(products->layer4) : std::string(),
            !isInternalElsewhere(service.meta),
            "the default of " + std::string(provider),
            false};
}

InferredProvider inferProvider(const model::Cluster& cluster)
{
    Signs signs;
    for (const model::Service& service : cluster.services) {
        if (service.type == model::ServiceType::LoadBalancer) {
            signs.add(service.meta, service.loadBalancerClass);
        }
    }
    for (const model::Ingress& ingress : cluster.ingresses) {
        signs.add(ingress.meta, "");
    }
    return signs.best();
}

std::size_t nodePortsTaken(const model::Service& service)
{
    if (service.type != model::ServiceType::LoadBalancer &&
        service.type != model::ServiceType::NodePort) {
        return 0;
    }
    const bool isLocal = service.externalTrafficPolicy == model::TrafficPolicy::Local;
    const bool hasHealthPort = service.type == model::ServiceType::LoadBalancer && isLocal;
    std::size_t taken = hasHealthPort ? 1 : 0;
    for (const model::ServicePort& port : service.ports) {
        const bool isAllocated =
            service.type == model::ServiceType::NodePort || service.allocatesNodePorts;
        taken += isAllocated || port.nodePort ? 1U : 0U;
    }
    return taken;
}

std::size_t applicationBalancersMade(const model::Cluster& cluster)
{
    std::set<std::string> groups;
    std::size_t alone = 0;
    for (const model::Ingress& ingress : cluster.ingresses) {
        if (!isAlb(ingress)) {
            continue;
        }
        const std::string group = valueOf(ingress.meta, groupName);
        if (group.empty()) {
            ++alone;
        } else {
            groups.insert(group);
        }
    }
    return alone + groups.size();
}

} // namespace lab::cost
