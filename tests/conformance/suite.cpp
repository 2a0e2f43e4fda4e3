#include "conformance/suite.hpp"

#include "yaml/document_reader.hpp"

#include <algorithm>
#include <charconv>

namespace lab::conformance {
namespace {

std::string textOf(const yaml::Node* node)
{
    return node == nullptr ? std::string() : node->scalar;
}

std::string textAt(const yaml::Node& node, const char* key)
{
    return textOf(node.find(key));
}

std::int64_t numberAt(const yaml::Node& node, const char* key, std::int64_t byDefault)
{
    const std::string text = textAt(node, key);
    std::int64_t value = byDefault;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool isTrueAt(const yaml::Node& node, const char* key)
{
    return textAt(node, key) == "true";
}

/// "127.0.0.10-127.0.0.14" as single addresses.
std::vector<std::string> addressRange(const std::string& text)
{
    std::vector<std::string> addresses;
    const std::size_t dash = text.find('-');
    const std::string first = text.substr(0, dash);
    const std::size_t dot = first.rfind('.');
    const std::string last = dash == std::string::npos ? first : text.substr(dash + 1);
    if (dot == std::string::npos) {
        return addresses;
    }
    const int from = std::atoi(first.c_str() + dot + 1);
    const std::size_t lastDot = last.rfind('.');
    const int to = std::atoi(last.c_str() + (lastDot == std::string::npos ? 0 : lastDot + 1));
    for (int i = from; i <= to; ++i) {
        addresses.push_back(first.substr(0, dot + 1) + std::to_string(i));
    }
    return addresses;
}

Via readVia(const yaml::Node& node, std::string& problem)
{
    Via via;
    const std::string kind = textAt(node, "kind");
    if (kind == "LoadBalancer") {
        via.kind = Via::Kind::LoadBalancer;
    } else if (kind == "NodePort") {
        via.kind = Via::Kind::NodePort;
    } else if (kind == "Gateway") {
        via.kind = Via::Kind::Gateway;
    } else {
        problem = "unknown via.kind " + kind;
    }
    via.service = textAt(node, "service");
    via.node = textAt(node, "node");
    via.port = static_cast<int>(numberAt(node, "port", 0));
    return via;
}

Fields readHeaders(const yaml::Node& node)
{
    Fields headers;
    for (const yaml::MapEntry& entry : node.entries) {
        if (entry.value.isSequence()) {
            for (const yaml::Node& item : entry.value.items) {
                headers.emplace_back(entry.key, item.scalar);
            }
        } else {
            headers.emplace_back(entry.key, entry.value.scalar);
        }
    }
    return headers;
}

CaseRequest readRequest(const yaml::Node& node, std::string& problem)
{
    static const std::vector<std::string> known{"via",
                                                "scheme",
                                                "method",
                                                "path",
                                                "host",
                                                "sni",
                                                "headers",
                                                "clientIP",
                                                "clientIPs",
                                                "bodyBytes",
                                                "chunked",
                                                "repeat",
                                                "concurrency",
                                                "newConnection",
                                                "keepAlive",
                                                "spread",
                                                "cookieJar"};
    for (const yaml::MapEntry& entry : node.entries) {
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
            problem = "unknown request key " + entry.key;
        }
    }
    CaseRequest request;
    if (const yaml::Node* via = node.find("via")) {
        request.via = readVia(*via, problem);
    }
    request.isTls = textAt(node, "scheme") == "https";
    if (const yaml::Node* method = node.find("method")) {
        request.method = method->scalar;
    }
    if (const yaml::Node* path = node.find("path")) {
        request.path = path->scalar;
    }
    request.host = textAt(node, "host");
    request.sni = textAt(node, "sni");
    if (const yaml::Node* headers = node.find("headers")) {
        request.headers = readHeaders(*headers);
    }
    if (const yaml::Node* client = node.find("clientIP")) {
        request.clientIp = client->scalar;
    }
    request.clientIps = addressRange(textAt(node, "clientIPs"));
    request.bodyBytes = static_cast<std::uint64_t>(numberAt(node, "bodyBytes", 0));
    request.isChunked = isTrueAt(node, "chunked");
    request.repeat = static_cast<int>(numberAt(node, "repeat", 1));
    request.concurrency = static_cast<int>(numberAt(node, "concurrency", 1));
    request.newConnection = isTrueAt(node, "newConnection");
    request.keepAlive = isTrueAt(node, "keepAlive");
    request.spreadsReplicas = textAt(node, "spread") == "replicas";
    request.cookieJar = textAt(node, "cookieJar");
    return request;
}

Step readStep(const yaml::Node& node, std::string& problem)
{
    Step step;
    if (const yaml::Node* request = node.find("request")) {
        step.hasRequest = true;
        step.request = readRequest(*request, problem);
    }
    if (const yaml::Node* expect = node.find("expect")) {
        step.expect = *expect;
    }
    step.wait = std::chrono::milliseconds(numberAt(node, "waitMs", 0));
    if (const yaml::Node* save = node.find("save")) {
        step.savesCookie = textAt(*save, "cookie");
        step.savesPod = textAt(*save, "pod");
    }
    return step;
}

Case readCase(const yaml::Node& node)
{
    Case result;
    result.id = textAt(node, "id");
    result.title = textAt(node, "title");
    result.profile = textAt(node, "profile");
    if (const yaml::Node* steps = node.find("steps")) {
        for (const yaml::Node& step : steps->items) {
            result.steps.push_back(readStep(step, result.problem));
        }
    } else {
        result.steps.push_back(readStep(node, result.problem));
    }
    return result;
}

ControllerSetup readController(const yaml::Node& node)
{
    ControllerSetup setup;
    setup.hasWebhook = isTrueAt(node, "admissionWebhook");
    setup.watchesWithoutClass = isTrueAt(node, "watchIngressWithoutClass");
    setup.defaultCertificate = textAt(node, "defaultSSLCertificate");
    setup.replicas = static_cast<int>(numberAt(node, "replicas", 1));
    if (const yaml::Node* configMap = node.find("configMap")) {
        for (const yaml::MapEntry& entry : configMap->entries) {
            setup.configMap[entry.key] = entry.value.scalar;
        }
    }
    if (const yaml::Node* mode = node.find("proxyMode")) {
        setup.proxyMode = mode->scalar;
    }
    return setup;
}

Fault readFault(const yaml::Node& node)
{
    Fault fault;
    fault.pod = textAt(node, "pod");
    const std::string kind = textAt(node, "kind");
    fault.kind = kind == "hang"     ? Fault::Kind::Hang
                 : kind == "status" ? Fault::Kind::Status
                 : kind == "delay"  ? Fault::Kind::Delay
                                    : Fault::Kind::Refuse;
    fault.status = static_cast<int>(numberAt(node, "status", 0));
    fault.delay = std::chrono::milliseconds(numberAt(node, "ms", 0));
    return fault;
}

Scenario readScenario(const yaml::Node& node)
{
    Scenario scenario;
    scenario.name = textAt(node, "name");
    scenario.manifests = textAt(node, "manifests");
    if (const yaml::Node* controller = node.find("controller")) {
        scenario.controller = readController(*controller);
    }
    if (const yaml::Node* faults = node.find("faults")) {
        for (const yaml::Node& fault : faults->items) {
            scenario.faults.push_back(readFault(fault));
        }
    }
    if (const yaml::Node* cases = node.find("cases")) {
        for (const yaml::Node& item : cases->items) {
            scenario.cases.push_back(readCase(item));
        }
    }
    return scenario;
}

} // namespace

std::optional<std::string> fieldValue(const Fields& fields, const std::string& name)
{
    const auto isSame = [&](const std::string& other) {
        return std::equal(
            name.begin(),
            name.end(),
            other.begin(),
            other.end(),
            [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
    };
    std::optional<std::string> joined;
    for (const auto& [field, value] : fields) {
        if (isSame(field)) {
            joined = joined ? *joined + ", " + value : value;
        }
    }
    return joined;
}

Suite readSuite(const std::string& text, const std::string& name)
{
    Suite suite;
    yaml::ReadDocuments read = yaml::readDocuments(text, name);
    suite.findings = std::move(read.findings);
    if (read.documents.size() != 1) {
        suite.findings.push_back(
            {Severity::Unreadable, "no-suite", {}, name + " holds no single suite", ""});
        return suite;
    }
    const yaml::Node& root = read.documents.front().root;
    suite.name = textAt(root, "suite");
    suite.level = textAt(root, "level");
    suite.common = textAt(root, "common");
    if (const yaml::Node* scenarios = root.find("scenarios")) {
        for (const yaml::Node& scenario : scenarios->items) {
            suite.scenarios.push_back(readScenario(scenario));
        }
    }
    return suite;
}

} // namespace lab::conformance
