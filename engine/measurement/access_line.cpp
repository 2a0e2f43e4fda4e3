#include "measurement/access_line.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace lab::measurement {
namespace {

constexpr std::string_view upperHex = "0123456789ABCDEF";
constexpr std::int64_t msPerSecond = 1000;

/// A moment's parts in UTC.
struct CalendarTime {
    explicit CalendarTime(std::int64_t unixMs)
        : sinceEpoch(std::chrono::milliseconds(unixMs))
        , day(std::chrono::floor<std::chrono::days>(sinceEpoch))
        , date(day)
        , time(sinceEpoch - day)
    {
    }

    std::chrono::sys_time<std::chrono::milliseconds> sinceEpoch;
    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

template <typename... Values>
void appendf(std::string& line, const char* format, Values... values)
{
    std::array<char, 128> text{};
    const int length = std::snprintf(text.data(), text.size(), format, values...);
    line.append(text.data(), static_cast<std::size_t>(length));
}

/// "25/Nov/2026:06:36:46 +0000"
void appendNginxTime(std::string& line, std::int64_t unixMs)
{
    static constexpr std::array<const char*, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const CalendarTime at(unixMs);
    appendf(line,
            "%02u/%s/%04d:%02d:%02d:%02d +0000",
            unsigned{at.date.day()},
            months[unsigned{at.date.month()} - 1],
            int{at.date.year()},
            static_cast<int>(at.time.hours().count()),
            static_cast<int>(at.time.minutes().count()),
            static_cast<int>(at.time.seconds().count()));
}

/// "2026-11-25T06:36:46.123Z"
void appendIsoTime(std::string& line, std::int64_t unixMs)
{
    const CalendarTime at(unixMs);
    appendf(line,
            "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
            int{at.date.year()},
            unsigned{at.date.month()},
            unsigned{at.date.day()},
            static_cast<int>(at.time.hours().count()),
            static_cast<int>(at.time.minutes().count()),
            static_cast<int>(at.time.seconds().count()),
            static_cast<int>(at.time.subseconds().count()));
}

/// nginx's: seconds with milliseconds.
void appendSeconds(std::string& line, Duration duration)
{
    const auto ms = std::chrono::round<std::chrono::milliseconds>(duration).count();
    appendf(line,
            "%lld.%03d",
            static_cast<long long>(ms / msPerSecond),
            static_cast<int>(ms % msPerSecond));
}

void appendMs(std::string& line, Duration duration)
{
    const auto us = std::chrono::round<std::chrono::microseconds>(duration).count();
    appendf(line,
            "%lld.%03d",
            static_cast<long long>(us / msPerSecond),
            static_cast<int>(us % msPerSecond));
}

/// 499 is nginx's word for a client that went before there was an answer.
unsigned statusOf(const DoorRecord& record)
{
    constexpr unsigned clientClosed = 499;
    return record.status == 0 ? clientClosed : record.status;
}

/// From the request's way to the pod to the answer's end.
Duration upstreamTime(const DoorRecord& record)
{
    return record.total() - record.head() - record.beforePod();
}

void appendJsonText(std::string& line, std::string_view text)
{
    line += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            line += '\\';
            line += c;
        } else if (byte < 0x20 || byte >= 0x7f) {
            appendf(line, "\\u%04x", unsigned{byte});
        } else {
            line += c;
        }
    }
    line += '"';
}

void appendJsonField(std::string& line, std::string_view name, std::string_view text)
{
    line.append(",\"").append(name).append("\":");
    if (text.empty()) {
        line += "null";
    } else {
        appendJsonText(line, text);
    }
}

void appendJsonNumber(std::string& line, std::string_view name, std::uint64_t number)
{
    line.append(",\"").append(name).append("\":").append(std::to_string(number));
}

void appendJsonMs(std::string& line, std::string_view name, Duration duration)
{
    line.append(",\"").append(name).append("\":");
    appendMs(line, duration);
}

} // namespace

std::string_view kindOf(const DoorRecord& record)
{
    return record.is(DoorRecord::Connection) ? "connection"
           : record.is(DoorRecord::Tunnel)   ? "tunnel"
                                             : "request";
}

std::string_view endOf(const DoorRecord& record)
{
    const bool isRefused = record.is(DoorRecord::Connection) && record.status != 200;
    return record.is(DoorRecord::Cut)          ? "cut"
           : record.is(DoorRecord::WentIdle)   ? "idle"
           : record.is(DoorRecord::ClientGone) ? "client-gone"
           : record.is(DoorRecord::PodBroke)   ? "pod-broke"
           : isRefused                         ? "refused"
                                               : "finished";
}

