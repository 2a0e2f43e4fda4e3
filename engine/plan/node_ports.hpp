#pragma once

#include "plan/cluster_index.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/pod_table.hpp"
#include "plan/resolve_upstreams.hpp"

#include <set>
#include <string>
#include <vector>

namespace lab::plan {

/// Opens the node ports of Services: one door a Service, "ns/name@nodes", that listens on every
/// node at every node port, and on healthCheckNodePort where that is written.
///
/// A Service of type NodePort that names no number gets one (a cluster would draw it); one of type
/// LoadBalancer does not, because clients do not come that way. Numbers are given once.
/// https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
class NodePorts {
public:
    /// Sockets that one plan opens for node ports; beyond that, fewer nodes listen.
    static constexpr std::size_t socketsMax = 4096;

    NodePorts(const ClusterIndex& index,
              const PlanOptions& options,
              const PodTable& pods,
              FrontDoorPlan& plan,
              Findings& findings);

    /// A Service in front of its own pods.
    void add(const model::Service& service, UpstreamResolver& resolver);
    /// A controller's Service: its ports named or numbered http and https lead to the replicas.
    void addController(const model::Service& service, const std::vector<DoorId>& replicas);
    /// Says which nodes listen. Once, after all were added.
    void finish();

private:
    [[nodiscard]] Door doorFor(const model::Service& service) const;
    [[nodiscard]] int numberOf(const model::Service& service, const model::ServicePort& port);
    [[nodiscard]] int freeNumber(const Place& place, const std::string& what);
    [[nodiscard]] bool take(int number, const Place& place, const std::string& what);
    void addHealthCheck(const model::Service& service, UpstreamId upstream, Door& door);
    void addDoor(Door door);

    const PlanOptions* options_;
    const PodTable* pods_;
    FrontDoorPlan* plan_;
    Findings* findings_;
    std::set<int> written_; ///< In the whole cluster.
    std::set<int> given_;   ///< To doors of this plan.
    std::size_t portCount_ = 0;
};

} // namespace lab::plan
