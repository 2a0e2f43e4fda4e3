#include "bench/stopwatch.hpp"
#include "simulation/simulated_run.hpp"
#include "support/plan_builder.hpp"

#include <sys/resource.h>

using namespace lab;
using namespace std::chrono_literals;

namespace {

/// So many Services of one pod each, and a source that asks them all alike.
struct Shop {
    test::PlanBuilder builder;
    simulation::SimulationSpec spec;

    Shop(plan::Style style, std::size_t services, double ratePerSecond, Duration duration)
        : builder(style, plan::Profile::IngressNginx)
    {
        workload::Traffic& traffic = spec.traffic.emplace_back();
        traffic.name = "all";
        traffic.ratePerSecond = ratePerSecond;
        traffic.clients = 250;
        auto& destinations = spec.destinations.emplace_back();
        DoorId cloud;
        DoorId replica;
        if (style == plan::Style::Ingress) {
            cloud = builder.door("ingress", plan::DoorMode::Tcp);
            replica = builder.controllerOf(cloud, "controller-0");
            limit(replica);
        }
        std::vector<routing::RouteRule> rules;
        for (std::size_t i = 0; i < services; ++i) {
            const std::string name = "svc-" + std::to_string(i);
            const std::string host = name + ".shop.example.com";
            const UpstreamId upstream = builder.upstream(name, {builder.pod(name + "-0")});
            const bool isOwn = style == plan::Style::PerService;
            const DoorId door = isOwn ? builder.door("shop/" + name) : replica;
            if (isOwn) {
                builder.route(door, "", "/", upstream);
                limit(door);
            } else {
                plan::Route route;
                route.name = name;
                route.host = host;
                route.path = "/";
                route.upstream = upstream;
                rules.push_back({host, routing::PathKind::Prefix, "/", RouteId(i)});
                builder.at(replica).routes.push_back(std::move(route));
            }
            traffic.mix.push_back({"GET", "http://" + host + "/cart?page=2", "", 1.0, 0});
            destinations.push_back({isOwn ? door : cloud, 0, host, "/cart?page=2", "shop/" + name});
        }
        if (style == plan::Style::Ingress) {
            builder.at(replica).table = routing::RouteTable(std::move(rules));
        }
        spec.plan = builder.build();
        spec.duration = duration;
        spec.warmUp = duration / 10;
        spec.ideal = limiting::BucketPolicy{ratePerSecond * 0.9, 1000.0};
        spec.otherPods.time = workload::ServiceTime::exponential(5ms);
        spec.otherPods.workers = 4;
        spec.connectionsPerDestinationMax = 4096;
    }

    /// One that is asked for every request, and lets nearly all pass.
    void limit(DoorId door) { builder.at(door).limit = limiting::BucketPolicy{1e6, 1e6}; }
};

/// What this process has used: it has one thread, and does nothing but that.
double processorSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Prints what came out too: the same figures with every compiler and every build.
void measureRun(const char* what, const Shop& shop)
{
    double bestSeconds = 1e9;
    std::uint64_t events = 0;
    measurement::Measurements sums;
    for (int round = 0; round < 3; ++round) {
        const double start = processorSeconds();
        simulation::SimulatedRun run(shop.spec);
        run.run();
        bestSeconds = std::min(bestSeconds, processorSeconds() - start);
        events = run.eventCount();
        sums = run.measurements();
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%-46s %7.2f M events/s  %6.2f s for %.1f M events, %ld MiB at most\n",
                what,
                static_cast<double>(events) / bestSeconds / 1e6,
                bestSeconds,
                static_cast<double>(events) / 1e6,
                usage.ru_maxrss / 1024);
    std::printf("  offered %llu, admitted %llu, ideal %llu, connections %llu, mean %lld ns, "
                "p99 %lld ns\n",
                static_cast<unsigned long long>(sums.offered),
                static_cast<unsigned long long>(sums.admitted),
                static_cast<unsigned long long>(sums.idealAdmitted),
                static_cast<unsigned long long>(sums.connectionsOpened),
                static_cast<long long>(sums.latency.mean().count()),
                static_cast<long long>(sums.latency.quantile(0.99).count()));
}

} // namespace

int main()
{
    using plan::Style;
    measureRun("1,000 stations behind an ingress", Shop(Style::Ingress, 1000, 100'000, 10s));
    measureRun("1,000 stations with a door each", Shop(Style::PerService, 1000, 100'000, 10s));
    measureRun("10,000 load balancers, 100,000/s for 60 s",
               Shop(Style::PerService, 10'000, 100'000, 60s));
    return 0;
}
