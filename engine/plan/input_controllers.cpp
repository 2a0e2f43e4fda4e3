#include "plan/input_controllers.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace lab::plan {
namespace {

enum class Kind { IngressNginx, Traefik };

std::optional<Kind> kindOf(const model::Deployment& deployment)
{
    for (const model::Labels* labels : {&deployment.meta.labels, &deployment.podLabels}) {
        const auto name = labels->find("app.kubernetes.io/name");
        if (name == labels->end()) {
            continue;
        }
        if (name->second == "ingress-nginx") {
            // The chart's default backend carries the same name and another component.
            const auto component = labels->find("app.kubernetes.io/component");
            if (component == labels->end() || component->second == "controller") {
                return Kind::IngressNginx;
            }
        }
        if (name->second == "traefik") {
            return Kind::Traefik;
        }
    }
    for (const model::Container& container : deployment.containers) {
        const std::string_view image = container.image;
        if (image.find("ingress-nginx/controller") != std::string_view::npos) {
            return Kind::IngressNginx;
        }
        if (image.starts_with("traefik:") || image.find("/traefik:") != std::string_view::npos) {
            return Kind::Traefik;
        }
    }
    return std::nullopt;
}

/// The value of `--flag=value` or `--flag value`; "true" for a bare `--flag`; nothing without it.
std::optional<std::string> flagOf(const model::Deployment& deployment, std::string_view flag)
{
    for (const model::Container& container : deployment.containers) {
        for (std::size_t i = 0; i < container.args.size(); ++i) {
            const std::string& argument = container.args[i];
            if (argument == flag) {
                const bool hasValue =
                    i + 1 < container.args.size() && !container.args[i + 1].starts_with('-');
                return hasValue ? container.args[i + 1] : "true";
            }
            if (argument.size() > flag.size() && argument.starts_with(flag) &&
                argument[flag.size()] == '=') {
                return argument.substr(flag.size() + 1);
            }
        }
    }
    return std::nullopt;
}

ControllerSettings settingsOf(const model::Cluster& cluster, const model::Deployment& deployment)
{
    ControllerSettings settings;
    settings.watchesWithoutClass =
        flagOf(deployment, "--watch-ingress-without-class").value_or("false") == "true";
    settings.defaultCertificate = flagOf(deployment, "--default-ssl-certificate").value_or("");
    const std::string configMap = flagOf(deployment, "--configmap").value_or("");
    const std::size_t slash = configMap.find('/');
    if (slash != std::string::npos) {
        std::string nameSpace = configMap.substr(0, slash);
        if (nameSpace == "$(POD_NAMESPACE)") {
            nameSpace = deployment.meta.nameSpace;
        }
        if (const auto* found = cluster.configMap(nameSpace, configMap.substr(slash + 1))) {
            settings.configMap = found->data;
            settings.configPlaces = found->places;
        }
    }
    return settings;
}

} // namespace

InputControllers findControllers(const model::Cluster& cluster)
{
    InputControllers controllers;
    for (const model::Deployment& deployment : cluster.deployments) {
        const std::optional<Kind> kind = kindOf(deployment);
        if (!kind) {
            continue;
        }
        if (!controllers.isAny()) {
            controllers.isIngressNginx = kind == Kind::IngressNginx;
            controllers.replicas = deployment.replicas;
            controllers.settings = settingsOf(cluster, deployment);
        }
        controllers.deployments.push_back(&deployment);
        for (const model::Service& service : cluster.services) {
            if (service.meta.nameSpace != deployment.meta.nameSpace ||
                !model::selects(service.selector, deployment.podLabels)) {
                continue;
            }
            controllers.services.insert(service.meta.fullName());
            if (service.type == model::ServiceType::LoadBalancer &&
                controllers.cloudService == nullptr) {
                controllers.cloudService = &service;
            }
        }
    }
    return controllers;
}

} // namespace lab::plan
