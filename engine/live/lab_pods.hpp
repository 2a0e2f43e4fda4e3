#pragma once

#include "live/pod_server.hpp"
#include "plan/front_door_plan.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lab::live {

/// The lab's own pods, for all plans served: each pod port runs once, from the first plan that
/// needs it to the last. Used by one thread at a time, which is not the pods'.
class LabPods {
public:
    explicit LabPods(const LiveClock& clock);

    /// A set of pods that is to follow the one that runs.
    class Next;

    [[nodiscard]] Worker& worker() { return worker_; }
    /// What runs, for people.
    [[nodiscard]] std::vector<BoundPod> bound() const;

    using Handles = std::vector<PodServer::Handle>;

    /// That set runs from now on. \return those that nobody needs any more: to be retired, then
    /// removed and cut, from whichever thread
    [[nodiscard]] Handles commit(Next next);
    void retire(const Handles& pods);
    void remove(const Handles& pods);
    void cut(const Handles& pods);

private:
    struct Entry {
        PodPort port;
        PodServer::Handle pod;
    };
    using Entries = std::map<std::string, Entry>; ///< By "ns/name:port".

    /// On the pods' thread, if there is one yet; returns when it has returned.
    void onItsThread(const std::function<void()>& call);
    void forEach(const Handles& pods, void (PodServer::*what)(const PodServer::Handle&));

    Worker worker_;
    PodServer server_;
    Entries entries_;
};

/// Starts what is not there yet; stops it again at its end unless it was committed.
class LabPods::Next {
public:
    explicit Next(LabPods& pods)
        : pods_(&pods)
    {
    }
    Next(Next&& other) noexcept;
    Next& operator=(Next&&) = delete;
    ~Next();

    /// \return the address of that pod port. \param key  "ns/name:port"
    [[nodiscard]] Result<SocketAddress> addressOf(const std::string& key, const PodPort& wanted);

private:
    friend class LabPods;
    LabPods* pods_; ///< None: moved from, or committed.
    Entries entries_;
    Handles started_;
};

} // namespace lab::live
