#pragma once

#include "base/finding.hpp"
#include "model/cluster.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lab::test {

/// A place as a reader would give it, so that findings can be told apart.
inline Place placeAt(std::uint32_t line)
{
    static const auto file = std::make_shared<const std::string>("test.yaml");
    return {file, line, 1};
}

/// One path of an Ingress in short.
struct PathTo {
    std::string host;
    std::string path;
    std::string service;
    model::PortReference port = 80;
    model::PathType type = model::PathType::Prefix;
};

/// Clusters in a few words, for tests of planners: objects in namespace "default" unless named
/// "ns/name". A Deployment "web" and a Service "web" go together by the label app=web.
class ClusterBuilder {
public:
    ClusterBuilder&
    deployment(const std::string& name, int replicas, int port, const std::string& portName = {})
    {
        model::Deployment made;
        made.meta = meta(name);
        made.replicas = replicas;
        made.podLabels = {{"app", made.meta.name}};
        made.selector = made.podLabels;
        made.containers.push_back({"main", "example/app:1", {}, {{portName, port}}});
        cluster.deployments.push_back(std::move(made));
        return *this;
    }

    model::Service& service(const std::string& name, int port, model::PortReference target)
    {
        model::Service made;
        made.meta = meta(name);
        made.selector = {{"app", made.meta.name}};
        model::ServicePort listed;
        listed.port = port;
        listed.targetPort = std::move(target);
        listed.place = made.meta.place;
        made.ports.push_back(std::move(listed));
        cluster.services.push_back(std::move(made));
        return cluster.services.back();
    }

    model::Service& loadBalancer(const std::string& name, int port, model::PortReference target)
    {
        model::Service& made = service(name, port, std::move(target));
        made.type = model::ServiceType::LoadBalancer;
        return made;
    }

    model::Ingress& ingress(const std::string& name, const std::vector<PathTo>& paths)
    {
        model::Ingress made;
        made.meta = meta(name);
        made.className = "nginx";
        for (const PathTo& path : paths) {
            if (made.rules.empty() || made.rules.back().host != path.host) {
                made.rules.push_back({path.host, {}, placeAt(++line_)});
            }
            const Place place = placeAt(++line_);
            made.rules.back().paths.push_back(
                {path.path, path.type, {path.service, path.port, place}, place});
        }
        cluster.ingresses.push_back(std::move(made));
        return cluster.ingresses.back();
    }

    ClusterBuilder& ingressClass(const std::string& name, const std::string& controller)
    {
        model::IngressClass made;
        made.meta = meta(name);
        made.meta.nameSpace.clear();
        made.controller = controller;
        cluster.ingressClasses.push_back(std::move(made));
        return *this;
    }

    ClusterBuilder& secret(const std::string& name, std::map<std::string, std::string> data)
    {
        cluster.secrets.push_back({meta(name), "kubernetes.io/tls", std::move(data)});
        return *this;
    }

    /// Object "name" or "ns/name" at the next line.
    model::ObjectMeta meta(const std::string& name)
    {
        model::ObjectMeta made;
        const std::size_t slash = name.find('/');
        made.name = slash == std::string::npos ? name : name.substr(slash + 1);
        made.nameSpace = slash == std::string::npos ? "default" : name.substr(0, slash);
        made.place = placeAt(++line_);
        return made;
    }

    model::Cluster cluster;

private:
    std::uint32_t line_ = 0;
};

inline void annotate(model::ObjectMeta& meta, const std::string& key, const std::string& value)
{
    meta.annotations.push_back({key, value, meta.place});
}

/// The ids of findings, for comparing.
inline std::vector<std::string> idsOf(const Findings& findings)
{
    std::vector<std::string> ids;
    for (const Finding& finding : findings) {
        ids.push_back(finding.id);
    }
    return ids;
}

} // namespace lab::test
