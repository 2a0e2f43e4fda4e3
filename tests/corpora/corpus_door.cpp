// corpus_door: one http door of the live engine before a backend that somebody else plays.
//
//     corpus_door UPSTREAM_PORT [WORKERS]
//
// Prints the door's address on one line and serves until its standard input ends.
#include "live/live_engine.hpp"
#include "support/plan_builder.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argumentCount, char** arguments)
{
    if (argumentCount < 2) {
        std::fputs("usage: corpus_door UPSTREAM_PORT [WORKERS]\n", stderr);
        return 2;
    }
    lab::live::LiveOptions options;
    options.workers = argumentCount > 2 ? std::atoi(arguments[2]) : 1;
    options.requestBodyBytesMax = 128 * 1024 * 1024; // the streams want at least 64 MiB
    const auto plan = lab::test::planTo({std::string("127.0.0.1:") + arguments[1]});
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
