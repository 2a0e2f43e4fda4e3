#pragma once

#include "live/load_run.hpp"

#include <chrono>
#include <string>

namespace lab::test {

/// A short run of one kind of request, to be changed by the test that uses it.
inline live::LoadSpec shortLoad(double ratePerSecond, Duration perStyle)
{
    workload::MixEntry entry;
    entry.url = "http://shop.lab/";
    workload::Traffic traffic;
    traffic.name = "shoppers";
    traffic.process = workload::ArrivalProcess::Poisson;
    traffic.ratePerSecond = ratePerSecond;
    traffic.mix = {entry};
    live::LoadSpec spec;
    spec.traffic = {traffic};
    spec.perStyle = perStyle;
    spec.warmUp = Duration::zero();
    spec.seed = 5;
    return spec;
}

inline live::LoadStyle styleTo(std::string name, const std::string& address, bool isTls = false)
{
    live::LoadDestination destination;
    destination.hasDoor = true;
    destination.address = address;
    destination.isTls = isTls;
    destination.host = "shop.lab";
    destination.target = "/";
    destination.service = "shop/cart";
    return {std::move(name), {{destination}}};
}

/// The arrivals that a run of that spec sends through every style.
inline std::vector<workload::Arrival> arrivalsOf(const live::LoadSpec& spec)
{
    return workload::arrivals(spec.traffic, spec.perStyle, Random(spec.seed));
}

} // namespace lab::test
