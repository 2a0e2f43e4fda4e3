#include "headless/stop_signal.hpp"

#include <csignal>

namespace lab::headless {
namespace {

// A signal handler reaches nothing but such variables.
std::atomic<bool> wasStopped{false};
std::atomic<int> lastSignal{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void noteSignal(int number)
{
    lastSignal = number;
    wasStopped = true;
}

void setHandler(void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace

StopSignal::StopSignal()
{
    wasStopped = false;
    lastSignal = 0;
    setHandler(noteSignal);
}

StopSignal::~StopSignal()
{
    setHandler(SIG_DFL);
}

const std::atomic<bool>& StopSignal::flag() const
{
    return wasStopped;
}

bool StopSignal::wasTerminated() const
{
    return lastSignal == SIGTERM;
}

} // namespace lab::headless
