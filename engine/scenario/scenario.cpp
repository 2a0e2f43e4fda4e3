#include "scenario/scenario.hpp"

namespace lab::scenario {

std::string_view toText(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Equal:
        return "=";
    case Comparison::Below:
        return "<";
    case Comparison::Above:
        return ">";
    case Comparison::AtMost:
        return "≤";
    case Comparison::AtLeast:
        return "≥";
    }
    return "";
}

Findings virtualOnly(const Scenario& scenario, Severity severity)
{
    Findings findings;
    const auto add = [&](const Place& place, const std::string& what) {
        findings.push_back({severity,
                            "virtual-only",
                            place,
                            what + " is honoured by the virtual clock only",
                            "run with --clock virtual, or remove it"});
    };
    const auto look = [&](const Backend& backend, const std::string& name) {
        if (backend.time) {
            add(backend.place, "a latency by chance (" + name + ")");
        }
        if (backend.maxInFlight || backend.queueMax) {
            add(backend.place, "maxInFlight (" + name + ")");
        }
    };
    for (const auto& [name, backend] : scenario.backends) {
        look(backend, "backends." + name);
    }
    look(scenario.backendDefaults, "backendDefaults");
    return findings;
}

live::Timeouts timeoutsOf(plan::Profile profile, const TimeoutSettings& settings)
{
    live::Timeouts timeouts;
    if (profile == plan::Profile::IngressNginx) {
        // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
        timeouts.head = std::chrono::seconds(60);
        timeouts.bodyIdle = std::chrono::seconds(60);
        timeouts.connect = std::chrono::seconds(5);
        timeouts.answer = std::chrono::seconds(60);
        timeouts.keepAliveIdle = std::chrono::seconds(75);
    }
    timeouts.head = settings.head.value_or(timeouts.head);
    timeouts.bodyIdle = settings.bodyIdle.value_or(timeouts.bodyIdle);
    timeouts.connect = settings.connect.value_or(timeouts.connect);
    timeouts.answer = settings.answer.value_or(timeouts.answer);
    timeouts.keepAliveIdle = settings.keepAliveIdle.value_or(timeouts.keepAliveIdle);
    return timeouts;
}

} // namespace lab::scenario
