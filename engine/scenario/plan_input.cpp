#include "scenario/plan_input.hpp"

#include "certificates/certificate_info.hpp"
#include "scenario/scenario_reader.hpp"
#include "scenario/service_names.hpp"

namespace lab::scenario {
namespace {

/// What the backend says, and where it says nothing, what all do.
simulation::PodModel podModel(const Backend& backend, const Backend& defaults)
{
    const bool isOwn = backend.latency || backend.time;
    const Backend& of = isOwn ? backend : defaults;
    simulation::PodModel model;
    model.time = of.time.value_or(workload::ServiceTime::constant(of.latency.value_or(Duration{})));
    model.workers = backend.maxInFlight.value_or(defaults.maxInFlight.value_or(0));
    model.waitingMax = backend.queueMax.value_or(defaults.queueMax.value_or(model.waitingMax));
    return model;
}

void resolveTimeline(const Scenario& scenario, PlanInput& input)
{
    for (const TimelineEvent& event : scenario.timeline) {
        const auto service =
            fullServiceName(event.service, input.cluster, event.place, input.findings);
        if (service) {
            simulation::PodIncident& incident = input.incidents.emplace_back();
            incident.at = Instant(event.at);
            incident.service = *service;
            incident.podsMax = event.pods.value_or(incident.podsMax);
            incident.fault = event.fault;
        }
    }
}

/// The Services that `backends` and mix entries name, by their full names.
void resolveServices(Scenario& scenario, PlanInput& input)
{
    for (const auto& [name, backend] : scenario.backends) {
        const auto service = fullServiceName(name, input.cluster, backend.place, input.findings);
        if (!service) {
            continue;
        }
        if (!backend.addresses.empty()) {
            input.options.backendAddresses[*service] = backend.addresses;
        }
        if (backend.latency) {
            input.podLatency[*service] = *backend.latency;
        }
        input.podModels[*service] = podModel(backend, scenario.backendDefaults);
    }
    for (std::size_t t = 0; t < scenario.traffic.size(); ++t) {
        for (std::size_t e = 0; e < scenario.traffic[t].mix.size(); ++e) {
            std::string& named = scenario.traffic[t].mix[e].service;
            if (!named.empty()) {
                named =
                    fullServiceName(named, input.cluster, scenario.mixPlaces[t][e], input.findings)
                        .value_or(named);
            }
        }
    }
}

void takeWishes(Scenario scenario, PlanInput& input)
{
    for (const model::Service& service : input.cluster.services) {
        const Backend& defaults = scenario.backendDefaults;
        input.podModels[service.meta.fullName()] = podModel({}, defaults);
        if (defaults.latency.value_or(Duration{}) > Duration{}) {
            input.podLatency[service.meta.fullName()] = *defaults.latency;
        }
    }
    resolveServices(scenario, input);
    resolveTimeline(scenario, input);
    plan::PlanOptions& options = input.options;
    options.profile = scenario.profile;
    options.derivesTwin = true;
    options.issuesLabCertificates = scenario.issuesLabCertificates;
    options.perServiceMode = scenario.perServiceMode;
    options.overallLimit = scenario.overallLimit;
    options.controllerReplicas = scenario.controllerReplicas;
    options.controller = scenario.controller;
    options.proxyMode = scenario.proxyMode;
    input.scenario = std::move(scenario);
}

/// Is this what tools leave of a secret: a word such as REDACTED, or stars?
bool isRedacted(const std::string& text)
{
    return text.find("-----BEGIN") == text.npos &&
           (text.find("REDACTED") != text.npos || text.find("redacted") != text.npos ||
            text.find_first_not_of("* \n") == text.npos);
}

Finding redactedCertificate(const model::Secret& secret)
{
    return {Severity::Warning,
            "redacted-certificate",
            secret.meta.place,
            "secret \"" + secret.meta.fullName() + "\" is redacted: its certificate is not known",
            ""};
}

Finding brokenCertificate(const model::Secret& secret, const Error& error)
{
    const std::string& why =
        error.findings().empty() ? error.message() : error.findings().front().message;
    return {Severity::Error,
            "broken-certificate",
            secret.meta.place,
            "secret \"" + secret.meta.fullName() + "\" holds no usable certificate: " + why,
            "put a PEM certificate and its key into it"};
}

/// What the TLS Secrets hold, as values: planning is pure and reads no certificates itself.
void readSecretCertificates(PlanInput& input)
{
    for (const model::Secret& secret : input.cluster.secrets) {
        const auto certificate = secret.data.find("tls.crt");
        const auto key = secret.data.find("tls.key");
        if (secret.type != "kubernetes.io/tls" || certificate == secret.data.end() ||
            key == secret.data.end()) {
            continue;
        }
        const Result<certificates::CertificateInfo> info =
            certificates::readCertificate(certificate->second, key->second);
        if (!info) {
            input.findings.push_back(isRedacted(certificate->second)
                                         ? redactedCertificate(secret)
                                         : brokenCertificate(secret, info.error()));
            continue;
        }
        input.options.secretCertificates[secret.meta.fullName()] = {
            info->dnsNames, info->commonName, info->hasMatchingKey, info->notAfterSeconds};
    }
}

void takeManifests(const std::vector<manifest::ManifestText>& texts, PlanInput& input)
{
    manifest::ReadCluster read = manifest::readManifests(texts);
    input.cluster = std::move(read.cluster);
    append(input.findings, std::move(read.findings));
    readSecretCertificates(input);
}

/// FNV-1a, over names and texts.
std::string digestOf(const InputFiles& files, const std::vector<manifest::ManifestText>& manifests)
{
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325U;
    const auto add = [&hash](const std::string& text) {
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3U;
        }
        hash *= 0x100'0000'01b3U; // where it ends counts
    };
    if (files.scenario) {
        add(files.scenario->text);
    }
    for (const manifest::ManifestText& one : manifests) {
        add(one.name);
        add(one.text);
    }
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4U) {
        *digit = "0123456789abcdef"[hash & 0xfU];
    }
    return digits;
}

