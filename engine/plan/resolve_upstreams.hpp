#pragma once

#include "plan/cluster_index.hpp"
#include "plan/plan_front_doors.hpp"
#include "plan/pod_table.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace lab::plan {

/// Service port → the endpoints behind it, as a cluster would find them.
///
/// EndpointSlices are authoritative where there are any; else pods are selected by label and the
/// target port is looked up in each. Every Service and port is resolved once per plan; what is
/// missing is reported once, and the upstream says in `brokenLink` why it has no endpoint.
/// https://kubernetes.io/docs/concepts/services-networking/service/#endpointslices
class UpstreamResolver {
public:
    UpstreamResolver(const ClusterIndex& index,
                     const PlanOptions& options,
                     Profile profile,
                     PodTable& pods,
                     FrontDoorPlan& plan,
                     Findings& findings);

    /// The upstream of that port. \param place  of the reference, for findings
    UpstreamId resolve(const std::string& nameSpace,
                       const std::string& service,
                       const model::PortReference& port,
                       const Place& place);

private:
    struct Candidate {
        std::string nameSpace;
        std::string pod;
        std::string node;
        int port = 0;
        bool isReady = true;
        bool isLastResort = false;
    };

    const model::ServicePort* portOf(const model::Service& service,
                                     const model::PortReference& reference,
                                     const Place& place);
    [[nodiscard]] bool speaksHttp2(const model::Service& service, const model::ServicePort& port);
    void fill(Upstream& upstream, const model::Service& service, const model::ServicePort& port);
    std::vector<Candidate> fromSlices(const std::vector<const model::EndpointSlice*>& slices,
                                      const model::ServicePort& port) const;
    std::vector<Candidate> fromSelector(const model::Service& service,
                                        const model::ServicePort& port,
                                        std::string& brokenLink) const;
    void addAddresses(Upstream& upstream, const std::vector<std::string>& addresses);
    void reportMissingService(const Upstream& upstream, const Place& place);
    void reportMissingPort(const model::Service& service,
                           const model::PortReference& port,
                           const Place& place);

    const ClusterIndex* index_;
    const PlanOptions* options_;
    Profile profile_;
    PodTable* pods_;
    FrontDoorPlan* plan_;
    Findings* findings_;
    std::unordered_map<std::string, UpstreamId> known_; ///< Key "ns/service:port".
};

} // namespace lab::plan
