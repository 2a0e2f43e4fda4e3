#include "audit/verdict.hpp"

#include "base/decimal.hpp"
#include "plan/service_ports.hpp"

#include <algorithm>
#include <array>

namespace lab::audit {
namespace {

using Found = std::optional<Reason>;

/// An annotation that means something if it is written with that value ("": any but false).
struct Sign {
    std::string_view key;
    std::string_view value;
};

constexpr std::array internalSigns{
    Sign{"service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"},
    Sign{"service.beta.kubernetes.io/aws-load-balancer-internal", ""},
    Sign{"networking.gke.io/load-balancer-type", "Internal"},
    Sign{"cloud.google.com/load-balancer-type", "Internal"},
    Sign{"service.beta.kubernetes.io/azure-load-balancer-internal", "true"},
    Sign{"service.beta.kubernetes.io/oci-load-balancer-internal", "true"},
    Sign{"service.beta.kubernetes.io/scw-loadbalancer-private", "true"},
    Sign{"service.beta.kubernetes.io/openstack-internal-load-balancer", "true"},
};

constexpr std::array proxyProtocolSigns{
    Sign{"service.beta.kubernetes.io/aws-load-balancer-proxy-protocol", ""},
    Sign{"service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol", "true"},
    Sign{"service.beta.kubernetes.io/linode-loadbalancer-proxy-protocol", ""},
    Sign{"load-balancer.hetzner.cloud/uses-proxyprotocol", "true"},
    Sign{"service.beta.kubernetes.io/scw-loadbalancer-proxy-protocol-v2", ""},
    Sign{"loadbalancer.ovhcloud.com/proxy-protocol", ""},
    Sign{"loadbalancer.openstack.org/proxy-protocol", ""},
};

constexpr std::array ownAddressSigns{
    Sign{"service.beta.kubernetes.io/aws-load-balancer-eip-allocations", ""},
    Sign{"service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses", ""},
    Sign{"networking.gke.io/load-balancer-ip-addresses", ""},
    Sign{"service.beta.kubernetes.io/azure-load-balancer-ipv4", ""},
    Sign{"service.beta.kubernetes.io/azure-pip-name", ""},
    Sign{"service.beta.kubernetes.io/azure-dns-label-name", ""},
    Sign{"metallb.universe.tf/loadBalancerIPs", ""},
    Sign{"metallb.io/loadBalancerIPs", ""},
    Sign{"kube-vip.io/loadbalancerIPs", ""},
};

constexpr std::array cloudCertificateSigns{
    Sign{"service.beta.kubernetes.io/aws-load-balancer-ssl-cert", ""},
    Sign{"service.beta.kubernetes.io/do-loadbalancer-certificate-id", ""},
    Sign{"service.beta.kubernetes.io/do-loadbalancer-certificate-name", ""},
    Sign{"load-balancer.hetzner.cloud/http-certificates", ""},
    Sign{"service.beta.kubernetes.io/scw-loadbalancer-certificate-ids", ""},
    Sign{"service.beta.kubernetes.io/oci-load-balancer-tls-secret", ""},
};

constexpr std::array sourceRangeSigns{
    Sign{"service.beta.kubernetes.io/load-balancer-source-ranges", ""},
    Sign{"service.beta.kubernetes.io/azure-allowed-ip-ranges", ""},
    Sign{"service.beta.kubernetes.io/azure-allowed-service-tags", ""},
};

/// The first annotation that is one of these, as written.
template <std::size_t count>
const model::Annotation* signOf(const model::Service& service, const std::array<Sign, count>& signs)
{
    for (const Sign& sign : signs) {
        const model::Annotation* found = service.meta.annotation(sign.key);
        if (found != nullptr &&
            (sign.value.empty() ? !found->value.empty() && found->value != "false"
                                : found->value == sign.value)) {
            return found;
        }
    }
    return nullptr;
}

/// "aws-load-balancer-scheme: internal": without the domain, and the value only as far as it is
/// short.
std::string shown(const model::Annotation& annotation)
{
    constexpr std::size_t valueMax = 20;
    const std::size_t slash = annotation.key.find('/');
    const std::string key = annotation.key.substr(slash == std::string::npos ? 0 : slash + 1);
    return annotation.value.size() > valueMax ? key : key + ": " + annotation.value;
}

std::string portText(const model::ServicePort& port)
{
    const char* const protocol = port.protocol == model::Protocol::Udp    ? "/UDP"
                                 : port.protocol == model::Protocol::Sctp ? "/SCTP"
                                                                          : "";
    return std::to_string(port.port) + protocol + (port.name.empty() ? "" : " (" + port.name + ')');
}

Found notHttp(const model::Service& service)
{
    if (plan::httpPortOf(service) != nullptr) {
        return {};
    }
    std::string ports;
    for (const model::ServicePort& port : service.ports) {
        ports += (ports.empty() ? "port " : ", ") + portText(port);
    }
    return Reason{"not-http", ports, "an Ingress routes HTTP and HTTPS only", ""};
}

Found otherPorts(const model::Service& service)
{
    for (const model::ServicePort& port : service.ports) {
        if (!plan::isHttpPort(port)) {
            return Reason{"other-ports",
                          "port " + portText(port),
                          "a port that is not HTTP needs the load balancer anyway: moving the rest "
                          "saves nothing",
                          "give that port a Service of its own"};
        }
    }
    return {};
}

/// A port for HTTPS whose TLS nobody before the pods ends: another target than plain HTTP has.
Found tlsInPods(const model::Service& service)
{
    const model::ServicePort* const plain = plan::httpPortOf(service);
    if (signOf(service, cloudCertificateSigns) != nullptr || plain == nullptr) {
        return {};
    }
    for (const model::ServicePort& port : service.ports) {
        const bool isHttps =
            plan::isHttpPort(port) && (port.port == 443 || port.name.starts_with("https"));
        if (isHttps && (&port == plain || port.targetPort != plain->targetPort)) {
            return Reason{"tls-in-pods",
                          "port " + portText(port),
                          "TLS ends in the pods, which keep their own certificate",
                          "let the pods serve HTTP, and give the Ingress their certificate"};
        }
    }
    return {};
}

Found internalScheme(const model::Service& service)
{
    const model::Annotation* const sign = signOf(service, internalSigns);
    if (sign == nullptr) {
        return {};
    }
    return Reason{"internal",
                  shown(*sign),
                  "behind a public ingress everybody could reach it",
                  "an internal ingress, with a class of its own, can take all of these together"};
}

Found sourceRanges(const model::Service& service)
{
    const model::Annotation* const sign = signOf(service, sourceRangeSigns);
    if (service.loadBalancerSourceRanges.empty() && sign == nullptr) {
        return {};
    }
    const bool hasMore = service.loadBalancerSourceRanges.size() > 1;
    return Reason{"source-ranges",
                  sign != nullptr
                      ? shown(*sign)
                      : "loadBalancerSourceRanges: " + service.loadBalancerSourceRanges.front() +
                            (hasMore ? ", …" : ""),
                  "the cloud keeps everybody else out; a shared load balancer lets all in",
                  "the controller can do it (allowlist-source-range) where it sees client "
                  "addresses"};
}

Found ownAddress(const model::Service& service)
{
    const model::Annotation* const sign = signOf(service, ownAddressSigns);
    if (service.loadBalancerIp.empty() && sign == nullptr) {
        return {};
    }
    return Reason{"own-address",
                  sign != nullptr ? shown(*sign) : "loadBalancerIP: " + service.loadBalancerIp,
                  "clients may hold on to this address or to the cloud's name for it",
                  "once all of them use a DNS name of yours, drop it"};
}

Found proxyProtocol(const model::Service& service)
{
    const model::Annotation* const sign = signOf(service, proxyProtocolSigns);
    if (sign == nullptr) {
        return {};
    }
    return Reason{"proxy-protocol",
                  shown(*sign),
                  "the pods expect a PROXY header, and an ingress sends none",
                  "let the pods read X-Forwarded-For instead"};
}

Found cloudCertificate(const model::Service& service)
{
    const model::Annotation* const sign = signOf(service, cloudCertificateSigns);
    if (sign == nullptr) {
        return {};
    }
    return Reason{"own-certificate",
                  shown(*sign),
                  "the cloud holds its certificate and key; a controller reads Secrets",
                  "a Secret of type kubernetes.io/tls for its host (cert-manager makes them)"};
}

Found clientAddress(const model::Service& service)
{
    if (service.externalTrafficPolicy != model::TrafficPolicy::Local) {
        return {};
    }
    return Reason{"client-address",
                  "externalTrafficPolicy: Local",
                  "the pods see the client's address as their peer, behind an ingress the "
                  "controller's",
                  "let the pods read X-Forwarded-For"};
}

Found affinity(const model::Service& service)
{
    if (!service.hasClientIpAffinity) {
        return {};
    }
    return Reason{"session-affinity",
                  "sessionAffinity: ClientIP",
                  "a controller chooses among the pods itself and does not know of it",
                  "cookies can do it (nginx.ingress.kubernetes.io/affinity: cookie)"};
}

Found heavyTraffic(const Circumstances& circumstances)
{
    if (!circumstances.gigabytesLess ||
        circumstances.gigabytesPerMonth <= *circumstances.gigabytesLess) {
        return {};
    }
    return Reason{"traffic",
                  groupThousands(toDecimal(circumstances.gigabytesPerMonth, 0)) +
                      " GB a month, break-even at " +
                      groupThousands(toDecimal(*circumstances.gigabytesLess, 0)),
                  "so much traffic pays more for the hop across zones behind an ingress than for "
                  "a load balancer of its own",
                  "a controller that prefers pods of its own zone (--zone-aware)"};
}

void addNotes(const model::Service& service,
              const Circumstances& circumstances,
              std::vector<Reason>& notes)
{
    if (circumstances.isRouted) {
        notes.push_back(
            {"already-routed", "", "an Ingress leads to it already: it is open twice", ""});
    } else if (!circumstances.hasKnownHost) {
        notes.push_back({"unknown-host",
                         "",
                         "nothing says under which name clients look for it",
                         "put that name into its Ingress in place of the lab's"});
    }
    if (service.balancerAddresses.empty()) {
        notes.push_back(
            {"no-address", "", "its load balancer has no address yet: it serves nobody", ""});
    }
    const bool hasHttps = std::any_of(
        service.ports.begin(), service.ports.end(), [](const auto& p) { return p.port == 443; });
    if (hasHttps) {
        notes.push_back({"https-as-http",
                         "port 443",
                         "it carries HTTP without TLS, or TLS that nobody here sees",
                         "the Ingress answers 443 with TLS: give it a certificate for its host"});
    }
}

} // namespace

std::string_view toText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Move:
        return "move";
    case Verdict::Keep:
        return "keep";
    case Verdict::Cannot:
        return "cannot";
    case Verdict::IsIngress:
        return "ingress";
    }
    return "?";
}

Judgement judge(const model::Service& service, const Circumstances& circumstances)
{
    Judgement judgement;
    if (circumstances.isController) {
        judgement.verdict = Verdict::IsIngress;
        judgement.reasons.push_back(
            {"controller",
             "",
             "the load balancer of your ingress controllers: already your ingress",
             ""});
        return judgement;
    }
    if (Found found = notHttp(service)) {
        judgement.verdict = Verdict::Cannot;
        judgement.reasons.push_back(std::move(*found));
        return judgement;
    }
    for (const auto rule : {otherPorts,
                            tlsInPods,
                            internalScheme,
                            sourceRanges,
                            ownAddress,
                            proxyProtocol,
                            cloudCertificate,
                            clientAddress,
                            affinity}) {
        if (Found found = rule(service)) {
            judgement.reasons.push_back(std::move(*found));
        }
    }
    if (Found found = heavyTraffic(circumstances)) {
        judgement.reasons.push_back(std::move(*found));
    }
    if (!judgement.reasons.empty()) {
        judgement.verdict = Verdict::Keep;
        return judgement;
    }
    addNotes(service, circumstances, judgement.notes);
    return judgement;
}

} // namespace lab::audit
