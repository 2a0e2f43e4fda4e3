#pragma once

#include "support/raw_client.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace lab::test {

/// A plan with one http door; "/" goes to a lab pod of that name.
inline std::shared_ptr<const plan::FrontDoorPlan> planToPod(const std::string& pod)
{
    PlanBuilder builder;
    const UpstreamId upstream = builder.upstream("cart", {builder.pod(pod)});
    builder.route(builder.door("ingress"), "", "/", upstream);
    return builder.build();
}

/// Which pod answered?
inline std::string podOf(const RawAnswer& answer)
{
    const std::string mark = "\"pod\":\"";
    const std::size_t begin = answer.body.find(mark);
    if (begin == std::string::npos) {
        return {};
    }
    const std::size_t end = answer.body.find('"', begin + mark.size());
    return answer.body.substr(begin + mark.size(), end - begin - mark.size());
}

/// Clients that ask over and over on keep-alive connections until they are told to stop.
class Hammer {
public:
    /// \param accepts  what of the answers is right; asked from all clients' threads
    template <typename Accepts>
    Hammer(const LiveWorld& world, int clients, Accepts accepts)
    {
        for (int i = 0; i < clients; ++i) {
            threads_.emplace_back([this, &world, accepts] {
                RawSocket client = world.client();
                while (!isOver_) {
                    const RawAnswer answer = ask(client, get("/"));
                    ++answers_;
                    errors_ +=
                        answer.status != 200 || !answer.isWhole || !accepts(answer) ? 1U : 0U;
                    if (answer.status == 0 || answer.has("Connection: close")) {
                        client = world.client();
                    }
                }
            });
        }
    }
    ~Hammer() { stop(); }
    Hammer(const Hammer&) = delete;
    Hammer& operator=(const Hammer&) = delete;

    void stop()
    {
        isOver_ = true;
        for (std::thread& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }
    [[nodiscard]] std::size_t answers() const { return answers_; }
    [[nodiscard]] std::size_t errors() const { return errors_; }

private:
    std::atomic<bool> isOver_ = false;
    std::atomic<std::size_t> answers_ = 0;
    std::atomic<std::size_t> errors_ = 0;
    std::vector<std::thread> threads_;
};

} // namespace lab::test
