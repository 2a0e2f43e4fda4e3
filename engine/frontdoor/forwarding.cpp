#include "frontdoor/forwarding.hpp"

namespace lab::frontdoor {

http::Forwarding forwardingOf(const FrontDoor& door,
                              const Decision& decision,
                              const RequestView& request,
                              std::uint16_t port)
{
    http::Forwarding forwarding;
    forwarding.clientAddress = door.clientOf(request);
    forwarding.host = decision.podHost.empty() ? request.hostField : decision.podHost;
    forwarding.forwardedHost = request.hostField;
    forwarding.dropsAuthorization = decision.dropsAuthorization;
    forwarding.port = port;
    forwarding.isTls = request.isTls;
    if (door.plan().profile == plan::Profile::IngressNginx) {
        forwarding.addsVia = false;
        forwarding.addsNginxFields = true;
        forwarding.dropsOddNames = true;
    }
    if (door.door().trustsForwarded) {
        forwarding.forwardedProto = request.field("x-forwarded-proto");
        forwarding.port = door.publicPort(request, forwarding.port);
        if (const auto host = request.field("x-forwarded-host"); !host.empty()) {
            forwarding.forwardedHost = host;
        }
    }
    forwarding.keepsForwardedFor = door.door().keepsForwardedFor;
    forwarding.extraFields = decision.podFields;
    return forwarding;
}

bool gathersBody(const FrontDoor& door, const Decision& decision)
{
    const plan::RoutePolicy* const policy = decision.policy;
    const bool streams = policy != nullptr && (!policy->buffersRequest || policy->speaksHttp2());
    return door.plan().profile == plan::Profile::IngressNginx && !streams &&
           !door.plan().upstream(decision.upstream).speaksHttp2;
}

} // namespace lab::frontdoor
