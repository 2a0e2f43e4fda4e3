// corpus_door: one http door of the live engine before a backend that somebody else plays.
//
//     corpus_door UPSTREAM_PORT [WORKERS]
//
// Prints the door's address on one line and serves until its standard input ends.
#include "live/live_engine.hpp"
#include "support/plan_builder.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

/// Everything goes to that backend. Where it is to read 64 MiB late, the kernel may hold half of
/// them for it when this door has sent the last byte: it gets time to read them before it answers.
std::shared_ptr<const lab::plan::FrontDoorPlan> planTo(const std::string& backend)
{
    lab::test::PlanBuilder builder;
    const auto upstream = builder.upstream("cart", {builder.backend(backend)});
    const lab::DoorId door = builder.door("ingress");
    builder.route(door, "", "/", upstream);
    builder.route(door, "", "/s/up-backpressure", upstream);
    auto patient = std::make_shared<lab::plan::RoutePolicy>();
    patient->timeouts.read = std::chrono::seconds(60);
    builder.at(door).routes.back().policy = patient;
    return builder.build();
}

} // namespace

int main(int argumentCount, char** arguments)
{
    if (argumentCount < 2) {
        std::fputs("usage: corpus_door UPSTREAM_PORT [WORKERS]\n", stderr);
        return 2;
    }
    lab::live::LiveOptions options;
    options.workers = argumentCount > 2 ? std::atoi(arguments[2]) : 1;
    options.requestBodyBytesMax = 128 * 1024 * 1024; // the streams want at least 64 MiB
    const auto plan = planTo(std::string("127.0.0.1:") + arguments[1]);
    const auto engine = lab::live::LiveEngine::start({plan}, options);
    if (!engine) {
        std::fprintf(stderr, "corpus_door: %s\n", engine.error().message().c_str());
        return 4;
    }
    const lab::live::ReadyState& ready = (*engine)->ready();
    std::puts(ready.addressOf(lab::plan::Style::Ingress, lab::DoorId(0), false).c_str());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
