#include "plan/annotation_topics.hpp"

#include <sstream>

namespace lab::plan {
namespace {

void readRanges(AnnotationReader& reader,
                IngressPolicy& policy,
                const char* name,
                std::vector<limiting::AddressRange>& ranges)
{
    const auto value = reader.text(name);
    if (!value) {
        return;
    }
    if (auto parsed = parseRanges(*value)) {
        ranges = std::move(*parsed);
    } else {
        policy.route.deniedBecause = reader.deny(name, "not a list of addresses or CIDR ranges");
    }
}

/// The lines "user:hash" of an htpasswd file.
std::map<std::string, std::string> readPasswordFile(const std::string& text)
{
    std::map<std::string, std::string> hashes;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        const std::size_t colon = line.find(':');
        if (colon != std::string::npos && colon > 0 && line.front() != '#') {
            hashes.try_emplace(line.substr(0, colon), line.substr(colon + 1));
        }
    }
    return hashes;
}

std::optional<std::map<std::string, std::string>> hashesOf(const model::Secret& secret, bool isMap)
{
    if (isMap) {
        return secret.data;
    }
    const auto file = secret.data.find("auth");
    if (file == secret.data.end()) {
        return std::nullopt;
    }
    return readPasswordFile(file->second);
}

void readBasicAuth(AnnotationReader& reader, const model::Cluster& cluster, IngressPolicy& policy)
{
    const auto type = reader.text("auth-type");
    if (!type) {
        return;
    }
    if (*type != "basic") {
        policy.refusedBecause = reader.refuse("auth-type", "the lab knows basic only");
        return;
    }
    const std::string named = reader.text("auth-secret").value_or("");
    const std::size_t slash = named.find('/');
    const std::string& nameSpace = reader.ingress().meta.nameSpace;
    if (slash != std::string::npos && named.substr(0, slash) != nameSpace) {
        policy.route.deniedBecause =
            reader.deny("auth-secret", "a secret of another namespace is not used");
        return;
    }
    const std::string name = slash == std::string::npos ? named : named.substr(slash + 1);
    const model::Secret* secret = cluster.secret(nameSpace, name);
    if (secret == nullptr) {
        policy.route.deniedBecause = reader.deny("auth-secret", "there is no such secret");
        return;
    }
    const bool isMap = reader.text("auth-secret-type").value_or("auth-file") == "auth-map";
    auto hashes = hashesOf(*secret, isMap);
    if (!hashes) {
        policy.route.deniedBecause = reader.deny("auth-secret", "the secret has no key auth");
        return;
    }
    policy.route.basicAuth = BasicAuth{reader.text("auth-realm").value_or(""), std::move(*hashes)};
}

} // namespace

void readAccess(AnnotationReader& reader, const model::Cluster& cluster, IngressPolicy& policy)
{
    readRanges(reader, policy, "whitelist-source-range", policy.route.allowedClients);
    readRanges(reader, policy, "allowlist-source-range", policy.route.allowedClients);
    readRanges(reader, policy, "denylist-source-range", policy.route.deniedClients);
    readBasicAuth(reader, cluster, policy);
    if (const auto satisfy = reader.text("satisfy")) {
        policy.route.isEitherEnough = *satisfy == "any";
        if (*satisfy != "any" && *satisfy != "all") {
            reader.ignore("satisfy", "all or any");
        }
    }
}

} // namespace lab::plan
