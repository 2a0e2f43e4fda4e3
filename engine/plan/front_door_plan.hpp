#pragma once

#include "balancing/balancer.hpp"
#include "base/finding.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "limiting/address_range.hpp"
#include "limiting/token_bucket.hpp"
#include "plan/route_policy.hpp"
#include "plan/upstream_policy.hpp"
#include "routing/route_table.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::plan {

/// The two ways to open a cluster to the outside that the lab compares.
enum class Style { PerService, Ingress };

/// Whose rules hold where controllers differ from the text of the API (semantics:
/// engine/README.md).
enum class Profile { Spec, IngressNginx };

/// What a door understands of the traffic: bytes, TLS, or HTTP. Only http doors limit and route.
enum class DoorMode { Tcp, Tls, Http };

/// A cloud's load balancer is counted and priced; a controller replica is a pod of the cluster; the
/// node ports of a Service are no machine of their own and cost nothing.
enum class DoorRole { LoadBalancer, Controller, NodePort };

[[nodiscard]] std::string_view toText(Style style);     ///< "per-service", "ingress"
[[nodiscard]] std::string_view toText(Profile profile); ///< "spec", "ingress-nginx"
[[nodiscard]] std::string_view toText(DoorMode mode);   ///< "tcp", "tls", "http"

/// A machine of the cluster: where node ports listen, and whom pods see as their peer when
/// kube-proxy hides the client. The first nodesMax of the cluster; without any, some are assumed.
struct PlannedNode {
    static constexpr std::size_t nodesMax = 254; ///< One address each in 127.0.2.0/24.

    std::string name;
    std::string address;    ///< "127.0.2.1"
    bool isAssumed = false; ///< No manifest speaks of it.
};

/// A pod that serves requests. The live engine starts a real HTTP server for each port.
struct PlannedPod {
    std::string nameSpace;
    std::string name;
    std::string nodeName;
    std::vector<int> ports; ///< Container ports that some upstream needs, each once.
};

/// One pod port that requests may be sent to.
struct Endpoint {
    std::string name; ///< "shop/cart-0:8080"
    PodId pod;        ///< Not valid for a real address outside the lab.
    int targetPort = 0;
    std::string address; ///< "127.0.0.1:3000": a real backend; empty for the lab's own pod.
    bool isReady = true;
    bool isLastResort = false; ///< Terminating but still answering: only kube-proxy sends to it,
                               ///< and only where no ready one is left.
    NodeId node; ///< Where it runs, as written, else assigned in turn; not valid without nodes.
};

/// A Service port with its endpoints: what a route or an L4 port points at.
struct Upstream {
    std::string nameSpace;
    std::string service;
    int servicePort = 0;
    std::vector<EndpointId> endpoints;
    balancing::Policy policy = balancing::Policy::RoundRobin;
    std::string hashBy; ///< Text with nginx variables whose hash chooses the endpoint; or empty.
    int hashSubsetSize = 0; ///< Above 0: the hash chooses a subset of so many, chance one of it.
    /// To the door this is one endpoint, the ClusterIP; kube-proxy chooses the pod
    /// (service-upstream).
    bool isServiceAddress = false;
    /// appProtocol: kubernetes.io/h2c: its pods are spoken to in HTTP/2 without TLS, by prior
    /// knowledge. A route may say so for itself: RoutePolicy::speaksHttp2().
    bool speaksHttp2 = false;
    // Few have one, and there may be ten thousand upstreams; none where not asked for.
    std::shared_ptr<const SessionAffinity> affinity;
    std::shared_ptr<const CanaryPolicy> canary;
    std::string brokenLink; ///< Why there is no endpoint, for people; empty when there is one.

    [[nodiscard]] std::string fullService() const { return nameSpace + '/' + service; }
};

/// What an Ingress path (or a per-service door's catch-all) does with a request.
struct Route {
    std::string name;    ///< "shop/web /cart": the Ingress and its path.
    std::string ingress; ///< "shop/web"; empty on a per-service door.
    std::string host;
    std::string path;
    UpstreamId upstream; ///< Not valid: the controller's own default backend, which answers 404.
    std::shared_ptr<const RoutePolicy> policy; ///< None: nothing besides sending on.
    bool isImplicitRoot = false; ///< Nobody wrote it: it takes the unmatched paths of its host.
    Place place;
    bool isDerived = false;
};

/// A chain, leaf first, and its key as PEM text.
struct PemPair {
    std::string certificate;
    std::string key; ///< Never printed.
};

/// A certificate some door presents.
struct PlannedCertificate {
    enum class Source {
        Secret,     ///< The user's own, from a Secret of type kubernetes.io/tls.
        LabIssued,  ///< Signed by the lab CA at start.
        SelfSigned, ///< The controller's default certificate: nobody renews it, clients distrust
                    ///< it.
    };
    std::string name; ///< "shop/web-tls", "lab:default/cart", "default"
    Source source = Source::LabIssued;
    std::vector<std::string> dnsNames;
    /// Source::Secret only. Shared with the doors that present it: there may be ten thousand.
    std::shared_ptr<const PemPair> pem;

    /// Counted in "certificates": somebody must renew it.
    [[nodiscard]] bool mustBeRenewed() const { return source != Source::SelfSigned; }
};

