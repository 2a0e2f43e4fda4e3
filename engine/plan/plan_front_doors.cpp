#include "plan/plan_front_doors.hpp"

#include "plan/cluster_index.hpp"
#include "plan/cluster_nodes.hpp"
#include "plan/controller_config.hpp"
#include "plan/derive_twin.hpp"
#include "plan/ingress_style.hpp"
#include "plan/input_controllers.hpp"
#include "plan/per_service_style.hpp"
#include "plan/select_ingresses.hpp"
#include "plan/service_findings.hpp"
#include "plan/service_ports.hpp"
#include "plan/unhonoured_annotations.hpp"

#include <set>

namespace lab::plan {
namespace {

/// Both styles may stumble over the same thing: the first finding of a kind stays.
Findings withoutRepetition(Findings findings)
{
    std::set<std::string> seen;
    Findings once;
    for (Finding& finding : findings) {
        if (seen.insert(finding.id + '\n' + toText(finding)).second) {
            once.push_back(std::move(finding));
        }
    }
    return once;
}

/// What the options say goes before what a controller in the input says.
PlanOptions withInputSettings(PlanOptions options, const InputControllers& controllers)
{
    ControllerSettings& settings = options.controller;
    settings.watchesWithoutClass =
        settings.watchesWithoutClass || controllers.settings.watchesWithoutClass;
    if (settings.defaultCertificate.empty()) {
        settings.defaultCertificate = controllers.settings.defaultCertificate;
    }
    for (const auto& [key, value] : controllers.settings.configMap) {
        const auto place = controllers.settings.configPlaces.find(key);
        if (settings.configMap.try_emplace(key, value).second &&
            place != controllers.settings.configPlaces.end()) {
            settings.configPlaces.emplace(key, place->second);
        }
    }
    return options;
}

} // namespace

PlannedStyles planFrontDoors(const model::Cluster& cluster, const PlanOptions& given)
{
    PlannedStyles styles;
    const PlanOptions options = withInputSettings(given, findControllers(cluster));
    const model::Cluster twin =
        options.derivesTwin ? deriveTwin(cluster, options) : model::Cluster{};
    const ClusterIndex index(options.derivesTwin ? twin : cluster);
    const InputControllers controllers = findControllers(index.cluster());
    const SelectedIngresses selected =
        selectIngresses(index.cluster(), options, controllers.isIngressNginx, styles.findings);
    const auto routed = routedServices(selected.ingresses);
    styles.profile = selected.profile;
    PodTable pods(clusterNodes(index.cluster()));
    styles.ingress = planIngressStyle(index, selected, controllers, options, pods, styles.findings);
    styles.perService = planPerServiceStyle(
        index, routed, controllers, selected.profile, options, pods, styles.findings);
    for (FrontDoorPlan* plan : {&styles.ingress, &styles.perService}) {
        plan->pods = pods.pods();
        plan->nodes = pods.nodes();
        plan->shrinkToFit();
    }
    reportUnusablePorts(index, styles.findings);
    reportUnhonoured(selected, index.cluster(), styles.findings);
    if (selected.profile == Profile::IngressNginx) {
        reportConfigMap(options.controller, styles.findings);
    }
    styles.findings = withoutRepetition(std::move(styles.findings));
    return styles;
}

} // namespace lab::plan
