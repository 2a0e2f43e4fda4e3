#include "scenario/timeline_reader.hpp"

#include "scenario/unsupported_keys.hpp"

namespace lab::scenario {
namespace {

using simulation::PodFault;

constexpr std::int64_t podsMax = 1000;
constexpr Duration delayMax = std::chrono::hours(1);

using Word = std::pair<std::string_view, PodFault::Kind>;
constexpr Word words[] = {{"kill", PodFault::Kind::Kill},
                          {"refuse", PodFault::Kind::Refuse},
                          {"hang", PodFault::Kind::Hang},
                          {"slow", PodFault::Kind::Delay},
                          {"fail", PodFault::Kind::Status},
                          {"heal", PodFault::Kind::None}};

/// The key that says what happens: `kill: cart`.
bool readFault(yaml::MapReader& map, TimelineEvent& event)
{
    int found = 0;
    for (const auto& [word, kind] : words) {
        if (map.has(word)) {
            ++found;
            event.fault.kind = kind;
            event.service = map.text(word).value_or("");
        }
    }
    if (found != 1) {
        map.reading().addWrong(map.place(),
                               "no-event",
                               map.path() + " must say one thing that happens",
                               "write it as `{at: 2s, kill: cart}`");
    }
    return found == 1;
}

void readAmount(yaml::MapReader& map, TimelineEvent& event)
{
    const bool isSlow = event.fault.kind == PodFault::Kind::Delay;
    const bool isFailing = event.fault.kind == PodFault::Kind::Status;
    if (isSlow && map.require("by")) {
        event.fault.delay = map.duration("by").value_or(Duration{});
        if (event.fault.delay < Duration::zero() || event.fault.delay > delayMax) {
            map.addWrong("by", "out-of-range", "must be at most 1h");
        }
    }
    if (isFailing) {
        event.fault.status = static_cast<std::uint16_t>(
            map.integer("status", 500, 599).value_or(event.fault.status));
    }
    if (const auto pods = map.integer("pods", 1, podsMax)) {
        event.pods = static_cast<std::size_t>(*pods);
    }
}

} // namespace

void readTimeline(yaml::MapReader& spec, Scenario& scenario)
{
    for (yaml::MapReader& map : spec.maps("timeline")) {
        TimelineEvent event;
        event.place = map.place();
        if (map.require("at")) {
            event.at = map.duration("at").value_or(Duration{});
            if (event.at < Duration::zero() || event.at >= scenario.duration) {
                map.addWrong("at", "out-of-range", "must lie within the duration of the run");
            }
        }
        refuseUnsupported(map, {"set", "mark", "end", "apply"});
        const bool isUnsupported = map.has("set") || map.has("mark") || map.has("end");
        if (!isUnsupported && readFault(map, event)) {
            readAmount(map, event);
            scenario.timeline.push_back(std::move(event));
        }
        map.finish();
    }
}

} // namespace lab::scenario
