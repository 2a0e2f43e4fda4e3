#include "plan/load_balancer_mode.hpp"

#include <algorithm>
#include <sstream>

namespace lab::plan {
namespace {

/// Prefix of the AWS annotations (cloud provider and AWS Load Balancer Controller alike).
constexpr const char* awsPrefix = "service.beta.kubernetes.io/aws-load-balancer-";

std::string awsValue(const model::Service& service, const char* name)
{
    const model::Annotation* found = service.meta.annotation(std::string(awsPrefix) + name);
    return found == nullptr ? std::string() : found->value;
}

} // namespace

bool LoadBalancerMode::isTls(const model::ServicePort& port) const
{
    if (!hasCertificate || tlsPorts.empty()) {
        return hasCertificate;
    }
    return std::any_of(tlsPorts.begin(), tlsPorts.end(), [&](const std::string& text) {
        return text == "*" || text == port.name || text == std::to_string(port.port);
    });
}

LoadBalancerMode modeOf(const model::Service& service, std::optional<DoorMode> wish)
{
    LoadBalancerMode result;
    result.hasCertificate = !awsValue(service, "ssl-cert").empty();
    std::istringstream ports(awsValue(service, "ssl-ports"));
    for (std::string port; std::getline(ports, port, ',');) {
        result.tlsPorts.push_back(port);
    }
    const bool isClassic = awsValue(service, "type").empty();
    const std::string protocol = awsValue(service, "backend-protocol");
    if (wish) {
        result.mode = *wish;
    } else if (isClassic && (protocol == "http" || protocol == "https")) {
        result.mode = DoorMode::Http;
    } else if (result.hasCertificate) {
        result.mode = DoorMode::Tls;
    }
    return result;
}

} // namespace lab::plan