PlanInput planInputOf(InputFiles files, const PlanInputOptions& options)
{
    PlanInput input;
    input.options.assumesClasses = options.assumesClasses;
    append(input.findings, std::move(files.findings));
    if (!files.scenario) {
        input.digest = digestOf(files, files.manifests);
        takeManifests(files.manifests, input);
        return input;
    }
    ReadScenario read =
        readScenario(files.scenario->text, files.scenario->name, files.scenario->folder);
    append(input.findings, std::move(read.findings));
    ScenarioManifests manifests = openManifests(read.scenario);
    append(input.findings, std::move(manifests.findings));
    input.digest = digestOf(files, manifests.texts);
    input.scenarioText = std::move(files.scenario->text);
    takeManifests(manifests.texts, input);
    takeWishes(std::move(read.scenario), input);
    return input;
}

} // namespace

Result<PlanInput> readPlanInput(const std::vector<std::string>& named,
                                const PlanInputOptions& options)
{
    Result<InputFiles> files = openInput(named);
    return files ? Result<PlanInput>(planInputOf(std::move(*files), options)) : files.error();
}

Result<PlanInput> readPlanText(const std::string& name,
                               const std::string& text,
                               const std::vector<std::string>& named,
                               const PlanInputOptions& options)
{
    InputFiles files;
    if (!isLabFile(text)) {
        files.manifests.push_back({name, text});
        return planInputOf(std::move(files), options);
    }
    Result<InputFiles> first = openInput(named);
    if (!first) {
        return first.error();
    }
    if (!first->scenario) {
        return Error(ErrorKind::WrongUse,
                     "a scenario names files beside it, and what was served has no folder for "
                     "them; send manifests");
    }
    files.scenario = ScenarioText{name, text, first->scenario->folder};
    return planInputOf(std::move(files), options);
}

} // namespace lab::scenario
