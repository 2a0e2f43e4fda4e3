#pragma once

#include "live/live_engine.hpp"

#include <cstddef>
#include <string_view>

namespace lab::scenario {

/// `/requests?since=&filter=&limit=`: what the doors remember of their requests, as JSON.
///
/// {"next": "12.40", "lost": 0, "requests": […]}; oldest first. Without `since` the newest `limit`
/// (default 100); with the `next` of an earlier answer what came after it, at most `limit` of each
/// worker, and `lost` counts what was overwritten in between. `filter` as RecordFilter reads it. A
/// request has the fields of a JSON access log line, and `head`, its lines, if that was kept:
/// secrets are left out of it.
class RequestsPage {
public:
    static constexpr std::size_t limitDefault = 100;
    static constexpr std::size_t limitMax = 10'000;
    static constexpr std::size_t scannedMax = 1'000'000; ///< Records of a worker looked at.

    /// \param query  without its question mark; 400 with a sentence for what it does not take
    [[nodiscard]] static live::AdminAnswer answer(std::string_view query,
                                                  const live::LiveEngine& engine);
};

} // namespace lab::scenario
