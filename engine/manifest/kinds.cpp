#include "manifest/kinds.hpp"

#include <algorithm>
#include <array>

namespace lab::manifest {
namespace {

struct Served {
    std::string_view kind;
    std::string_view apiVersion;
};

constexpr std::array served{
    Served{"Service", "v1"},
    Served{"Pod", "v1"},
    Served{"Secret", "v1"},
    Served{"ConfigMap", "v1"},
    Served{"Namespace", "v1"},
    Served{"Node", "v1"},
    Served{"Deployment", "apps/v1"},
    Served{"StatefulSet", "apps/v1"},
    Served{"DaemonSet", "apps/v1"},
    Served{"ReplicaSet", "apps/v1"},
    Served{"Ingress", "networking.k8s.io/v1"},
    Served{"IngressClass", "networking.k8s.io/v1"},
    Served{"EndpointSlice", "discovery.k8s.io/v1"},
};

/// Kubernetes' own groups: there, a kind we know in another version is a mistake. Elsewhere
/// (Knative has a Service too) it is another kind.
constexpr std::array<std::string_view, 5> ownGroups{
    "", "apps", "extensions", "networking.k8s.io", "discovery.k8s.io"};

constexpr std::array<std::string_view, 30> irrelevant{
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "ClusterRole",
    "ClusterRoleBinding",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "StorageClass",
    "VolumeSnapshot",
    "Job",
    "CronJob",
    "HorizontalPodAutoscaler",
    "VerticalPodAutoscaler",
    "PodDisruptionBudget",
    "PriorityClass",
    "LimitRange",
    "ResourceQuota",
    "CustomResourceDefinition",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
    "Endpoints",
    "Event",
    "Lease",
    "ControllerRevision",
    "ReplicationController",
    "ServiceMonitor",
    "PodMonitor",
    "PrometheusRule",
    "APIService",
    "PodTemplate",
};

template <typename Texts>
bool contains(const Texts& texts, std::string_view text)
{
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

} // namespace

std::string_view groupOf(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

JudgedKind judgeKind(std::string_view apiVersion, std::string_view kind)
{
    for (const Served& known : served) {
        if (known.kind != kind) {
            continue;
        }
        if (known.apiVersion == apiVersion) {
            return {KindVerdict::Read, known.apiVersion};
        }
        if (contains(ownGroups, groupOf(apiVersion))) {
            return {KindVerdict::Removed, known.apiVersion};
        }
    }
    return {contains(irrelevant, kind) ? KindVerdict::Irrelevant : KindVerdict::NotHonoured, {}};
}

} // namespace lab::manifest
