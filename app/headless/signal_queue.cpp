#include "headless/signal_queue.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace lab::headless {

SignalQueue::SignalQueue()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) {
        sigaddset(&signals, number);
    }
    ::pthread_sigmask(SIG_BLOCK, &signals, &before_);
    fd_ = ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

SignalQueue::~SignalQueue()
{
    ::close(fd_);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<int> SignalQueue::next(int other) const
{
    while (true) {
        pollfd watched[] = {{fd_, POLLIN, 0}, {other, POLLIN, 0}}; // -1 is passed over
        ::poll(watched, 2, -1);
        signalfd_siginfo info{};
        if (::read(fd_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
            return static_cast<int>(info.ssi_signo);
        }
        if (watched[1].revents != 0) {
            return std::nullopt;
        }
    }
}

} // namespace lab::headless
