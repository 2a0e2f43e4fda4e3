#pragma once

#include "support/raw_client.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace lab::test {

/// A backend on a thread of its own, which does to each connection what the test says, until it
/// goes out of scope.
class PlayedPod {
public:
    using Play = std::function<void(RawSocket&)>;

    explicit PlayedPod(Play play)
        : play_(std::move(play))
        , thread_([this] { run(); })
    {
    }
    ~PlayedPod()
    {
        isEnding_ = true;
        RawSocket last = connectTo(listener_.address()); // wakes it
        thread_.join();
    }
    PlayedPod(const PlayedPod&) = delete;
    PlayedPod& operator=(const PlayedPod&) = delete;

    [[nodiscard]] std::string address() const { return listener_.address(); }
    /// Connections that were played so far.
    [[nodiscard]] int played() const { return played_; }

private:
    void run()
    {
        while (true) {
            RawSocket connection = listener_.accept();
            if (isEnding_) {
                return;
            }
            if (connection.fd() >= 0) {
                play_(connection);
                ++played_;
            }
        }
    }

    RawListener listener_;
    Play play_;
    std::atomic<bool> isEnding_ = false;
    std::atomic<int> played_ = 0;
    std::thread thread_;
};

/// Runs that on so many threads at once, each with its number, and waits for all.
inline void together(int count, const std::function<void(int)>& each)
{
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        threads.emplace_back(each, i);
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

/// One http door with the lab's own pod behind it.
inline std::shared_ptr<const plan::FrontDoorPlan> onePodPlan()
{
    PlanBuilder builder;
    const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
    const DoorId door = builder.door("ingress");
    builder.route(door, "", "/", cart);
    return builder.build();
}

/// Does the door serve a stranger as if nothing had happened?
inline bool servesOn(const LiveWorld& world)
{
    RawSocket client = world.client();
    return ask(client, get("/")).status == 200;
}

} // namespace lab::test
