#include "frontdoor/front_door.hpp"
#include "frontdoor/target.hpp"

#include <algorithm>

namespace lab::frontdoor {

std::optional<Decision> FrontDoor::errorPage(const Decision& decided,
                                             int status,
                                             const RequestView& request,
                                             WorkerState& worker) const
{
    const plan::RoutePolicy* policy = decided.policy;
    if (policy == nullptr || decided.isErrorPage) {
        return std::nullopt;
    }
    const auto& statuses = policy->interceptedStatuses;
    if (std::find(statuses.begin(), statuses.end(), status) == statuses.end()) {
        return std::nullopt;
    }
    Decision page;
    page.route = decided.route;
    page.policy = policy;
    page.answerFields = decided.answerFields;
    page.heldClient = decided.heldClient; // it is the same request
    if (!policy->defaultBackend.isValid()) {
        page.refusal = Refusal::NoRoute;
        page.status = 404;
        return page;
    }
    sendToErrorPage(page, status, request, worker);
    page.target = '/' + std::string(queryOf(request.target));
    return page;
}

/// Makes it a request to the default-backend Service, which is told what went wrong.
void FrontDoor::sendToErrorPage(Decision& decision,
                                int status,
                                const RequestView& request,
                                WorkerState& worker) const
{
    const plan::Route& route = door().routes[decision.route.index()];
    const std::size_t slash = route.ingress.find('/');
    const auto add = [&](const char* name, std::string_view value) {
        decision.podFields.append(name).append(": ").append(value).append("\r\n");
    };
    add("X-Code", std::to_string(status));
    add("X-Format", request.field("accept"));
    add("X-Original-URI", request.target);
    add("X-Namespace", std::string_view(route.ingress).substr(0, slash));
    add("X-Ingress-Name", std::string_view(route.ingress).substr(slash + 1));
    if (route.upstream.isValid()) {
        const plan::Upstream& missed = plan_->upstream(route.upstream);
        add("X-Service-Name", missed.service);
        add("X-Service-Port", std::to_string(missed.servicePort));
    }
    decision.isErrorPage = true;
    decision.upstream = decision.policy->defaultBackend;
    decision.endpoint = choose(decision.upstream, {}, worker);
}

} // namespace lab::frontdoor
