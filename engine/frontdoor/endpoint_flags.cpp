#include "frontdoor/endpoint_flags.hpp"

#include <algorithm>

namespace lab::frontdoor {

EndpointFlags::EndpointFlags(const plan::FrontDoorPlan& plan,
                             const plan::Upstream& upstream,
                             const std::vector<EndpointId>& failed)
    : count_(std::min(upstream.endpoints.size(), flags_.size()))
{
    for (std::size_t i = 0; i < count_; ++i) {
        const EndpointId id = upstream.endpoints[i];
        flags_[i] = plan.endpoint(id).isReady &&
                    std::find(failed.begin(), failed.end(), id) == failed.end();
    }
}

} // namespace lab::frontdoor
