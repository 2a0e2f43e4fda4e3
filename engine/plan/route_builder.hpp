#pragma once

#include "plan/cluster_index.hpp"
#include "plan/ingress_policies.hpp"
#include "plan/ingress_servers.hpp"
#include "plan/resolve_upstreams.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace lab::plan {

/// Hosts and paths → the routes, the table and the limit zones of a controller.
///
/// Profile ingress-nginx writes locations as its template does: a host with one pattern is matched
/// by patterns alone, longest text first; a path that ends in '/' redirects to it; aliases and
/// www names are further hosts.  Source: ingress-nginx location.go, template.go, controller.go.
class RouteBuilder {
public:
    RouteBuilder(const ClusterIndex& index,
                 const IngressPolicies& policies,
                 const ControllerSettings& settings,
                 UpstreamResolver& resolver,
                 FrontDoorPlan& plan,
                 Findings& findings);

    /// \pre the door's certificates are assigned
    void build(const std::vector<ServedHost>& hosts, Door& door);

private:
    struct Zones {
        std::vector<std::size_t> rates;
        std::optional<std::size_t> connections;
    };

    [[nodiscard]] bool isNginx() const;
    [[nodiscard]] bool isListed(const std::string& path, std::string_view key) const;
    void addHost(const ServedHost& served, Door& door);
    void addPaths(const ServedHost& served, Door& door);
    void addPatterns(const ServedHost& served, Door& door);
    RouteId addRoute(const ServedHost& served, const ServedPath& path, Door& door);
    std::shared_ptr<const RoutePolicy>
    policyOf(const ServedHost& served, const ServedPath& path, Door& door);
    const Zones& zonesOf(const model::Ingress& ingress, Door& door);
    UpstreamId errorUpstreamOf(const model::Ingress& ingress, const IngressPolicy& policy);
    void
    addCertificate(const std::string& host, const std::string& other, bool mustCover, Door& door);
    void reportErrorService(const model::Ingress& ingress,
                            const IngressPolicy& policy,
                            const std::string& why);
    void addAliases(const std::vector<ServedHost>& hosts, Door& door);
    void addWwwRedirects(const std::vector<ServedHost>& hosts, Door& door);

    const ClusterIndex* index_;
    const IngressPolicies* policies_;
    const ControllerSettings* settings_;
    UpstreamResolver* resolver_;
    FrontDoorPlan* plan_;
    Findings* findings_;
    std::vector<routing::RouteRule> rules_;
    std::map<const model::Ingress*, Zones> zones_;
};

} // namespace lab::plan
