#pragma once

#include "model/service.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lab::audit {

/// What becomes of a Service's load balancer if an ingress takes over?
enum class Verdict {
    Move,      ///< An Ingress sends the same requests to the same pods: it can go.
    Keep,      ///< It could be routed, but its clients or pods would lose something.
    Cannot,    ///< An Ingress cannot carry what it speaks.
    IsIngress, ///< It is the one in front of the ingress controllers: already your ingress.
};

[[nodiscard]] std::string_view toText(Verdict verdict); ///< "move", "keep", "cannot", "ingress"

/// Why, for people and for programs.
struct Reason {
    std::string id;     ///< "proxy-protocol"
    std::string sign;   ///< What the manifest says: "externalTrafficPolicy: Local"; may be empty.
    std::string text;   ///< What that means, the same for all with this id; without full stop.
    std::string remedy; ///< What would make it movable; empty: nothing.
};

/// The verdict over one Service, with everything that speaks for it.
struct Judgement {
    Verdict verdict = Verdict::Move;
    std::vector<Reason> reasons; ///< Against moving, the gravest first; none where it moves.
    std::vector<Reason> notes;   ///< What has to be minded where it moves.
};

/// What else counts besides the Service's own manifest.
struct Circumstances {
    bool isController = false;           ///< Its pods are the ingress controllers.
    bool isRouted = false;               ///< An Ingress that is honoured leads to it already.
    bool hasKnownHost = false;           ///< Somebody says under which name clients look for it.
    double gigabytesPerMonth = 0;        ///< Both directions, as assumed.
    std::optional<double> gigabytesLess; ///< Above so many its own load balancer is cheaper than
                                         ///< the hop across zones behind an ingress.
};

/// Judges a Service of type LoadBalancer by its ports, policies and the annotations of all clouds.
///
/// - cannot: no TCP port that may carry HTTP (plan::httpPortOf)
/// - keep: other ports beside HTTP; HTTPS that ends in the pods; internal scheme; source ranges; an
///   address or DNS label of its own; PROXY protocol to the pods; a certificate that the cloud
///   holds; externalTrafficPolicy: Local (client address); sessionAffinity: ClientIP; traffic
///   above the break-even
/// https://kubernetes.io/docs/concepts/services-networking/ingress/ (HTTP and HTTPS only)
/// \pre service.type is LoadBalancer
[[nodiscard]] Judgement judge(const model::Service& service, const Circumstances& circumstances);

} // namespace lab::audit
