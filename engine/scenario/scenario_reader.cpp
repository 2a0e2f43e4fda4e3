#include "scenario/scenario_reader.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"
#include "scenario/backend_reader.hpp"
#include "scenario/calendar_date.hpp"
#include "scenario/expectation_reader.hpp"
#include "scenario/lab_head.hpp"
#include "scenario/timeline_reader.hpp"
#include "scenario/traffic_reader.hpp"
#include "scenario/unsupported_keys.hpp"
#include "yaml/document_reader.hpp"
#include "yaml/map_reader.hpp"
#include "yaml/quantity.hpp"

#include <algorithm>
#include <array>

namespace lab::scenario {
namespace {

constexpr int replicasMax = 20;
constexpr int zonesMax = 10;
constexpr double burstMax = 1e6;
constexpr double arrivalsMax = 5e6; ///< Of one style in one live run.
constexpr Duration runTimeMin = std::chrono::milliseconds(100);
constexpr Duration runTimeMax = std::chrono::minutes(10);

void readStyles(yaml::MapReader& spec, Scenario& scenario)
{
    scenario.profile = spec.choice<plan::Profile>(
        "profile", {{"spec", plan::Profile::Spec}, {"ingress-nginx", plan::Profile::IngressNginx}});
    yaml::MapReader styles = spec.map("styles");
    yaml::MapReader perService = styles.map("per-service");
    scenario.perServiceMode = perService.choice<plan::DoorMode>("door",
                                                                {{"tcp", plan::DoorMode::Tcp},
                                                                 {"tls", plan::DoorMode::Tls},
                                                                 {"http", plan::DoorMode::Http}});
    refuseUnsupported(perService, {"maxInFlight", "queueMax"});
    perService.finish();
    yaml::MapReader ingress = styles.map("ingress");
    refuseUnsupported(ingress, {"door", "maxInFlight", "queueMax"});
    ingress.finish();
    styles.finish();
}

void readController(yaml::MapReader& spec, Scenario& scenario)
{
    yaml::MapReader controller = spec.map("controller");
    if (const auto replicas = controller.integer("replicas", 1, replicasMax)) {
        scenario.controllerReplicas = static_cast<int>(*replicas);
    }
    plan::ControllerSettings& settings = scenario.controller;
    settings.watchesWithoutClass = controller.boolean("watchIngressWithoutClass").value_or(false);
    settings.defaultCertificate = controller.text("defaultSSLCertificate").value_or("");
    settings.configMap = controller.textMap("configMap");
    scenario.proxyMode = controller
                             .choice<plan::ProxyMode>("proxyMode",
                                                      {{"iptables", plan::ProxyMode::Iptables},
                                                       {"nftables", plan::ProxyMode::Iptables},
                                                       {"ipvs", plan::ProxyMode::Ipvs}})
                             .value_or(plan::ProxyMode::Iptables);
    refuseUnsupported(controller, {"admissionWebhook", "workers"});
    controller.finish();
}

void readLimits(yaml::MapReader& spec, Scenario& scenario)
{
    yaml::MapReader limits = spec.map("limits");
    yaml::MapReader overall = limits.map("overall");
    plan::OverallLimit limit;
    const std::optional<double> rate = overall.rate("rate");
    limit.burst = overall.number("burst", 1.0, burstMax).value_or(1.0);
    limit.isSplitEvenly =
        overall.choice<bool>("split", {{"even", true}, {"none", false}}).value_or(false);
    if (overall.isPresent() && overall.require("rate") && rate) {
        limit.ratePerSecond = *rate;
        scenario.overallLimit = limit;
        if (*rate <= 0.0 || *rate > trafficRateMax) {
            overall.addWrong("rate", "out-of-range", "must be above 0 and at most 1000000/s");
        }
    }
    overall.finish();
    limits.finish();
}

/// Reports a text that is none of the words known.
void requireKnown(yaml::MapReader& map,
                  std::string_view key,
                  const std::string& text,
                  const std::vector<std::string>& known)
{
    if (text.empty() || std::find(known.begin(), known.end(), text) != known.end()) {
        return;
    }
    std::string remedy;
    if (const std::string_view near = nearest(text, known); !near.empty()) {
        remedy = "did you mean \"" + std::string(near) + "\"?";
    } else {
        for (const std::string& word : known) {
            remedy += (remedy.empty() ? "known are " : ", ") + word;
        }
    }
    map.addWrong(key, "unknown-price", quoted(text) + " has no prices", remedy);
}

void readPrices(yaml::MapReader& spec, Scenario& scenario)
{
    yaml::MapReader prices = spec.map("prices");
    cost::PricingOptions& pricing = scenario.pricing;
    scenario.pricesPlace = spec.place("prices");
    pricing.provider = prices.text("provider").value_or("");
    pricing.region = prices.text("region").value_or("");
    pricing.perServiceProduct = prices.text("perService").value_or("");
    pricing.ingressProduct = prices.text("ingress").value_or("");
    requireKnown(prices, "provider", pricing.provider, cost::pricedProviders());
    requireKnown(prices, "perService", pricing.perServiceProduct, cost::pricedProducts());
    requireKnown(prices, "ingress", pricing.ingressProduct, cost::pricedProducts());
    pricing.zones = static_cast<int>(prices.integer("zones", 1, zonesMax).value_or(pricing.zones));
    pricing.isZoneAware = prices.boolean("zoneAware").value_or(pricing.isZoneAware);
    prices.finish();
}

void readTimeouts(yaml::MapReader& spec, Scenario& scenario)
{
    yaml::MapReader timeouts = spec.map("timeouts");
    scenario.timeouts.head = timeouts.duration("head");
    scenario.timeouts.bodyIdle = timeouts.duration("bodyIdle");
    scenario.timeouts.connect = timeouts.duration("connect");
    scenario.timeouts.answer = timeouts.duration("answer");
    scenario.timeouts.keepAliveIdle = timeouts.duration("keepAliveIdle");
    timeouts.finish();
}

void readRun(yaml::MapReader& spec, Scenario& scenario)
{
    if (const std::optional<std::string> clock = spec.text("clock")) {
        if (*clock != "live" && *clock != "virtual") {
            spec.addWrong(
                "clock", "unknown-word", "must be live or virtual", "leave the key out: live");
        } else {
            scenario.clock = *clock;
        }
    }
    scenario.seed = static_cast<std::uint64_t>(spec.integer("seed", 0).value_or(1));
    scenario.date = spec.text("date").value_or("");
    if (!scenario.date.empty() && !isDate(scenario.date)) {
        spec.addWrong("date", "bad-date", "must be a day", "write it as 2026-11-23");
    }
    scenario.duration = spec.duration("duration").value_or(scenario.duration);
    if (scenario.duration < runTimeMin || scenario.duration > runTimeMax) {
        spec.addWrong("duration", "out-of-range", "must be between 100ms and 10m");
    }
    const bool isVirtual = scenario.clock == "virtual";
    if (workload::expectedArrivals(scenario.traffic, scenario.duration) >
        (isVirtual ? workload::arrivalsMax : arrivalsMax)) {
        spec.addWrong("traffic",
                      "too-much-traffic",
                      isVirtual ? "makes more than 50000000 requests a style"
                                : "makes more than 5000000 requests a style",
                      "lower its rates or the duration");
    }
}

void readManifestPaths(yaml::MapReader& spec, Scenario& scenario)
{
    for (const yaml::MapReader::Item& item : spec.items("manifests")) {
        const Place place = spec.reading().document.place(*item.node);
        if (!item.node->isScalar() || item.node->scalar.empty()) {
            spec.reading().addWrong(
                place, "wrong-type", item.path + " must be the path of a file or folder");
        } else if (item.node->scalar.find('\0') != std::string::npos) {
            spec.reading().addWrong(
                place, "bad-path", item.path + " must be a path without NUL characters");
        } else {
            scenario.manifests.push_back({item.node->scalar, place});
        }
    }
}

void readSpec(yaml::MapReader& spec, Scenario& scenario)
{
    scenario.title = spec.text("title").value_or("");
    if (spec.require("manifests")) {
        readManifestPaths(spec, scenario);
    }
    readStyles(spec, scenario);
    readController(spec, scenario);
    readBackends(spec, scenario);
    scenario.trafficPlace = spec.place("traffic");
    readTraffic(spec, scenario);
    readLimits(spec, scenario);
    readTimeouts(spec, scenario);
    readPrices(spec, scenario);
    scenario.issuesLabCertificates =
        spec.choice<bool>("certificates", {{"lab", true}, {"manifests", false}}).value_or(true);
    scenario.expectations = readExpectations(spec);
    readRun(spec, scenario);
    readTimeline(spec, scenario);
    spec.finish();
}

void readDocument(const yaml::Document& document, Scenario& scenario, Findings& findings)
{
    yaml::Reading reading{document, findings};
    yaml::MapReader root(reading, document.root, "");
    scenario.place = document.place(document.root);
    scenario.name = readLabHead(root, "Scenario");
    if (root.require("spec")) {
        yaml::MapReader spec = root.map("spec");
        if (spec.isPresent()) {
            readSpec(spec, scenario);
        }
    }
    root.finish();
}

} // namespace

ReadScenario
readScenario(std::string_view text, const std::string& fileName, const std::string& folder)
{
    ReadScenario read;
    read.scenario.folder = folder;
    yaml::ReadDocuments documents = yaml::readSingleMap(text, fileName);
    const bool isReadable = documents.isReadable();
    append(read.findings, std::move(documents.findings));
    if (isReadable) {
        readDocument(documents.documents.front(), read.scenario, read.findings);
    }
    return read;
}

bool isLabFile(std::string_view text)
{
    constexpr std::size_t headBytesMax = 64U << 10U;
    constexpr std::array kinds{"Scenario", "RouteTest", "Lesson"};
    text = text.substr(0, headBytesMax);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.starts_with("apiVersion:") && line.find("ingresslab.dev/") != line.npos) {
            return true;
        }
        if (line.starts_with("kind:")) {
            std::string_view kind = line.substr(5);
            kind.remove_prefix(std::min(kind.find_first_not_of(" \t\"'"), kind.size()));
            kind = kind.substr(0, kind.find_first_of(" \t\"'\r#"));
            return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
        }
    }
    return false;
}

} // namespace lab::scenario
