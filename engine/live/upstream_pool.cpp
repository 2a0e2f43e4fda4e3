#include "live/upstream_pool.hpp"

#include <algorithm>

namespace lab::live {

std::unique_ptr<Stream> UpstreamPool::take(EndpointId endpoint)
{
    auto& idle = idle_[endpoint.index()];
    while (!idle.empty()) {
        std::unique_ptr<Stream> stream = std::move(idle.back().stream);
        idle.pop_back();
        if (stream->isQuiet()) {
            stream->setIdle(false);
            return stream;
        }
    }
    return nullptr;
}

void UpstreamPool::give(EndpointId endpoint, std::unique_ptr<Stream> stream, Instant now)
{
    auto& idle = idle_[endpoint.index()];
    stream->neverExpire();
    stream->setIdle(true);
    if (idle.size() < idlePerEndpointMax) {
        idle.push_back({std::move(stream), now});
    }
}

void UpstreamPool::sweep(Instant now)
{
    for (auto& idle : idle_) {
        idle.erase(std::remove_if(idle.begin(),
                                  idle.end(),
                                  [&](const Idle& entry) {
                                      return now - entry.since > idleTimeMax ||
                                             !entry.stream->isQuiet();
                                  }),
                   idle.end());
    }
}

void UpstreamPool::clear()
{
    for (auto& idle : idle_) {
        idle.clear();
    }
}

} // namespace lab::live
