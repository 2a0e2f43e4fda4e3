#include "conformance/judge.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>

namespace lab::conformance {
namespace {

using Failures = std::vector<std::string>;

std::string wantedGot(const std::string& key, const std::string& wanted, const std::string& got)
{
    return key + ": wanted " + wanted + ", got " + got;
}

std::string described(const yaml::Node& node)
{
    if (node.isScalar()) {
        return '"' + node.scalar + '"';
    }
    std::string text = node.isSequence() ? "[" : "{";
    for (const yaml::Node& item : node.items) {
        text += (text.size() > 1 ? ", " : "") + described(item);
    }
    for (const yaml::MapEntry& entry : node.entries) {
        text += (text.size() > 1 ? ", " : "") + entry.key + ": " + described(entry.value);
    }
    return text + (node.isSequence() ? "]" : "}");
}

bool contains(const yaml::Node& list, const std::string& text)
{
    return std::any_of(list.items.begin(), list.items.end(), [&](const yaml::Node& item) {
        return item.scalar == text;
    });
}

double numberOf(const yaml::Node& node)
{
    return std::strtod(node.scalar.c_str(), nullptr);
}

bool isWithin(const yaml::Node& bounds, double value)
{
    if (bounds.isScalar()) {
        return value == numberOf(bounds);
    }
    const yaml::Node* min = bounds.find("min");
    const yaml::Node* max = bounds.find("max");
    return (min == nullptr || value >= numberOf(*min)) &&
           (max == nullptr || value <= numberOf(*max));
}

bool matchesValue(const yaml::Node& wanted, const std::optional<std::string>& got)
{
    if (wanted.isScalar()) {
        return got && *got == wanted.scalar;
    }
    if (wanted.find("absent") != nullptr) {
        return !got;
    }
    if (wanted.find("present") != nullptr) {
        return got.has_value();
    }
    if (const yaml::Node* pattern = wanted.find("regex")) {
        return got && std::regex_search(*got, std::regex(pattern->scalar));
    }
    if (const yaml::Node* part = wanted.find("contains")) {
        return got && got->find(part->scalar) != std::string::npos;
    }
    return false;
}

void judgeFields(const std::string& key,
                 const yaml::Node& wanted,
                 const Fields& fields,
                 Failures& failures)
{
    for (const yaml::MapEntry& entry : wanted.entries) {
        const auto got = fieldValue(fields, entry.key);
        if (!matchesValue(entry.value, got)) {
            failures.push_back(wantedGot(
                key + '.' + entry.key, described(entry.value), got ? '"' + *got + '"' : "none"));
        }
    }
}

void judgeStatus(const yaml::Node& wanted, const Exchange& exchange, Failures& failures)
{
    const std::string got = std::to_string(exchange.status);
    const yaml::Node* list = wanted.find("in");
    const bool isRight = wanted.isScalar() ? wanted.scalar == got
                         : list != nullptr ? contains(*list, got)
                                           : wanted.find("any") != nullptr;
    if (!isRight) {
        failures.push_back(wantedGot("status", described(wanted), got));
    }
}

void judgeBackend(const yaml::Node& wanted, const Exchange& exchange, Failures& failures)
{
    const std::string got = exchange.pod.empty() ? "none" : exchange.pod;
    if (wanted.isScalar()) {
        if (got != wanted.scalar) {
            failures.push_back(wantedGot("backend", wanted.scalar, got));
        }
        return;
    }
    if (exchange.pod.empty()) {
        failures.push_back(wantedGot("backend", described(wanted), "none"));
        return;
    }
    for (const yaml::MapEntry& entry : wanted.entries) {
        if (entry.key == "pods") {
            if (!contains(entry.value, exchange.pod)) {
                failures.push_back(wantedGot("backend.pods", described(entry.value), exchange.pod));
            }
            continue;
        }
        const std::string value = entry.key == "service" ? exchange.service
                                  : entry.key == "servicePort"
                                      ? std::to_string(exchange.servicePort)
                                  : entry.key == "targetPort" ? std::to_string(exchange.targetPort)
                                                              : "(unknown key)";
        if (value != entry.value.scalar) {
            failures.push_back(wantedGot("backend." + entry.key, entry.value.scalar, value));
        }
    }
}

void judgeSeen(const yaml::Node& wanted, const SeenRequest& seen, Failures& failures)
{
    for (const yaml::MapEntry& entry : wanted.entries) {
        if (entry.key == "headers") {
            judgeFields("backendRequest.headers", entry.value, seen.headers, failures);
            continue;
        }
        const std::string value = entry.key == "method" ? seen.method
                                  : entry.key == "path" ? seen.target
                                  : entry.key == "host" ? seen.host
                                                        : "(unknown key)";
        if (!matchesValue(entry.value, value)) {
            failures.push_back(
                wantedGot("backendRequest." + entry.key, described(entry.value), value));
        }
    }
}

/// The attributes of the first cookie of that name among the Set-Cookie lines, flags as "true".
std::optional<Fields> cookieAttributes(const Fields& headers, const std::string& name)
{
    for (const auto& [field, line] : headers) {
        if (!fieldValue({{field, ""}}, "Set-Cookie") || !line.starts_with(name + '=')) {
            continue;
        }
        Fields attributes;
        std::size_t at = line.find(';');
        while (at != std::string::npos) {
            const std::size_t begin = line.find_first_not_of("; ", at);
            const std::size_t end = line.find(';', std::min(begin, line.size()));
            if (begin != std::string::npos) {
                const std::string part = line.substr(begin, end - begin);
                const std::size_t equals = part.find('=');
                attributes.emplace_back(part.substr(0, equals),
                                        equals == std::string::npos ? "true"
                                                                    : part.substr(equals + 1));
            }
            at = end;
        }
        return attributes;
    }
    return std::nullopt;
}

void judgeCookie(const yaml::Node& wanted, const Exchange& exchange, Failures& failures)
{
    const yaml::Node* name = wanted.find("name");
    const auto attributes = cookieAttributes(exchange.headers, name ? name->scalar : "");
    if (!attributes) {
        failures.push_back(wantedGot("setCookie", described(wanted), "none"));
        return;
    }
    const yaml::Node* list = wanted.find("attributes");
    for (const yaml::MapEntry& entry : list ? list->entries : std::vector<yaml::MapEntry>{}) {
        const auto got = fieldValue(*attributes, entry.key);
        const bool isFlagOff = entry.value.isScalar() && entry.value.scalar == "false";
        if (isFlagOff ? got.has_value() : !matchesValue(entry.value, got)) {
            failures.push_back(
                wantedGot("setCookie." + entry.key, described(entry.value), got.value_or("none")));
        }
    }
}

void judgeConnect(const yaml::Node& wanted, const Exchange& exchange, Failures& failures)
{
    const std::string got = exchange.isConnected ? "ok" : "refused";
    const yaml::Node* list = wanted.find("in");
    if (list != nullptr ? !contains(*list, got) : wanted.scalar != got) {
        failures.push_back(wantedGot("connect", described(wanted), got));
    }
}

void judgeCounts(const std::string& key,
                 const yaml::Node& wanted,
                 const std::map<std::string, int>& counts,
                 Failures& failures)
{
    for (const yaml::MapEntry& entry : wanted.entries) {
        const auto found = counts.find(entry.key);
        const int got = found == counts.end() ? 0 : found->second;
        if (!isWithin(entry.value, got)) {
            failures.push_back(
                wantedGot(key + '.' + entry.key, described(entry.value), std::to_string(got)));
        }
    }
}

void judgeDistribution(const yaml::Node& wanted,
                       const std::vector<Exchange>& exchanges,
                       Failures& failures)
{
    const yaml::Node* by = wanted.find("by");
    std::map<std::string, int> counts;
    for (const Exchange& exchange : exchanges) {
        ++counts[by != nullptr && by->scalar == "service" ? exchange.service : exchange.pod];
    }
    const auto fail = [&](const std::string& key, const std::string& want, const std::string& got) {
        failures.push_back(wantedGot("distribution." + key, want, got));
    };
    if (const yaml::Node* distinct = wanted.find("distinct")) {
        if (!isWithin(*distinct, static_cast<double>(counts.size()))) {
            fail("distinct", described(*distinct), std::to_string(counts.size()));
        }
    }
    if (const yaml::Node* each = wanted.find("each")) {
        for (const auto& [name, count] : counts) {
            if (!isWithin(*each, count)) {
                fail("each", described(*each), name + ' ' + std::to_string(count));
            }
        }
    }
    if (const yaml::Node* never = wanted.find("never")) {
        for (const yaml::Node& name : never->items) {
            if (counts.contains(name.scalar)) {
                fail("never", name.scalar, std::to_string(counts[name.scalar]));
            }
        }
    }
    if (const yaml::Node* shares = wanted.find("shares")) {
        const yaml::Node* tolerance = wanted.find("tolerance");
        for (const yaml::MapEntry& entry : shares->entries) {
            const double got = counts[entry.key] / static_cast<double>(exchanges.size());
            if (std::abs(got - numberOf(entry.value)) > (tolerance ? numberOf(*tolerance) : 0.0)) {
                fail("shares." + entry.key, entry.value.scalar, std::to_string(got));
            }
        }
    }
}

/// The checks that every exchange must pass. \return false for a key that is none of them
bool judgeEach(const yaml::MapEntry& entry,
               const Exchange& exchange,
               const Memory& memory,
               Failures& failures)
{
    const yaml::Node& wanted = entry.value;
    if (entry.key == "status") {
        judgeStatus(wanted, exchange, failures);
    } else if (entry.key == "backend") {
        judgeBackend(wanted, exchange, failures);
    } else if (entry.key == "backendRequest") {
        judgeSeen(wanted, exchange.seen, failures);
    } else if (entry.key == "location") {
        const auto got = fieldValue(exchange.headers, "Location");
        if (!matchesValue(wanted, got)) {
            failures.push_back(wantedGot("location", described(wanted), got.value_or("none")));
        }
    } else if (entry.key == "responseHeaders") {
        judgeFields("responseHeaders", wanted, exchange.headers, failures);
    } else if (entry.key == "setCookie") {
        judgeCookie(wanted, exchange, failures);
    } else if (entry.key == "tls") {
        const yaml::Node* certificate = wanted.find("certificate");
        if (certificate != nullptr && certificate->scalar != exchange.certificate) {
            failures.push_back(
                wantedGot("tls.certificate", certificate->scalar, exchange.certificate));
        }
    } else if (entry.key == "connect") {
        judgeConnect(wanted, exchange, failures);
    } else if (entry.key == "peer") {
        const std::string got = !exchange.sawClient   ? "unknown"
                                : *exchange.sawClient ? "client"
                                                      : "node";
        if (got != wanted.scalar) {
            failures.push_back(wantedGot("peer", wanted.scalar, got));
        }
    } else if (entry.key == "body") {
        if (!matchesValue(wanted, exchange.body)) {
            failures.push_back(wantedGot("body", described(wanted), exchange.body));
        }
    } else if (entry.key == "elapsedMs") {
        const double ms = toSeconds(exchange.elapsed) * 1000;
        if (!isWithin(wanted, ms)) {
            failures.push_back(wantedGot("elapsedMs", described(wanted), std::to_string(ms)));
        }
    } else if (entry.key == "samePodAs") {
        const auto saved = memory.pods.find(wanted.scalar);
        if (saved == memory.pods.end() || saved->second != exchange.pod) {
            failures.push_back(wantedGot("samePodAs", wanted.scalar, exchange.pod));
        }
    } else {
        return false;
    }
    return true;
}

} // namespace

std::vector<std::string>
judge(const yaml::Node& expect, const std::vector<Exchange>& exchanges, const Memory& memory)
{
    Failures failures;
    for (const yaml::MapEntry& entry : expect.entries) {
        if (entry.key == "statusCounts" || entry.key == "connectCounts") {
            std::map<std::string, int> counts;
            for (const Exchange& exchange : exchanges) {
                ++counts[entry.key == "statusCounts" ? std::to_string(exchange.status)
                         : exchange.isConnected      ? "ok"
                                                     : "refused"];
            }
            judgeCounts(entry.key, entry.value, counts, failures);
        } else if (entry.key == "distribution") {
            judgeDistribution(entry.value, exchanges, failures);
        } else if (entry.key != "admission") { // judged when the objects are loaded
            for (const Exchange& exchange : exchanges) {
                if (!judgeEach(entry, exchange, memory, failures)) {
                    failures.push_back("unknown expect key " + entry.key);
                    break;
                }
            }
        }
    }
    constexpr std::size_t linesMax = 6; // a repeat fails the same way many times
    std::set<std::string> seen;
    Failures once;
    for (std::string& failure : failures) {
        if (seen.insert(failure).second && once.size() < linesMax) {
            once.push_back(std::move(failure));
        }
    }
    return once;
}

} // namespace lab::conformance