/// The certificate a client gets that asks for this name.
struct NamedCertificate {
    std::string host; ///< Exact name or "*.shop.lab", lower case.
    CertificateId certificate;
    bool isByTlsSection = true; ///< An Ingress asks for TLS; else only the lab's choice.
};

/// One port of a door as clients see it.
struct DoorPort {
    int number = 80;
    bool isTls = false;
    UpstreamId upstream;        ///< Tcp and Tls doors to pods; not valid otherwise.
    bool answersHealth = false; ///< healthCheckNodePort: says over HTTP how many local endpoints
                                ///< the node has, and passes nothing on.
};

/// How a connection gets from a tcp or tls door to a pod or replica: what the cloud and kube-proxy
/// make of the Service. https://kubernetes.io/docs/reference/networking/virtual-ips/
struct ConnectionPath {
    /// Straight to any ready one; else by a node, which chooses among those that it may.
    bool isDirect = true;
    /// externalTrafficPolicy: Local: a node sends to its own only, one without any drops.
    bool isLocal = false;
    /// The client's address arrives; else the node's, or on a direct path the door's own.
    bool keepsClient = true;
    /// sessionAffinity: ClientIP: so long a node remembers a client's choice; zero: it does not.
    Duration affinity{};
    /// kube-proxy in ipvs mode: in turn, each node for itself; else (iptables) at random.
    bool takesTurns = false;
};

/// One listening load balancer or controller replica, or the node ports of one Service.
struct Door {
    std::string name; ///< "default/cart", "ingress", "ingress-nginx-controller-0",
                      ///< "default/cart@nodes"
    DoorRole role = DoorRole::LoadBalancer;
    DoorMode mode = DoorMode::Tcp;
    NodeId node;                    ///< Controller: the machine it runs on.
    bool isDerived = false;         ///< The manifests did not ask for this load balancer.
    std::string service;            ///< "default/cart": the Service it belongs to; else empty.
    std::vector<std::string> hosts; ///< Names under which clients look for it.
    std::vector<DoorPort> ports;
    ConnectionPath path;       ///< Tcp and tls doors.
    std::vector<NodeId> nodes; ///< NodePort: the machines that listen, each on all `ports`.
    std::vector<limiting::AddressRange> sourceRanges; ///< Who may connect; empty: everybody.
    std::vector<DoorId>
        replicas;              ///< The controllers behind a tcp door; it speaks PROXY v2 to them.
    std::vector<Route> routes; ///< Http doors.
    routing::RouteTable table; ///< Over `routes`.
    std::optional<limiting::BucketPolicy> limit; ///< This point's own bucket of the overall limit.
    bool trustsForwarded = false;   ///< The client's X-Forwarded-* count: use-forwarded-headers.
    bool keepsForwardedFor = false; ///< compute-full-forwarded-for
    std::string forwardedForHeader = "x-forwarded-for"; ///< Where trusted proxies write it.
    std::vector<limiting::AddressRange> trustedProxies; ///< proxy-real-ip-cidr; empty: all.
    std::uint16_t httpsRedirectStatus = 308;            ///< http-redirect-code
    /// Strict-Transport-Security of answers over TLS; empty: none (hsts).
    std::string strictTransport = "max-age=31536000; includeSubDomains";
    std::uint16_t rateLimitStatus = 503;       ///< limit-req-status-code
    std::uint16_t connectionLimitStatus = 503; ///< limit-conn-status-code
    std::vector<RateZone> rateZones;           ///< Each with a state of its own at this door.
    std::vector<ConnectionZone> connectionZones;
    std::vector<NamedCertificate> certificates;
    CertificateId defaultCertificate; ///< Without SNI or with an unknown name.
    Place place;
};

/// Everything one style opens: doors, routes, upstreams, pods, certificates.  Immutable.
///
/// No Kubernetes any more: both drivers, the bill and the reports read this and nothing else.
/// Ids are indices into these vectors. New manifests make a new plan.
struct FrontDoorPlan {
    Style style = Style::Ingress;
    Profile profile = Profile::Spec;
    std::vector<Door> doors;
    std::vector<Upstream> upstreams;
    std::vector<Endpoint> endpoints;
    std::vector<PlannedPod> pods;
    std::vector<PlannedNode> nodes;
    std::vector<PlannedCertificate> certificates;

    [[nodiscard]] const Door& door(DoorId id) const { return doors[id.index()]; }
    [[nodiscard]] const Upstream& upstream(UpstreamId id) const { return upstreams[id.index()]; }
    [[nodiscard]] const Endpoint& endpoint(EndpointId id) const { return endpoints[id.index()]; }

    [[nodiscard]] const PlannedNode& node(NodeId id) const { return nodes[id.index()]; }

    /// Load balancers that a cloud would make and bill.
    [[nodiscard]] std::size_t loadBalancerCount() const;
    /// Distinct certificates that somebody must renew.
    [[nodiscard]] std::size_t certificateCount() const;
    /// Controller replicas.
    [[nodiscard]] std::size_t controllerCount() const;
    /// The points that enforce the overall limit, each with a bucket of its own.
    [[nodiscard]] std::size_t limitingPointCount() const;

    /// Gives back the room that growing has left, which is much where there are many doors.
    void shrinkToFit();
};

} // namespace lab::plan
