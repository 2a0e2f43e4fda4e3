#include "base/quoted.hpp"
#include "manifest/base64.hpp"
#include "manifest/names.hpp"
#include "manifest/object_readers.hpp"

#include <algorithm>
#include <array>

namespace lab::manifest {
namespace {

using yaml::MapEntry;
using yaml::MapReader;

/// Types whose values something in the lab may read; others keep their keys only.
constexpr std::array<std::string_view, 3> readTypes{
    "Opaque", "kubernetes.io/tls", "kubernetes.io/basic-auth"};

void checkKey(MapReader& data, const MapEntry& entry)
{
    if (const std::string mistake = dataKeyMistake(entry.key); !mistake.empty()) {
        data.reading().addWrong(data.reading().document.place(entry),
                                "invalid-key",
                                data.path() + ": " + quoted(entry.key) + ' ' + mistake);
    }
}

/// Values are never quoted in a message: they are secrets.
void addWrongValue(MapReader& data, const MapEntry& entry, const std::string& message)
{
    data.reading().addWrong(data.reading().document.place(entry),
                            "invalid-value",
                            data.path() + '[' + escaped(entry.key) + "] " + message);
}

void readData(MapReader& data, model::Secret& secret, bool isWanted)
{
    for (const MapEntry& entry : data.entries()) {
        checkKey(data, entry);
        if (!entry.value.isScalar() && !entry.value.isNull()) {
            addWrongValue(data, entry, "must be a text in base64");
            continue;
        }
        std::string& value = secret.data[entry.key];
        if (!isWanted) {
            continue;
        }
        if (isRedacted(entry.value.scalar)) {
            value = entry.value.scalar;
        } else if (std::optional<std::string> bytes = decodeBase64(entry.value.scalar)) {
            value = std::move(*bytes);
        } else {
            addWrongValue(data, entry, "is not base64");
        }
    }
}

void readStringData(MapReader& data, model::Secret& secret, bool isWanted)
{
    for (const MapEntry& entry : data.entries()) {
        checkKey(data, entry);
        if (!entry.value.isScalar() && !entry.value.isNull()) {
            addWrongValue(data, entry, "must be a text");
            continue;
        }
        secret.data[entry.key] = isWanted ? entry.value.scalar : std::string();
    }
}

void checkTls(MapReader& root, const model::Secret& secret)
{
    for (const std::string_view key : {"tls.crt", "tls.key"}) {
        if (!secret.data.contains(std::string(key))) {
            root.reading().addWrong(root.place("data"),
                                    "missing-key",
                                    "data[" + std::string(key) +
                                        "] is missing: the type kubernetes.io/tls needs it");
        }
    }
}

} // namespace

bool isRedacted(std::string_view value)
{
    std::string lower(value.substr(0, 64));
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    const bool isStars = !lower.empty() && lower.find_first_not_of('*') == std::string::npos;
    return isStars || lower.find("redacted") != std::string::npos;
}

model::Secret readSecret(MapReader& root)
{
    model::Secret secret;
    secret.meta = readMeta(root, subdomainMistake);
    secret.type = root.text("type").value_or("Opaque");
    const bool isWanted =
        std::find(readTypes.begin(), readTypes.end(), secret.type) != readTypes.end();
    MapReader data = root.map("data");
    readData(data, secret, isWanted);
    MapReader stringData = root.map("stringData");
    readStringData(stringData, secret, isWanted);
    if (secret.type == "kubernetes.io/tls") {
        checkTls(root, secret);
    }
    root.passOver({"immutable"});
    root.finish();
    return secret;
}

model::ConfigMap readConfigMap(MapReader& root)
{
    model::ConfigMap configMap;
    configMap.meta = readMeta(root, subdomainMistake);
    configMap.data = root.textMap("data");
    MapReader data = root.map("data");
    for (const MapEntry& entry : data.entries()) {
        checkKey(data, entry);
        configMap.places.emplace(entry.key, data.place(entry.key));
    }
    root.passOver({"binaryData", "immutable"});
    root.finish();
    return configMap;
}

} // namespace lab::manifest
