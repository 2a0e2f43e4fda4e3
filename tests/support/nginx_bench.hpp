#pragma once

#include "frontdoor/front_door.hpp"
#include "plan/plan_front_doors.hpp"
#include "routing/request_path.hpp"
#include "support/nginx_annotations.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lab::test {

using FieldValues = std::map<std::string, std::string>;

/// Fields of a request by name; the caller writes the names in lower case.
class FieldMap : public frontdoor::RequestFields {
public:
    explicit FieldMap(FieldValues values)
        : values_(std::move(values))
    {
    }

    [[nodiscard]] std::string_view value(std::string_view name) const override
    {
        std::string lower(name);
        for (char& c : lower) {
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        const auto found = values_.find(lower);
        return found == values_.end() ? std::string_view() : found->second;
    }

private:
    FieldValues values_;
};

/// A controller of profile ingress-nginx over a little shop: host shop.lab, path / to "web" (three
/// pods), with the given annotations; further objects by `change`.
class NginxBench {
public:
    explicit NginxBench(const Annotations& annotations, void (*change)(ClusterBuilder&) = nullptr)
    {
        ClusterBuilder builder;
        builder.deployment("web", 3, 8080).deployment("other", 2, 8080);
        builder.service("web", 80, 8080);
        builder.service("other", 80, 8080);
        builder.service("empty", 80, 8080);
        model::Ingress& ingress =
            builder.ingress("shop", {{"shop.lab", "/", "web"}, {"shop.lab", "/empty", "empty"}});
        for (const auto& [name, value] : annotations) {
            annotateNginx(ingress.meta, name, value);
        }
        if (change != nullptr) {
            change(builder);
        }
        styles = plan::planFrontDoors(builder.cluster, {});
        planned = std::make_shared<const plan::FrontDoorPlan>(styles.ingress);
        const auto isPlain = [](std::string_view password, std::string_view hash) {
            return password == hash;
        };
        door = std::make_unique<frontdoor::FrontDoor>(planned, DoorId(1), isPlain);
        worker = std::make_unique<frontdoor::WorkerState>(*planned, Random(1));
    }

    /// One request; target, fields and client as given, everything else plain.
    frontdoor::Decision decide(const std::string& target,
                               FieldValues fields = {},
                               const std::string& method = "GET",
                               frontdoor::RequestView view = {})
    {
        const FieldMap map(std::move(fields));
        std::string buffer;
        view.method = method;
        view.host = view.host.empty() ? "shop.lab" : view.host;
        view.target = target;
        view.path = routing::normalisedPath(target, buffer).value_or("/");
        view.clientAddress = view.clientAddress.empty() ? "127.0.0.1" : view.clientAddress;
        view.fields = &map;
        frontdoor::Decision decision = door->decide(view, Instant(), *worker);
        if (decision.isForward()) {
            door->finished(decision.upstream, decision.endpoint, *worker);
        }
        return decision;
    }

    std::string serviceOf(const frontdoor::Decision& decision) const
    {
        return decision.isForward() ? planned->upstream(decision.upstream).service : std::string();
    }
    std::string podOf(const frontdoor::Decision& decision) const
    {
        return decision.isForward() ? planned->endpoint(decision.endpoint).name : std::string();
    }

    plan::PlannedStyles styles;
    std::shared_ptr<const plan::FrontDoorPlan> planned;
    std::unique_ptr<frontdoor::FrontDoor> door;
    std::unique_ptr<frontdoor::WorkerState> worker;
};

} // namespace lab::test
