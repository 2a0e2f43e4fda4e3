#include "headless/command_line.hpp"

#include <csignal>
#include <exception>
#include <iostream>

/// The process: streams in, exit code out, and the one place that catches what nobody expected.
int main(int argc, char** argv)
{
    using lab::scenario::ExitCode;
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write
    try {
        lab::headless::Console console = lab::headless::processConsole();
        return static_cast<int>(lab::headless::runCommandLine({argv + 1, argv + argc}, console));
    } catch (const std::exception& error) {
        std::cerr << "ingresslab: internal fault: " << error.what()
                  << "\nThis is a bug of ours; please report it with what you did.\n";
    } catch (...) {
        std::cerr << "ingresslab: internal fault of an unknown kind\n";
    }
    return static_cast<int>(ExitCode::Fault);
}
