#pragma once

#include "base/result.hpp"
#include "measurement/door_record.hpp"
#include "scenario/record_names.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace lab::scenario {

/// Which records are wanted?  "status=5xx,route=shop/web /cart,slowerMs=10": all terms must hold.
///
/// Terms: kind (request, tunnel, connection), status (404, or 4xx), end (cut, …), method, style,
/// door, route, service (ns/name), endpoint, refusal, slowerMs. An empty filter takes everything.
class RecordFilter {
public:
    static constexpr std::size_t termsMax = 16;

    /// WrongUse with a sentence for what it does not know.
    [[nodiscard]] static Result<RecordFilter> read(std::string_view text);

    [[nodiscard]] bool takes(const measurement::DoorRecord& record, const RecordNames& names) const;

private:
    struct Term {
        std::string key;
        std::string value;
        std::uint64_t number = 0; ///< slowerMs
    };
    std::vector<Term> terms_;
};

} // namespace lab::scenario
