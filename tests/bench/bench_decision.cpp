#include "bench/stopwatch.hpp"
#include "explain/explainer.hpp"
#include "routing/request_path.hpp"
#include "support/plan_builder.hpp"

#include <cstdlib>
#include <malloc.h>
#include <new>

using namespace lab;
using bench::keep;
using bench::measure;
using bench::measureSlow;

namespace {

std::size_t allocations = 0;
constexpr std::size_t rulesCount = 10'000;

std::string hostOf(std::size_t i)
{
    return "svc-" + std::to_string(i) + ".shop.example.com";
}

/// 10,000 rules: a host each, or all on one host.
std::shared_ptr<const plan::FrontDoorPlan> manyRules(bool isHostEach)
{
    test::PlanBuilder builder(plan::Style::Ingress, plan::Profile::IngressNginx);
    const DoorId cloud = builder.door("ingress", plan::DoorMode::Tcp);
    const DoorId replica = builder.controllerOf(cloud, "controller-0");
    builder.at(replica).rateZones = {{"limit-rps", {1e9, 1e9}}};
    const EndpointId a = builder.pod("a");
    const EndpointId b = builder.pod("b");
    std::vector<routing::RouteRule> rules;
    for (std::size_t i = 0; i < rulesCount; ++i) {
        const std::string name = "svc-" + std::to_string(i);
        plan::Route route;
        route.name = "shop/" + name;
        route.host = isHostEach ? hostOf(i) : "shop.example.com";
        route.path = isHostEach ? "/api/v1" : "/api/" + std::to_string(i);
        route.upstream = builder.upstream(name, {a, b});
        rules.push_back({route.host, routing::PathKind::Prefix, route.path, RouteId(i)});
        builder.at(replica).routes.push_back(std::move(route));
    }
    builder.at(replica).table = routing::RouteTable(std::move(rules));
    plan::RoutePolicy policy;
    policy.bodyBytesMax = 1'048'576;
    policy.rateZones = {0};
    policy.deniedClients = {*limiting::parseAddressRange("203.0.113.0/24")};
    const auto shared = std::make_shared<const plan::RoutePolicy>(policy);
    for (std::size_t i = 0; i < rulesCount; i += 2) { // every other route has its policy
        builder.at(replica).routes[i].policy = shared;
    }
    return builder.build();
}

/// What HttpSession does between a parsed head and the exchange.
class Decisions {
public:
    explicit Decisions(std::shared_ptr<const plan::FrontDoorPlan> plan)
        : door_(plan, plan->doors.front().replicas.front())
        , worker_(*plan, Random(1))
    {
        for (std::size_t i = 0; i < rulesCount; ++i) {
            hosts_.push_back(hostOf(i) + ":8080");
        }
    }

    /// \param step  1 or 2 with `first` 0 or 1: routes with, or without, a policy
    void one(std::size_t first)
    {
        next_ = (next_ + 7918) % rulesCount; // even: the parity stays
        frontdoor::RequestView view;
        view.method = "GET";
        view.hostField = hosts_[next_ + first];
        view.host = routing::normalisedHost(view.hostField, hostBuffer_);
        view.target = "/api/v1/items/42?page=2";
        view.path = *routing::normalisedPath(view.target, pathBuffer_);
        view.clientAddress = "127.0.0.1";
        view.endsWithRelease = true;
        now_ = now_ + std::chrono::microseconds(1);
        const frontdoor::Decision decision = door_.decide(view, now_, worker_);
        if (!decision.isForward()) {
            std::fprintf(stderr, "refused: %d\n", int{decision.status});
            std::exit(1);
        }
        keep(decision);
        door_.finished(decision.upstream, decision.endpoint, worker_);
        door_.release(decision);
    }

private:
    frontdoor::FrontDoor door_;
    frontdoor::WorkerState worker_;
    std::vector<std::string> hosts_;
    std::string hostBuffer_;
    std::string pathBuffer_;
    std::size_t next_ = 0;
    Instant now_;
};

bool measureDecisions(const std::shared_ptr<const plan::FrontDoorPlan>& plan)
{
    Decisions decisions(plan);
    decisions.one(0);
    decisions.one(1);
    const std::size_t before = allocations;
    measure("decision among 10,000 hosts, no annotations", [&] { decisions.one(1); });
    measure("decision among 10,000 hosts, limits and addresses", [&] { decisions.one(0); });
    const std::size_t made = allocations - before;
    constexpr std::size_t ownMax = 64; // the stopwatch's own lists
    std::printf("%-52s %8zu\n", "allocations in 1,600,000 decisions", made > ownMax ? made : 0);
    return made <= ownMax;
}

void measureExplanations(const std::shared_ptr<const plan::FrontDoorPlan>& hosts,
                         const std::shared_ptr<const plan::FrontDoorPlan>& paths)
{
    explain::Explainer byHost(hosts);
    explain::Explainer byPath(paths);
    const auto ask = [](explain::Explainer& explainer, const char* what, const std::string& url) {
        const auto question = *explain::readQuestion({url, "GET", {}, "127.0.0.1"});
        keep(explainer.explain(question)); // indexes
        measureSlow(what, 200, [&] { keep(explainer.explain(question)); });
    };
    ask(byHost, "explain, 10,000 hosts", "http://svc-77.shop.example.com/api/v1/x");
    ask(byHost, "explain, 10,000 hosts, a 404 by one letter", "http://svc-77.shop.exmaple.com/api");
    ask(byHost, "explain, 10,000 hosts, a 404 by its path", "http://svc-77.shop.example.com/ap");
    ask(byPath, "explain, 10,000 paths of one host", "http://shop.example.com/api/77/x");
    ask(byPath, "explain, 10,000 paths of one host, a 404", "http://shop.example.com/ap/77");
    measureSlow("an explainer, and its first answer", 20, [&] {
        explain::Explainer fresh(hosts);
        keep(fresh.explain(
            *explain::readQuestion({"http://svc-7.shop.example.com/", "GET", {}, "::1"})));
    });
}

void measureTable(const plan::FrontDoorPlan& plan)
{
    const auto& rules = plan.doors[1].table.rules();
    measureSlow("route table of 10,000 hosts, built", 50, [&] {
        const routing::RouteTable table(rules);
        keep(table);
    });
    const std::size_t before = ::mallinfo2().uordblks;
    const routing::RouteTable table(rules);
    const std::size_t bytes = ::mallinfo2().uordblks - before;
    keep(table);
    std::printf("%-52s %8zu bytes a rule\n", "route table of 10,000 hosts", bytes / rulesCount);
}

} // namespace

[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (void* const memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept
{
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

int main()
{
    const auto hosts = manyRules(true);
    const bool isFree = measureDecisions(hosts);
    measureExplanations(hosts, manyRules(false));
    measureTable(*hosts);
    return isFree ? 0 : 1;
}
