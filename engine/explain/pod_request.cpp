#include "explain/pod_request.hpp"

#include "frontdoor/forwarding.hpp"

#include <algorithm>

namespace lab::explain {
namespace {

/// Stands for what is drawn anew for every request.
constexpr std::string_view drawnId = "<32 hexadecimal digits>";

struct Line {
    std::string_view name;
    std::string_view value;
};

bool isSameName(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) {
        return lower(x) == lower(y);
    });
}

/// The field lines of a head that we wrote; the request line goes to `first`.
std::vector<Line> linesOf(std::string_view head, std::string& first)
{
    std::vector<Line> lines;
    std::size_t begin = head.find("\r\n");
    first = std::string(head.substr(0, begin));
    begin += 2;
    while (begin < head.size()) {
        const std::size_t end = head.find("\r\n", begin);
        const std::string_view line = head.substr(begin, end - begin);
        if (line.empty()) {
            break;
        }
        const std::size_t colon = line.find(": ");
        lines.push_back({line.substr(0, colon), line.substr(colon + 2)});
        begin = end + 2;
    }
    return lines;
}

PodField::Change changeOf(const Line& line, const http::RequestHead& head)
{
    bool isNamed = false;
    for (const http::Field& field : head.fields.all()) {
        if (isSameName(field.name, line.name)) {
            if (field.value == line.value) {
                return PodField::Change::Kept;
            }
            isNamed = true;
        }
    }
    return isNamed ? PodField::Change::Changed : PodField::Change::Added;
}

} // namespace

PodRequest podRequest(const frontdoor::FrontDoor& door,
                      const frontdoor::Decision& decision,
                      const frontdoor::RequestView& request,
                      const http::RequestHead& head,
                      std::uint16_t port)
{
    PodRequest made;
    made.before = std::string(head.method) + ' ' + std::string(head.target) + " HTTP/1.1";
    const std::string_view target =
        decision.target.empty() ? head.originForm : std::string_view(decision.target);
    http::Forwarding forwarding = frontdoor::forwardingOf(door, decision, request, port);
    if (forwarding.addsNginxFields) {
        forwarding.requestId = drawnId;
    }
    std::string written;
    http::appendForwardedHead(written, head, target, forwarding, head.framing, head.contentLength);
    const std::vector<Line> lines = linesOf(written, made.after);
    for (const Line& line : lines) {
        made.fields.push_back(
            {std::string(line.name), std::string(line.value), changeOf(line, head)});
    }
    for (const http::Field& field : head.fields.all()) {
        const bool isSent = std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
            return isSameName(line.name, field.name);
        });
        if (!isSent) {
            made.fields.push_back(
                {std::string(field.name), std::string(field.value), PodField::Change::Dropped});
        }
    }
    return made;
}

} // namespace lab::explain
