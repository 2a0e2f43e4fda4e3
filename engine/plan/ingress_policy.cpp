#include "plan/ingress_policy.hpp"

#include "plan/annotation_effects.hpp"
#include "plan/annotation_topics.hpp"

#include <array>

namespace lab::plan {
namespace {

constexpr std::array<std::string_view, 5> snippets{"configuration-snippet",
                                                   "server-snippet",
                                                   "stream-snippet",
                                                   "auth-snippet",
                                                   "modsecurity-snippet"};

void readSnippets(AnnotationReader& reader, IngressPolicy& policy)
{
    for (const std::string_view name : snippets) {
        if (reader.text(name)) {
            policy.refusedBecause =
                reader.refuse(name,
                              "Snippet directives are disabled by the Ingress administrator "
                              "(CVE-2021-25742, CVE-2025-1974)");
        }
    }
}

} // namespace

IngressPolicy readIngressPolicy(const model::Ingress& ingress,
                                const model::Cluster& cluster,
                                const ControllerSettings& settings,
                                Findings& findings)
{
    IngressPolicy policy;
    AnnotationReader reader(ingress, settings, findings);
    readSnippets(reader, policy);
    readRedirects(reader, policy);
    readLimits(reader, policy);
    readAccess(reader, cluster, policy);
    readCors(reader, policy);
    readProxying(reader, policy);
    readBalancing(reader, policy);
    reportWithoutEffect(reader, policy);
    return policy;
}

} // namespace lab::plan
