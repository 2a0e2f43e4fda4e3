#include "scenario/requests_page.hpp"

#include "measurement/access_line.hpp"
#include "report/json_text.hpp"
#include "scenario/query_string.hpp"
#include "scenario/record_filter.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <deque>
#include <map>
#include <optional>

namespace lab::scenario {
namespace {

using measurement::DoorRecord;
using measurement::RecordedHead;

struct Asked {
    std::optional<std::vector<std::uint64_t>> since; ///< By worker.
    RecordFilter filter;
    std::size_t limit = RequestsPage::limitDefault;
};

/// One record that is shown.
struct Found {
    std::size_t worker = 0;
    std::uint64_t number = 0;
    DoorRecord record;

    [[nodiscard]] Instant end() const { return record.began() + record.total(); }
};

Error wrong(const std::string& sentence)
{
    return {ErrorKind::WrongUse, sentence};
}

/// "12.40" → 12, 40
std::optional<std::vector<std::uint64_t>> readNumbers(std::string_view text)
{
    std::vector<std::uint64_t> numbers;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
        std::uint64_t number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc{}) {
            return std::nullopt;
        }
        numbers.push_back(number);
        if (read.ptr == end) {
            return numbers;
        }
        if (*read.ptr != '.') {
            return std::nullopt;
        }
        at = read.ptr + 1;
    }
}

Result<Asked> readAsked(std::string_view query, std::size_t workers)
{
    const auto parameters = readQueryString(query);
    if (!parameters) {
        return parameters.error();
    }
    Asked asked;
    for (const auto& [key, value] : *parameters) {
        if (key == "since") {
            asked.since = readNumbers(value);
            if (!asked.since || asked.since->size() != workers) {
                return wrong("since takes the \"next\" of an earlier answer");
            }
        } else if (key == "filter") {
            Result<RecordFilter> filter = RecordFilter::read(value);
            if (!filter) {
                return filter.error();
            }
            asked.filter = std::move(*filter);
        } else if (key == "limit") {
            const char* const end = value.data() + value.size();
            if (std::from_chars(value.data(), end, asked.limit).ptr != end || asked.limit == 0 ||
                asked.limit > RequestsPage::limitMax) {
                return wrong("limit takes a number from 1 to " +
                             std::to_string(RequestsPage::limitMax));
            }
        } else {
            return wrong("/requests takes since, filter and limit");
        }
    }
    return asked;
}

/// Looks through the workers' records.
class Search {
public:
    Search(const live::LiveEngine& engine, const Asked& asked)
        : engine_(engine)
        , asked_(asked)
    {
        const auto recorders = engine.recorders();
        for (std::size_t worker = 0; worker < recorders.size(); ++worker) {
            look(worker, recorders[worker]->records());
        }
        std::ranges::stable_sort(found_, {}, &Found::end);
        if (!asked.since && found_.size() > asked.limit) {
            found_.erase(found_.begin(), found_.end() - static_cast<std::ptrdiff_t>(asked.limit));
        }
    }

    [[nodiscard]] const std::deque<Found>& found() const { return found_; }
    [[nodiscard]] const std::string& next() const { return next_; }
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

private:
    void look(std::size_t worker, const measurement::RecordRing& ring)
    {
        const std::uint64_t end = ring.written();
        const std::uint64_t scanned =
            std::min<std::uint64_t>({end, ring.capacity(), RequestsPage::scannedMax});
        const std::uint64_t from =
            asked_.since ? std::min((*asked_.since)[worker], end) : end - scanned;
        measurement::RecordCursor cursor(ring, from);
        std::deque<Found> own;
        std::uint64_t looked = 0;
        while (cursor.next() < end && looked++ < RequestsPage::scannedMax &&
               !(asked_.since && own.size() == asked_.limit)) {
            for (const DoorRecord& record : cursor.take(1)) {
                const auto plan = engine_.planOf(record);
                if (asked_.filter.takes(record, RecordNames(plan.get(), record))) {
                    own.push_back({worker, cursor.next() - 1, record});
                }
            }
            if (own.size() > asked_.limit) {
                own.pop_front();
            }
        }
        found_.insert(found_.end(), own.begin(), own.end());
        next_ += (worker == 0 ? "" : ".") + std::to_string(cursor.next());
        lost_ += asked_.since ? cursor.lost() : 0;
    }

    const live::LiveEngine& engine_;
    const Asked& asked_;
    std::deque<Found> found_;
    std::string next_;
    std::uint64_t lost_ = 0;
};

/// The heads that were kept, by worker and number of their record.
std::map<std::pair<std::size_t, std::uint64_t>, RecordedHead>
keptHeads(const live::LiveEngine& engine, const std::deque<Found>& found)
{
    std::map<std::pair<std::size_t, std::uint64_t>, RecordedHead> heads;
    for (const Found& one : found) {
        if (one.record.is(DoorRecord::HasHead)) {
            heads.try_emplace({one.worker, one.number});
        }
    }
    const auto recorders = engine.recorders();
    for (std::size_t worker = 0; worker < recorders.size() && !heads.empty(); ++worker) {
        measurement::HeadCursor cursor(recorders[worker]->heads());
        while (auto head = cursor.next()) {
            const auto wanted = heads.find({worker, head->number});
            if (wanted != heads.end()) {
                wanted->second = std::move(*head);
            }
        }
    }
    return heads;
}

/// Request line and fields; null where they were not kept.
boost::json::value linesOf(const RecordedHead& head)
{
    if (head.requestLine.empty()) {
        return nullptr;
    }
    boost::json::array lines{report::toJsonString(head.requestLine)};
    std::string_view rest = head.fields;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find("\r\n"));
        lines.push_back(report::toJsonString(line));
        rest.remove_prefix(std::min(rest.size(), line.size() + 2));
    }
    return lines;
}

void appendRequest(std::string& text,
                   const Found& one,
                   const RecordedHead& head,
                   const live::LiveEngine& engine,
                   std::int64_t unixMsAtStart)
{
    const auto plan = engine.planOf(one.record);
    measurement::appendAccessJson(text, accessEntry(head, plan.get(), unixMsAtStart));
    text.pop_back(); // one field more
    text += ",\"head\":";
    text += boost::json::serialize(linesOf(head));
    text += '}';
}

} // namespace

live::AdminAnswer RequestsPage::answer(std::string_view query, const live::LiveEngine& engine)
{
    live::AdminAnswer answer;
    const Result<Asked> asked = readAsked(query, engine.recorders().size());
    if (!asked) {
        answer.status = 400;
        answer.body = asked.error().message() + '\n';
        return answer;
    }
    const Search search(engine, *asked);
    auto heads = keptHeads(engine, search.found());
    const auto wall =
        std::chrono::system_clock::now().time_since_epoch() - engine.now().sinceStart();
    const std::int64_t unixMsAtStart =
        std::chrono::duration_cast<std::chrono::milliseconds>(wall).count();
    answer.contentType = "application/json";
    answer.body = "{\"next\":\"" + search.next() + "\",\"lost\":" + std::to_string(search.lost()) +
                  ",\"requests\":[";
    const char* separator = "\n";
    for (const Found& one : search.found()) {
        RecordedHead head;
        if (const auto kept = heads.find({one.worker, one.number}); kept != heads.end()) {
            head = std::move(kept->second);
        }
        head.record = one.record;
        answer.body += separator;
        appendRequest(answer.body, one, head, engine, unixMsAtStart);
        separator = ",\n";
    }
    answer.body += "]}\n";
    return answer;
}

} // namespace lab::scenario
