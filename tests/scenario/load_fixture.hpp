#pragma once

#include "live/live_engine.hpp"
#include "support/plan_builder.hpp"

#include <memory>
#include <string>

namespace lab::test {

/// A live door with one pod behind it, which takes so long over each request.
class LoadFixture {
public:
    explicit LoadFixture(Duration latency = {})
    {
        PlanBuilder builder(plan::Style::PerService, plan::Profile::Spec);
        const UpstreamId cart = builder.upstream("cart", {builder.pod("cart-0")});
        builder.route(builder.door("shop/cart"), "", "/", cart);
        live::LiveOptions options;
        options.podLatency["shop/cart"] = latency;
        auto engine = live::LiveEngine::start({builder.build()}, options);
        if (!engine) {
            qFatal("%s", engine.error().message().c_str());
        }
        engine_ = std::move(*engine);
    }

    [[nodiscard]] std::string url() const
    {
        return "http://" + engine_->ready().addressOf(plan::Style::PerService, DoorId(0), false) +
               "/x?y=1";
    }

private:
    std::unique_ptr<live::LiveEngine> engine_;
};

} // namespace lab::test
