#include "live/descriptor_limit.hpp"

#include "live/door_binding.hpp"

#include <filesystem>
#include <set>
#include <sys/resource.h>
#include <system_error>
#include <utility>

namespace lab::live {
namespace {

/// Of a worker: two epoll sets, timer, wake-up, spare; and one for what a thread opens in passing.
constexpr std::size_t descriptorsAThread = 6;
/// The pods' and the admin interface's.
constexpr std::size_t otherThreads = 2;

std::size_t podPortCount(const plan::FrontDoorPlan& plan)
{
    std::set<std::pair<std::size_t, int>> ports;
    for (const plan::Endpoint& endpoint : plan.endpoints) {
        if (endpoint.address.empty()) {
            ports.emplace(endpoint.pod.index(), endpoint.targetPort);
        }
    }
    return ports.size();
}

/// Open ones of this process, or a guess where the system does not tell.
std::size_t openDescriptors()
{
    constexpr std::size_t guess = 16;
    std::error_code error;
    std::filesystem::directory_iterator open("/proc/self/fd", error);
    if (error) {
        return guess;
    }
    std::size_t count = 0;
    for (const auto end = std::filesystem::directory_iterator(); !error && open != end;
         open.increment(error)) {
        ++count;
    }
    return count;
}

Error tooFew(std::size_t needed, rlim_t allowed)
{
    const std::string number = std::to_string(needed);
    return {ErrorKind::Environment,
            "too few descriptors: " + number + " open files and sockets are needed, " +
                std::to_string(allowed) + " are allowed; raise the hard limit as root (ulimit -n " +
                number + "; or \"* hard nofile " + number +
                "\" in /etc/security/limits.conf, LimitNOFILE=" + number +
                " in a systemd unit, docker run --ulimit nofile=" + number +
                "), or serve fewer doors"};
}

} // namespace

std::size_t descriptorsNeeded(const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans,
                              std::size_t workers)
{
    std::size_t needed =
        (workers + otherThreads) * descriptorsAThread + descriptorsForConnectionsMin;
    for (const auto& plan : plans) {
        needed += doorSocketCount(*plan) * workers + podPortCount(*plan);
    }
    return needed;
}

Result<void> allowDescriptors(std::size_t needed)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return {}; // it shows when they run out
    }
    const std::size_t all = openDescriptors() + needed;
    if (limit.rlim_max != RLIM_INFINITY && all > limit.rlim_max) {
        return tooFew(all, limit.rlim_max);
    }
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    return {};
}

} // namespace lab::live
