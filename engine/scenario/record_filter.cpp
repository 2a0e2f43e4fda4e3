#include "scenario/record_filter.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lab::scenario {
namespace {

constexpr std::array<std::string_view, 11> keys{"kind",
                                                "status",
                                                "end",
                                                "method",
                                                "style",
                                                "door",
                                                "route",
                                                "service",
                                                "endpoint",
                                                "refusal",
                                                "slowerMs"};

bool isStatus(std::string_view text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 3 && isDigit(text[0]) &&
           (text.ends_with("xx") || (isDigit(text[1]) && isDigit(text[2])));
}

bool hasStatus(const measurement::DoorRecord& record, std::string_view wanted)
{
    const std::string status = std::to_string(record.status);
    return wanted.ends_with("xx") ? status.size() == 3 && status[0] == wanted[0] : status == wanted;
}

std::string_view methodOf(const measurement::DoorRecord& record)
{
    return record.is(measurement::DoorRecord::Connection)
               ? std::string_view()
               : measurement::methodText(record.routeAndMethod.small());
}

Error wrong(const std::string& sentence)
{
    return {ErrorKind::WrongUse, sentence};
}

} // namespace

Result<RecordFilter> RecordFilter::read(std::string_view text)
{
    RecordFilter filter;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        if (equals == part.npos) {
            return wrong("a term of the filter is key=value, such as status=5xx");
        }
        Term term{std::string(part.substr(0, equals)), std::string(part.substr(equals + 1))};
        if (std::ranges::find(keys, term.key) == keys.end()) {
            return wrong("the filter knows kind, status, end, method, style, door, route, service, "
                         "endpoint, refusal and slowerMs");
        }
        const char* const end = term.value.data() + term.value.size();
        if (term.key == "slowerMs" &&
            std::from_chars(term.value.data(), end, term.number).ptr != end) {
            return wrong("slowerMs takes whole milliseconds");
        }
        if (term.key == "status" && !isStatus(term.value) && term.value != "0") {
            return wrong("status takes a number such as 404, a class such as 5xx, or 0 where the "
                         "client went before there was an answer");
        }
        if (filter.terms_.size() == termsMax) {
            return wrong("the filter takes at most 16 terms");
        }
        filter.terms_.push_back(std::move(term));
    }
    return filter;
}

bool RecordFilter::takes(const measurement::DoorRecord& record, const RecordNames& names) const
{
    return std::ranges::all_of(terms_, [&](const Term& term) {
        if (term.key == "status") {
            return hasStatus(record, term.value);
        }
        if (term.key == "slowerMs") {
            return record.total() > std::chrono::milliseconds(term.number);
        }
        if (term.key == "service") {
            return std::string(names.nameSpace).append("/").append(names.service) == term.value;
        }
        const std::string_view is = term.key == "method"     ? methodOf(record)
                                    : term.key == "kind"     ? measurement::kindOf(record)
                                    : term.key == "end"      ? measurement::endOf(record)
                                    : term.key == "style"    ? names.style
                                    : term.key == "door"     ? names.door
                                    : term.key == "route"    ? names.route
                                    : term.key == "endpoint" ? names.endpoint
                                                             : names.refusal;
        return is == term.value;
    });
}

} // namespace lab::scenario
