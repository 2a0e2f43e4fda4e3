#include "scenario/lab_head.hpp"

#include "base/quoted.hpp"

#include <optional>

namespace lab::scenario {
namespace {

constexpr std::string_view apiVersion = "ingresslab.dev/v1";

std::string lowerCase(std::string_view word)
{
    std::string lower(word);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

} // namespace

std::string readLabHead(yaml::MapReader& root, std::string_view kind)
{
    if (root.require("apiVersion")) {
        const std::optional<std::string> version = root.text("apiVersion");
        if (version && *version != apiVersion) {
            root.addWrong("apiVersion",
                          "unknown-api-version",
                          quoted(*version) + " is not one of the lab's",
                          "write " + std::string(apiVersion));
        }
    }
    if (root.require("kind")) {
        const std::optional<std::string> written = root.text("kind");
        if (written && *written != kind) {
            root.addWrong("kind",
                          "unknown-kind",
                          quoted(*written) + " is no " + lowerCase(kind),
                          "write " + std::string(kind));
        }
    }
    yaml::MapReader metadata = root.map("metadata");
    std::string name;
    if (root.require("metadata") && metadata.isPresent() && metadata.require("name")) {
        name = metadata.text("name").value_or("");
    }
    metadata.finish();
    return name;
}

} // namespace lab::scenario
