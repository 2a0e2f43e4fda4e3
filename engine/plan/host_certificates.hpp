#pragma once

#include "model/cluster.hpp"
#include "plan/ingress_servers.hpp"
#include "plan/plan_front_doors.hpp"

#include <string_view>
#include <vector>

namespace lab::plan {

/// Does a certificate with these names cover the host?  By SAN, or by the common name; a wildcard
/// stands for one label. \param host  lower case; a wildcard host is compared literally
[[nodiscard]] bool covers(const SecretCertificate& certificate, std::string_view host);

/// Gives every host of the ingress its certificate, and the door its default one.
///
/// The oldest Ingress with a tls section that names a host in its rules decides for good: the
/// Secret of the entry that lists the host, else the first one that covers it by SAN, else the
/// default certificate. With `certificates: lab` the lab's authority issues one for every hundred
/// hosts that have no Secret of their own.  Source: ingress-nginx controller.go createServers.
class HostCertificates {
public:
    HostCertificates(const model::Cluster& cluster,
                     const PlanOptions& options,
                     FrontDoorPlan& plan,
                     Findings& findings);

    /// Plans the certificates; fills `certificates` and `defaultCertificate` of the door.
    void
    assign(const SelectedIngresses& selected, const std::vector<ServedHost>& hosts, Door& door);

private:
    struct Choice {
        enum class Kind { Undecided, Default, Secret };
        Kind kind = Kind::Undecided;
        std::string secret; ///< "ns/name"
    };

    [[nodiscard]] Choice choose(const std::vector<const model::Ingress*>& ingresses,
                                const std::string& host);
    [[nodiscard]] Choice secretOf(const model::Ingress& ingress, const std::string& host);
    const SecretCertificate* usable(const std::string& secret, const Place& place);
    CertificateId ofSecret(const std::string& secret);
    CertificateId controllerDefault();
    void reportUnruledHosts(const SelectedIngresses& selected);
    void report(const std::string& id, const Place& place, std::string message, std::string remedy);

    const model::Cluster* cluster_;
    const PlanOptions* options_;
    FrontDoorPlan* plan_;
    Findings* findings_;
};

} // namespace lab::plan
