#include "plan/external_dns.hpp"

#include <cctype>

namespace lab::plan {

std::vector<std::string> externalDnsHosts(const model::ObjectMeta& meta)
{
    std::vector<std::string> hosts;
    const auto* annotation = meta.annotation("external-dns.alpha.kubernetes.io/hostname");
    if (annotation == nullptr) {
        return hosts;
    }
    std::string host;
    const auto finish = [&] {
        if (host.ends_with('.')) {
            host.pop_back();
        }
        if (!host.empty()) {
            hosts.push_back(std::move(host));
        }
        host.clear();
    };
    for (const char c : annotation->value) {
        if (c == ',') {
            finish();
        } else if (c != ' ') {
            host += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    finish();
    return hosts;
}

std::string labHost(const model::ObjectMeta& meta)
{
    return meta.name + '.' + meta.nameSpace + ".lab";
}

} // namespace lab::plan
