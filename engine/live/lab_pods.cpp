#include "live/lab_pods.hpp"

#include <utility>

namespace lab::live {
namespace {

bool refuses(const PodPort& port)
{
    return port.fault &&
           (port.fault->kind == PodFault::Kind::Refuse || port.fault->kind == PodFault::Kind::Kill);
}

bool isKilled(const PodPort& port)
{
    return port.fault && port.fault->kind == PodFault::Kind::Kill;
}

} // namespace

LabPods::LabPods(const LiveClock& clock)
    : worker_(clock, "pods")
    , server_(worker_)
{
}

void LabPods::onItsThread(const std::function<void()>& call)
{
    if (worker_.isStarted()) {
        worker_.postAndWait(call);
    } else {
        call();
    }
}

std::vector<BoundPod> LabPods::bound() const
{
    std::vector<BoundPod> all;
    for (const auto& [key, entry] : entries_) {
        all.push_back({entry.port.nameSpace + '/' + entry.port.pod,
                       entry.port.containerPort,
                       PodServer::addressOf(entry.pod).text()});
    }
    return all;
}

LabPods::Handles LabPods::commit(Next next)
{
    next.pods_ = nullptr;
    const Entries old = std::exchange(entries_, std::move(next.entries_));
    Handles unneeded;
    for (const auto& [key, entry] : old) {
        const auto kept = entries_.find(key);
        if (kept == entries_.end() || kept->second.pod != entry.pod) {
            unneeded.push_back(entry.pod);
        }
    }
    onItsThread([&] {
        for (const auto& [key, entry] : entries_) {
            const auto before = old.find(key);
            if (before == old.end()) {
                continue;
            }
            if (before->second.pod == entry.pod) {
                PodServer::change(entry.pod, entry.port);
            } else if (isKilled(entry.port)) {
                server_.kill(before->second.pod);
            }
        }
    });
    return unneeded;
}

void LabPods::forEach(const Handles& pods, void (PodServer::*what)(const PodServer::Handle&))
{
    onItsThread([&] {
        for (const PodServer::Handle& pod : pods) {
            (server_.*what)(pod);
        }
    });
}

void LabPods::retire(const Handles& pods)
{
    forEach(pods, &PodServer::retire);
}

void LabPods::remove(const Handles& pods)
{
    forEach(pods, &PodServer::remove);
}

void LabPods::cut(const Handles& pods)
{
    forEach(pods, &PodServer::cut);
}

LabPods::Next::Next(Next&& other) noexcept
    : pods_(std::exchange(other.pods_, nullptr))
    , entries_(std::move(other.entries_))
    , started_(std::move(other.started_))
{
}

LabPods::Next::~Next()
{
    if (pods_ != nullptr) {
        pods_->remove(started_);
        pods_->cut(started_);
    }
}

Result<SocketAddress> LabPods::Next::addressOf(const std::string& key, const PodPort& wanted)
{
    if (const auto known = entries_.find(key); known != entries_.end()) {
        return PodServer::addressOf(known->second.pod);
    }
    const auto running = pods_->entries_.find(key);
    if (running != pods_->entries_.end() && refuses(running->second.port) == refuses(wanted)) {
        entries_.emplace(key, Entry{wanted, running->second.pod});
        return PodServer::addressOf(running->second.pod);
    }
    Result<PodServer::Handle> pod = Error(ErrorKind::Environment, "the pods have ended");
    pods_->onItsThread([&] { pod = pods_->server_.add(wanted); });
    if (!pod) {
        return pod.error();
    }
    started_.push_back(*pod);
    entries_.emplace(key, Entry{wanted, *pod});
    return PodServer::addressOf(*pod);
}

} // namespace lab::live
