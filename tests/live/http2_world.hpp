#pragma once

#include "support/http2_client.hpp"
#include "support/raw_client.hpp"

#include <memory>

namespace lab::test {

/// One http door for shop.lab with a plain and a TLS port and one lab pod, spoken to in HTTP/1.1 at
/// "/" and in HTTP/2 at "/h2"; a Service without pods at "/empty".
inline std::shared_ptr<const plan::FrontDoorPlan> http2Plan()
{
    PlanBuilder builder;
    const DoorId door = builder.door("ingress");
    const EndpointId pod = builder.pod("cart-0");
    builder.route(door, "shop.lab", "/", builder.upstream("cart", {pod}));
    const UpstreamId h2 = builder.upstream("greeter", {pod});
    builder.raw().upstreams[h2.index()].speaksHttp2 = true;
    builder.route(door, "shop.lab", "/h2", h2);
    builder.route(door, "shop.lab", "/empty", builder.upstream("empty", {builder.pod("x", false)}));
    builder.addTlsPort(door, builder.certificate({"shop.lab"}));
    return builder.build();
}

/// A live engine for a plan, and an HTTP/2 client at its first door.
struct Http2World {
    explicit Http2World(std::shared_ptr<const plan::FrontDoorPlan> plan = http2Plan(),
                        const live::LiveOptions& options = patientOptions(),
                        bool readsByItself = true)
        : world(std::move(plan), options)
        , client(world.client(), readsByItself)
    {
    }

    LiveWorld world;
    Http2Client client;
};

} // namespace lab::test
