#include "plan/admission.hpp"

#include "base/quoted.hpp"
#include "plan/controller_config.hpp"
#include "plan/ingress_policy.hpp"
#include "plan/select_ingresses.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace lab::plan {
namespace {

/// Locations that the accepted Ingresses make, as text.
struct Location {
    std::string host;
    std::string text;
    bool isWritten; ///< No: "= /p", which Prefix /p makes besides "/p/".
    std::string ingress;
    bool isCanary;
};

bool isStrict(const std::string& path)
{
    return std::all_of(path.begin(), path.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-' || c == '/';
    });
}

std::string_view typeName(model::PathType type)
{
    return type == model::PathType::Exact    ? "Exact"
           : type == model::PathType::Prefix ? "Prefix"
                                             : "ImplementationSpecific";
}

std::string pathText(const model::IngressPath& path)
{
    return path.path.empty() ? "/" : path.path;
}

class Webhook {
public:
    Webhook(const model::Cluster& cluster, const ControllerSettings& settings)
        : cluster_(&cluster)
        , settings_(&settings)
    {
    }

    std::optional<std::string> judge(const model::Ingress& ingress)
    {
        const bool isStrictAsked = configuredFlag(*settings_, "strict-validate-path-type", true);
        for (const model::IngressRule& rule : ingress.rules) {
            for (const model::IngressPath& path : rule.paths) {
                if (isStrictAsked && path.type != model::PathType::ImplementationSpecific &&
                    !isStrict(path.path)) {
                    return "ingress contains invalid paths: path " + path.path +
                           " cannot be used with pathType " + std::string(typeName(path.type));
                }
            }
        }
        Findings unused;
        const IngressPolicy policy = readIngressPolicy(ingress, *cluster_, *settings_, unused);
        if (!policy.refusedBecause.empty()) {
            return "annotation nginx.ingress.kubernetes.io/" + policy.refusedBecause;
        }
        if (auto overlap = overlapOf(ingress, policy.isCanary)) {
            return overlap;
        }
        accept(ingress, policy.isCanary);
        return std::nullopt;
    }

private:
    std::optional<std::string> overlapOf(const model::Ingress& ingress, bool isCanary) const
    {
        for (const model::IngressRule& rule : ingress.rules) {
            for (const model::IngressPath& path : rule.paths) {
                const std::string text = pathText(path);
                for (const Location& taken : locations_) {
                    const bool isSame = taken.host == rule.host && taken.text == text &&
                                        (taken.isWritten || path.type != model::PathType::Exact);
                    const bool areBoth = isCanary && taken.isCanary;
                    const bool isNone = !isCanary && !taken.isCanary;
                    if (isSame && (areBoth || isNone)) {
                        return "host " + quoted(rule.host.empty() ? "_" : rule.host) +
                               " and path " + quoted(text) + " is already defined in ingress " +
                               taken.ingress;
                    }
                }
            }
        }
        return std::nullopt;
    }

    void accept(const model::Ingress& ingress, bool isCanary)
    {
        const std::string name = ingress.meta.fullName();
        for (const model::IngressRule& rule : ingress.rules) {
            for (const model::IngressPath& path : rule.paths) {
                const std::string text = pathText(path);
                if (path.type == model::PathType::Exact || text == "/") {
                    locations_.push_back({rule.host, text, true, name, isCanary});
                    continue;
                }
                const std::string slashed = text.ends_with('/') ? text : text + '/';
                locations_.push_back({rule.host, slashed, true, name, isCanary});
                locations_.push_back({rule.host, text, false, name, isCanary});
            }
        }
    }

    const model::Cluster* cluster_;
    const ControllerSettings* settings_;
    std::vector<Location> locations_;
};

} // namespace

std::vector<WebhookRefusal> applyWebhook(model::Cluster& cluster, const PlanOptions& options)
{
    Findings unused;
    const SelectedIngresses own = selectIngresses(cluster, options, false, unused);
    Webhook webhook(cluster, options.controller);
    std::vector<WebhookRefusal> refusals;
    std::set<std::string> refused;
    for (const model::Ingress& ingress : cluster.ingresses) {
        const bool isOwn =
            std::find(own.ingresses.begin(), own.ingresses.end(), &ingress) != own.ingresses.end();
        const auto message = isOwn ? webhook.judge(ingress) : std::nullopt;
        if (message) {
            refused.insert(ingress.meta.fullName());
            refusals.push_back({ingress.meta.fullName(), *message, ingress.meta.place});
        }
    }
    std::erase_if(cluster.ingresses, [&](const model::Ingress& ingress) {
        return refused.contains(ingress.meta.fullName());
    });
    return refusals;
}

} // namespace lab::plan
