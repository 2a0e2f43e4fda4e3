#include "live/upstream_pool.hpp"

#include <algorithm>
#include <utility>

namespace lab::live {

std::vector<AddressId> UpstreamPool::openOnly(const std::vector<bool>& isOpen)
{
    std::vector<AddressId> closed;
    idle_.resize(std::max(idle_.size(), isOpen.size()));
    const std::vector<bool> wasOpen = std::exchange(isOpen_, isOpen);
    isOpen_.resize(idle_.size());
    for (std::size_t i = 0; i < idle_.size(); ++i) {
        if (!isOpen_[i]) {
            idle_[i].clear();
            if (i < wasOpen.size() && wasOpen[i]) {
                closed.emplace_back(i);
            }
        }
    }
    return closed;
}

std::unique_ptr<Stream> UpstreamPool::take(AddressId address)
{
    auto& idle = idle_[address.index()];
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

void UpstreamPool::give(AddressId address, std::unique_ptr<Stream> stream, Instant now)
{
    auto& idle = idle_[address.index()];
    stream->neverExpire();
    stream->setIdle(true);
    if (isOpen_[address.index()] && idle.size() < idlePerAddressMax) {
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
