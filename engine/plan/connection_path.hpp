#pragma once

#include "limiting/address_range.hpp"
#include "model/service.hpp"
#include "plan/plan_front_doors.hpp"

#include <vector>

namespace lab::plan {

/// How do connections get from this Service's load balancer to its pods?
///
/// By a node, whose kube-proxy follows externalTrafficPolicy and sessionAffinity; straight to the
/// pods without node ports (allocateLoadBalancerNodePorts: false) and, on AWS, with IP targets,
/// which hide the client unless preserve_client_ip.enabled=true. A Classic Load Balancer is a proxy
/// and hides the client in any case.
/// https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
[[nodiscard]] ConnectionPath pathOf(const model::Service& service, ProxyMode mode);

/// The same from one of its node ports.
[[nodiscard]] ConnectionPath nodePortPathOf(const model::Service& service, ProxyMode mode);

/// loadBalancerSourceRanges, parsed.
[[nodiscard]] std::vector<limiting::AddressRange> sourceRangesOf(const model::Service& service);

/// Reports what of these wishes the Service's door cannot keep, and what surprises.
void reportPath(const model::Service& service,
                const Door& door,
                std::size_t nodeCount,
                Findings& findings);

} // namespace lab::plan