void appendNginxEscaped(std::string& line, std::string_view text)
{
    if (text.empty()) {
        line += '-';
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\' || byte < 0x20 || byte >= 0x7f) {
            line += "\\x";
            line += upperHex[byte >> 4U];
            line += upperHex[byte & 0xfU];
        } else {
            line += c;
        }
    }
}

void appendCombined(std::string& line, const AccessEntry& entry)
{
    const DoorRecord& record = entry.head.record;
    appendNginxEscaped(line, entry.head.client);
    line += " - - [";
    appendNginxTime(line, entry.unixMs);
    line += "] \"";
    appendNginxEscaped(line, entry.head.requestLine);
    appendf(line,
            "\" %u %llu \"",
            statusOf(record),
            static_cast<unsigned long long>(record.bodyBytesOut()));
    appendNginxEscaped(line, entry.head.field("Referer"));
    line += "\" \"";
    appendNginxEscaped(line, entry.head.field("User-Agent"));
    line += '"';
}

void appendUpstreamFields(std::string& line, const AccessEntry& entry)
{
    const DoorRecord& record = entry.head.record;
    line += ' ' + std::to_string(record.bytesIn) + ' ';
    appendSeconds(line, record.total());
    line += " [";
    if (!entry.service.empty()) {
        line.append(entry.nameSpace).append("-").append(entry.service);
        line += '-' + std::to_string(entry.servicePort);
    }
    line += "] [] ";
    const bool isAnsweredByPod = !entry.endpoint.empty() && !record.is(DoorRecord::MadeHere);
    line.append(entry.endpoint.empty() ? "-" : entry.endpoint);
    if (isAnsweredByPod) {
        line += ' ' + std::to_string(record.bodyBytesOut()) + ' ';
        appendSeconds(line, upstreamTime(record));
        line += ' ' + std::to_string(statusOf(record)) + ' ';
    } else {
        line += " - - - ";
    }
    appendNginxEscaped(line, entry.head.field("X-Request-ID"));
}

void appendStreamLine(std::string& line, const AccessEntry& entry)
{
    const DoorRecord& record = entry.head.record;
    const auto out = static_cast<unsigned long long>(record.bodyBytesOut());
    appendNginxEscaped(line, entry.head.client);
    line += " [";
    appendNginxTime(line, entry.unixMs);
    appendf(line, "] TCP %u %llu %u ", statusOf(record), out, record.bytesIn);
    appendSeconds(line, record.total());
    line += " \"";
    appendNginxEscaped(line, entry.endpoint);
    if (record.status == 200) {
        appendf(line, "\" \"%u\" \"%llu\" \"", record.bytesIn, out);
        appendSeconds(line, record.beforePod());
    } else {
        line += "\" \"-\" \"-\" \"-";
    }
    line += '"';
}

void appendAccessJson(std::string& line, const AccessEntry& entry)
{
    const RecordedHead& head = entry.head;
    const DoorRecord& record = head.record;
    line += "{\"time\":\"";
    appendIsoTime(line, entry.unixMs);
    line += '"';
    appendJsonField(line, "kind", kindOf(record));
    appendJsonField(line, "style", entry.style);
    appendJsonField(line, "door", entry.door);
    appendJsonField(line, "client", head.client);
    appendJsonField(line, "host", head.field("Host"));
    const bool isConnection = record.is(DoorRecord::Connection);
    appendJsonField(line, "method", isConnection ? "" : methodText(record.routeAndMethod.small()));
    appendJsonField(line, "request", head.requestLine);
    appendJsonNumber(line, "status", statusOf(record));
    appendJsonField(line, "refusal", entry.refusal);
    appendJsonField(line, "end", endOf(record));
    appendJsonField(line, "route", entry.route);
    std::string service(entry.nameSpace);
    service.append(entry.service.empty() ? "" : "/").append(entry.service);
    appendJsonField(line, "service", service);
    appendJsonField(line, "endpoint", entry.endpoint);
    appendJsonNumber(line, "failedTries", record.upstreamAndTries.small());
    appendJsonNumber(line, "bytesIn", record.bytesIn);
    appendJsonNumber(line, "headBytesOut", record.headBytesOut());
    appendJsonNumber(line, "bodyBytesOut", record.bodyBytesOut());
    appendJsonMs(line, "headMs", record.head());
    appendJsonMs(line, "beforePodMs", record.beforePod());
    appendJsonMs(line, "upstreamMs", record.upstreamWait());
    appendJsonMs(line, "totalMs", record.total());
    line.append(",\"tls\":").append(record.is(DoorRecord::Tls) ? "true" : "false");
    appendJsonField(line, "referer", head.field("Referer"));
    appendJsonField(line, "userAgent", head.field("User-Agent"));
    appendJsonField(line, "requestId", head.field("X-Request-ID"));
    line += '}';
}

} // namespace lab::measurement
