#include "live/worker.hpp"

#include <boost/asio/post.hpp>

#include <csignal>
#include <future>
#include <pthread.h>

namespace lab::live {

Worker::Worker(const LiveClock& clock, std::string name)
    : clock_(clock)
    , name_(std::move(name))
    , context_(1) // one thread runs it
    , work_(context_.get_executor())
    , reactor_(context_)
    , wheel_(clock.now())
    , delays_(context_, clock)
    , timer_(context_.get_executor())
    , now_(clock.now())
    , nextSecond_(now_ + std::chrono::seconds(1))
{
    reactor_.beforeTurn([this] { now_ = clock_.now(); });
    tick();
}

Worker::~Worker()
{
    stop();
}

void Worker::start()
{
    thread_ = std::thread([this] {
        ::pthread_setname_np(::pthread_self(), name_.c_str());
        sigset_t pipe; // OpenSSL writes with write(2), to closed connections, too
        ::sigemptyset(&pipe);
        ::sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        context_.run();
    });
}

void Worker::post(std::function<void()> call)
{
    boost::asio::post(context_, [this, call = std::move(call)] {
        now_ = clock_.now();
        call();
    });
}

void Worker::postAndWait(const std::function<void()>& call)
{
    if (!thread_.joinable()) {
        return;
    }
    std::promise<void> done;
    post([&] {
        call();
        done.set_value();
    });
    done.get_future().wait();
}

void Worker::drain()
{
    isDraining_ = true;
    reactor_.drainIdle();
}

void Worker::stop()
{
    if (!thread_.joinable()) {
        return;
    }
    post([this] {
        isDraining_ = true;
        isStopping_ = true;
        delays_.cancel();
        reactor_.cancelAll();
        delays_.cancel();
        reactor_.stop();
        timer_.cancel();
        work_.reset();
    });
    thread_.join();
}

Instant Worker::freshNow()
{
    now_ = clock_.now();
    return now_;
}

void Worker::tick()
{
    timer_.expires_after(DeadlineWheel::tick);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error || isStopping_) { // it may have been due already when it was cancelled
            return;
        }
        wheel_.advance(freshNow());
        reactor_.wakeResting();
        if (now_ >= nextSecond_) {
            nextSecond_ = now_ + std::chrono::seconds(1);
            for (const auto& call : secondly_) {
                call();
            }
        }
        tick();
    });
}

} // namespace lab::live
