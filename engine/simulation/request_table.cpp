#include "simulation/request_table.hpp"

#include "base/check.hpp"

namespace lab::simulation {

std::uint32_t RequestTable::begin()
{
    check(!isFull(), "there is room for one more request");
    std::uint32_t id = 0;
    if (free_.empty()) {
        id = static_cast<std::uint32_t>(requests_.size());
        requests_.emplace_back();
        failed_.emplace_back();
    } else {
        id = free_.back();
        free_.pop_back();
    }
    Request& request = requests_[id];
    const std::uint32_t ticket = request.ticket;
    request = {};
    request.ticket = ticket + 1;
    request.earlier = newest_;
    (newest_ == none ? oldest_ : requests_[newest_].later) = id;
    newest_ = id;
    ++size_;
    return id;
}

void RequestTable::end(std::uint32_t id)
{
    Request& request = requests_[id];
    if (!request.isGone) {
        unlink(id);
    }
    ++request.ticket;
    if (!failed_[id].empty()) {
        failed_[id].clear();
    }
    free_.push_back(id);
    --size_;
}

void RequestTable::unlink(std::uint32_t id)
{
    const Request& request = requests_[id];
    (request.earlier == none ? oldest_ : requests_[request.earlier].later) = request.later;
    (request.later == none ? newest_ : requests_[request.later].earlier) = request.earlier;
}

} // namespace lab::simulation
