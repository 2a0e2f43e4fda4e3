#pragma once

#include "model/cluster.hpp"
#include "model/service.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace lab::cost {

/// What does a cloud make of one Service of type LoadBalancer?
///
/// On AWS, DigitalOcean, Linode, Hetzner, OVHcloud, Scaleway and Oracle a whole load balancer; on
/// AKS a frontend of one that is shared; on GKE a forwarding rule; with MetalLB an address.
struct MadeBalancer {
    std::string product;          ///< "aws.nlb"; what the provider's default makes, else.
    bool isInternetFacing = true; ///< No: internal, without public addresses.
    std::string why;              ///< "annotation …-type", "the default of aws": for people.
    bool isDefaultScheme = false; ///< Internal since nobody said otherwise (AWS).
};

/// Decided by provider, loadBalancerClass and annotations:
/// - aws: class service.k8s.aws/nlb or annotation aws-load-balancer-type: an NLB, internal unless
///   aws-load-balancer-scheme says internet-facing; any other aws-load-balancer-… annotation
///   without a type: the in-tree provider's Classic one; neither: an NLB, by the webhook of the
///   AWS Load Balancer Controller, internal.
///   https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
/// - gcp, azure: internal by networking.gke.io/load-balancer-type, azure-load-balancer-internal.
/// - all others: their one product.
/// \param provider  one of pricedProviders(); of any other the product stays empty
[[nodiscard]] MadeBalancer madeFor(const model::Service& service, std::string_view provider);

/// Whose cloud is this cluster in?  And by what it was recognised.
struct InferredProvider {
    std::string provider; ///< "aws"; empty: nothing gives it away.
    std::string sign;     ///< The annotation or class that says so.
    std::string service;  ///< "shop/cart": the first that has it.
};

/// By the annotations and classes of Services of type LoadBalancer and of ALB ingresses; where
/// several providers are named, the one that most name, of equal ones the first.
[[nodiscard]] InferredProvider inferProvider(const model::Cluster& cluster);

/// Node ports that a Service takes: one a port (unless allocateLoadBalancerNodePorts is off), and
/// one for health checks under externalTrafficPolicy: Local.
[[nodiscard]] std::size_t nodePortsTaken(const model::Service& service);

/// The ALBs that Ingresses of class `alb` make: one for each group.name, one for each without.
/// https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
[[nodiscard]] std::size_t applicationBalancersMade(const model::Cluster& cluster);

} // namespace lab::cost
