#include "manifest/fields.hpp"

#include "base/quoted.hpp"
#include "manifest/names.hpp"

namespace lab::manifest {

std::string readName(yaml::MapReader& map, std::string_view key, NameRule rule)
{
    const std::optional<std::string> text = map.text(key);
    if (!text) {
        return {};
    }
    if (const std::string mistake = rule(*text); !mistake.empty()) {
        map.addWrong(key, "invalid-name", quoted(*text) + ' ' + mistake);
        return {};
    }
    return *text;
}

int readPort(yaml::MapReader& map, std::string_view key)
{
    return static_cast<int>(map.integer(key, 1, portMax).value_or(0));
}

std::optional<model::PortReference> readPortReference(yaml::MapReader& map, std::string_view key)
{
    const yaml::Node* value = map.find(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->isScalar() && value->isQuoted) {
        const std::string name = readName(map, key, portNameMistake);
        return name.empty() ? std::nullopt : std::optional(model::PortReference(name));
    }
    const bool isNumber = value->isScalar() && !value->scalar.empty() &&
                          value->scalar.find_first_not_of("+-0123456789") == std::string::npos;
    if (isNumber) {
        const int port = readPort(map, key);
        return port == 0 ? std::nullopt : std::optional(model::PortReference(port));
    }
    const std::string name = readName(map, key, portNameMistake);
    return name.empty() ? std::nullopt : std::optional(model::PortReference(name));
}

model::Protocol readProtocol(yaml::MapReader& map)
{
    return map
        .choice<model::Protocol>("protocol",
                                 {{"TCP", model::Protocol::Tcp},
                                  {"UDP", model::Protocol::Udp},
                                  {"SCTP", model::Protocol::Sctp}})
        .value_or(model::Protocol::Tcp);
}

model::Labels readLabels(yaml::MapReader& map, std::string_view key)
{
    const model::Labels labels = map.textMap(key);
    const yaml::MapReader below = map.map(key);
    for (const yaml::MapEntry& entry : below.entries()) {
        std::string mistake = keyMistake(entry.key);
        if (mistake.empty()) {
            mistake = labelValueMistake(entry.value.scalar);
        }
        if (!mistake.empty()) {
            map.reading().addWrong(map.reading().document.place(entry),
                                   "invalid-label",
                                   map.path(key) + ": " + quoted(entry.key) + ": " +
                                       quoted(entry.value.scalar) + ' ' + mistake);
        }
    }
    return labels;
}

void noteNotHonoured(yaml::MapReader& map, std::string_view key, std::string_view consequence)
{
    if (map.has(key)) {
        map.reading().findings.push_back(
            {Severity::Warning,
             "field-not-honoured",
             map.place(key),
             map.path(key) + " is not honoured: " + std::string(consequence),
             {}});
    }
}

} // namespace lab::manifest
