#include "headless/console.hpp"

#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace lab::headless {
namespace {

/// Read before any thread of ours is started.
std::string_view environment(const char* name)
{
    const char* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string_view() : std::string_view(value);
}

} // namespace

void Console::complain(std::string_view sentence) const
{
    err << "ingresslab: " << sentence << '\n';
}

bool usesColour(const Console& console, ColourChoice choice)
{
    if (choice == ColourChoice::Auto) {
        return console.isOutTerminal && !console.forbidsColour;
    }
    return choice == ColourChoice::Always;
}

Console processConsole()
{
    return {std::cout,
            std::cerr,
            ::isatty(STDOUT_FILENO) == 1,
            ::isatty(STDERR_FILENO) == 1,
            !environment("NO_COLOR").empty() || environment("TERM") == "dumb"};
}

} // namespace lab::headless
