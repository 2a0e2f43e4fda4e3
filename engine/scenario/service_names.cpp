#include "scenario/service_names.hpp"

#include "base/quoted.hpp"
#include "base/suggestion.hpp"

#include <vector>

namespace lab::scenario {
namespace {

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t shownMax = 5;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < shownMax; ++i) {
        text += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > shownMax ? text + ", …" : text;
}

} // namespace

std::optional<std::string> fullServiceName(const std::string& written,
                                           const model::Cluster& cluster,
                                           const Place& place,
                                           Findings& findings)
{
    std::vector<std::string> matches;
    std::vector<std::string> known;
    const bool isFull = written.find('/') != written.npos;
    for (const model::Service& service : cluster.services) {
        const std::string name = isFull ? service.meta.fullName() : service.meta.name;
        known.push_back(name);
        if (name == written) {
            matches.push_back(service.meta.fullName());
        }
    }
    if (matches.size() == 1) {
        return matches.front();
    }
    Finding finding{Severity::Unreadable, "unknown-service", place, "", ""};
    if (matches.empty()) {
        const std::string_view near = nearest(written, known);
        finding.message = "service " + quoted(written) + " does not exist";
        finding.remedy = !near.empty()   ? "did you mean \"" + std::string(near) + "\"?"
                         : known.empty() ? "the manifests define none"
                                         : "defined are " + listed(known);
    } else {
        finding.id = "ambiguous-service";
        finding.message = "service " + quoted(written) + " exists in several namespaces";
        finding.remedy = "write one of " + listed(matches);
    }
    findings.push_back(std::move(finding));
    return std::nullopt;
}

} // namespace lab::scenario
