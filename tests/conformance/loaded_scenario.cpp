#include "conformance/loaded_scenario.hpp"

#include "certificates/certificate_info.hpp"
#include "manifest/manifest_reader.hpp"
#include "plan/admission.hpp"

namespace lab::conformance {
namespace {

void readCertificates(const model::Cluster& cluster, plan::PlanOptions& options)
{
    for (const model::Secret& secret : cluster.secrets) {
        const auto certificate = secret.data.find("tls.crt");
        const auto key = secret.data.find("tls.key");
        if (certificate == secret.data.end() || key == secret.data.end()) {
            continue;
        }
        if (const auto info = certificates::readCertificate(certificate->second, key->second)) {
            options.secretCertificates[secret.meta.fullName()] = {
                info->dnsNames, info->commonName, info->hasMatchingKey, info->notAfterSeconds};
        }
    }
}

} // namespace

LoadedScenario
loadScenario(const Suite& suite, const Scenario& scenario, const std::string& profile)
{
    LoadedScenario loaded;
    manifest::ReadCluster read = manifest::readManifests(
        {{suite.name + " common", suite.common}, {scenario.name, scenario.manifests}});
    for (const manifest::RefusedObject& object : read.refused) {
        for (const Finding& finding : object.findings) {
            loaded.refused.push_back(
                {object.kind + '/' + object.nameSpace + '/' + object.name, false, finding.message});
        }
    }
    plan::PlanOptions options;
    options.profile = profile == "spec" ? plan::Profile::Spec : plan::Profile::IngressNginx;
    options.assumesClasses = false;
    options.controllerReplicas = scenario.controller.replicas;
    options.controller.watchesWithoutClass = scenario.controller.watchesWithoutClass;
    options.controller.defaultCertificate = scenario.controller.defaultCertificate;
    options.controller.configMap = scenario.controller.configMap;
    options.proxyMode =
        scenario.controller.proxyMode == "ipvs" ? plan::ProxyMode::Ipvs : plan::ProxyMode::Iptables;
    readCertificates(read.cluster, options);
    if (scenario.controller.hasWebhook && profile == "ingress-nginx") {
        for (const plan::WebhookRefusal& refusal : applyWebhook(read.cluster, options)) {
            loaded.refused.push_back({"Ingress/" + refusal.ingress, true, refusal.message});
        }
    }
    loaded.styles = planFrontDoors(read.cluster, options);
    return loaded;
}

} // namespace lab::conformance
