#include "bench/stopwatch.hpp"
#include "measurement/record_collector.hpp"
#include "workload/traffic.hpp"

using lab::Instant;
using lab::bench::keep;
using lab::bench::measure;
using namespace std::chrono_literals;

int main()
{
    lab::measurement::RecordCollector collector({{Instant(0s), Instant(60s)}});
    const std::size_t service = collector.serviceIndex("shop/cart");
    lab::measurement::RequestRecord record;
    record.status = 200;
    std::int64_t step = 0;
    measure("RecordCollector::add", [&] {
        step = (step + 7919) % 60'000;
        record.intended = Instant(std::chrono::milliseconds(step));
        record.ended = record.intended + std::chrono::microseconds(100 + step);
        keep(collector.add(record, service));
    });

    lab::workload::Traffic traffic;
    traffic.ratePerSecond = 100.0;
    traffic.mix.resize(20);
    measure("arrivals: 10 of a Poisson source with 20 entries",
            [&] { keep(lab::workload::arrivals({traffic}, 100ms, lab::Random(1))); });
}
