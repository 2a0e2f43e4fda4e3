#pragma once

#include "balancing/client_affinity.hpp"
#include "base/instant.hpp"
#include "base/random.hpp"
#include "plan/front_door_plan.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace lab::frontdoor {

/// A connection as it comes in at a door.
struct L4Arrival {
    std::size_t port = 0; ///< Index into Door::ports.
    NodeId node;          ///< NodePort doors: the machine that was asked; else not valid.
    std::string_view client;
};

/// Where a connection goes, and whose address arrives there.
struct L4Decision {
    enum class Outcome {
        Passed,
        RefusedSource, ///< loadBalancerSourceRanges: the client is in none of them.
        NoEndpoint,    ///< Nothing to send to: rejected, as a closed port.
        NotLocal,      ///< externalTrafficPolicy: Local, and this node has none: dropped.
    };
    enum class Source { Client, Node, Door };

    Outcome outcome = Outcome::NoEndpoint;
    Source source = Source::Client;
    NodeId node;         ///< Whose kube-proxy chose; not valid on a direct path.
    EndpointId endpoint; ///< Passed to a pod.
    DoorId replica;      ///< Passed to a controller replica.

    [[nodiscard]] bool isPassed() const { return outcome == Outcome::Passed; }
};

/// "source-range", "no-endpoint", "not-local"; "" where it was passed: for logs.
[[nodiscard]] std::string_view toText(L4Decision::Outcome outcome);

/// Which pod (or controller replica) takes this connection?  What the cloud's load balancer and
/// kube-proxy do, by the door's ConnectionPath. The one decision that both drivers run.
///
/// The load balancer chooses a node, at random, or by the client where the Service asks for
/// affinity; under the policy Local only among nodes whose health check passes. The node chooses
/// among its own or all: the one that it remembers for the client, else at random or in turn. A
/// choice is made once a connection; there is no second try. Shared by all workers, without a lock.
/// https://kubernetes.io/docs/reference/networking/virtual-ips/
class L4Door {
public:
    /// \pre a path by nodes: the plan has nodes
    /// \param before  of another plan: what it remembers of clients goes on, port by port, where
    /// the same pods or replicas stand behind it in the same order
    L4Door(std::shared_ptr<const plan::FrontDoorPlan> plan,
           DoorId door,
           const L4Door* before = nullptr);

    [[nodiscard]] L4Decision decide(const L4Arrival& arrival, Instant now, Random& random) const;

    /// Is the client in one of the source ranges, or are there none?
    [[nodiscard]] bool admits(std::string_view client) const;

    /// Ready endpoints of the Service on that machine: what healthCheckNodePort tells.
    [[nodiscard]] std::size_t localEndpoints(NodeId node) const;

private:
    /// Indices into the port's endpoints or into the replicas.
    using Choices = std::vector<std::uint32_t>;

    /// One port with those that may be chosen, found out once.
    struct Port {
        Choices ready;                     ///< All that are ready.
        Choices usable;                    ///< Those, else the last resorts: what a node may take.
        std::vector<Choices> local;        ///< By NodeId: as `usable`. Policy Local only.
        std::vector<std::uint32_t> active; ///< Nodes that a load balancer sends to.
        std::unique_ptr<std::atomic<std::uint32_t>[]> turns; ///< By node; in turn only.
        std::shared_ptr<balancing::ClientAffinity> affinity; ///< None: nothing remembered.
    };
    struct Member {
        bool isReady = true;
        bool isLastResort = false;
        NodeId node;
    };

    [[nodiscard]] const plan::Door& door() const { return plan_->door(door_); }
    [[nodiscard]] std::vector<Member> membersOf(const plan::DoorPort& port) const;
    [[nodiscard]] Port prepared(const plan::DoorPort& port) const;
    void adoptAffinity(const L4Door& before);
    [[nodiscard]] std::vector<std::string_view> memberNames(const plan::DoorPort& port) const;
    void addLocal(const std::vector<Member>& members, Port& port) const;
    NodeId nodeFor(const L4Arrival& arrival, const Port& port, Random& random) const;
    std::size_t chosen(const L4Arrival& arrival,
                       NodeId node,
                       const Port& port,
                       const Choices& choices,
                       Instant now,
                       Random& random) const;
    [[nodiscard]] L4Decision
    passed(const L4Arrival& arrival, NodeId node, std::size_t member) const;

    std::shared_ptr<const plan::FrontDoorPlan> plan_;
    DoorId door_;
    std::vector<Port> ports_; ///< As Door::ports.
};

} // namespace lab::frontdoor
