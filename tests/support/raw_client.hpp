#pragma once

#include "live/live_engine.hpp"
#include "support/plan_builder.hpp"
#include "support/raw_socket.hpp"

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab::test {

/// An HTTP answer as it came over the wire.
struct RawAnswer {
    int status = 0; ///< 0: none came.
    std::string head;
    std::string body; ///< Chunked ones put together.
    bool isWhole = false;

    /// The value of the first field of that name (as the door writes it), or "".
    [[nodiscard]] std::string field(const std::string& name) const
    {
        const std::string line = "\r\n" + name + ": ";
        const std::size_t found = head.find(line);
        if (found == std::string::npos) {
            return {};
        }
        const std::size_t begin = found + line.size();
        return head.substr(begin, head.find('\r', begin) - begin);
    }
    [[nodiscard]] bool has(const std::string& text) const
    {
        return head.find(text) != std::string::npos;
    }
};

/// Reads a chunked body to its end; what is behind it stays unread.
inline bool receiveChunks(RawSocket& socket, std::string& body)
{
    while (true) {
        const std::string line = socket.receiveUntil("\r\n");
        const std::size_t size = std::strtoul(line.c_str(), nullptr, 16);
        if (line.size() < 3 || !line.ends_with("\r\n")) {
            return false;
        }
        if (size == 0) {
            std::string trailer = socket.receiveUntil("\r\n");
            while (trailer.size() > 2) {
                trailer = socket.receiveUntil("\r\n");
            }
            return trailer == "\r\n";
        }
        body += socket.receive(size);
        if (socket.receive(2) != "\r\n") {
            return false;
        }
    }
}

/// The next answer on that connection. \param isHead  of a HEAD request: no body follows
inline RawAnswer receiveAnswer(RawSocket& socket, bool isHead = false)
{
    RawAnswer answer;
    answer.head = socket.receiveUntil("\r\n\r\n");
    if (!answer.head.ends_with("\r\n\r\n") || !answer.head.starts_with("HTTP/1.1 ")) {
        return answer;
    }
    answer.status = std::atoi(answer.head.c_str() + 9);
    const bool hasBody =
        !isHead && answer.status >= 200 && answer.status != 204 && answer.status != 304;
    const std::string length = answer.field("Content-Length");
    if (!hasBody) {
        answer.isWhole = true;
    } else if (answer.field("Transfer-Encoding") == "chunked") {
        answer.isWhole = receiveChunks(socket, answer.body);
    } else if (!length.empty()) {
        answer.body = socket.receive(std::stoul(length));
        answer.isWhole = answer.body.size() == std::stoul(length);
    } else {
        answer.body = socket.receiveAll();
        answer.isWhole = socket.state() == RawSocket::State::Ended;
    }
    return answer;
}

inline RawAnswer ask(RawSocket& socket, std::string_view request)
{
    socket.send(request);
    return receiveAnswer(socket, request.starts_with("HEAD "));
}

/// "GET /path HTTP/1.1" with a Host and these further field lines.
inline std::string
get(const std::string& target, const std::string& fields = {}, const std::string& host = "shop.lab")
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
}

inline std::string okAnswer(const std::string& body, const std::string& fields = {})
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields +
           "\r\n" + body;
}

/// Waits that no test runs into unless it means to.
inline live::LiveOptions patientOptions()
{
    constexpr Duration wait = std::chrono::seconds(60);
    live::LiveOptions options;
    options.timeouts = {wait, wait, wait, wait, wait, wait, wait};
    return options;
}

/// A live engine for one plan, and clients of its doors.
struct LiveWorld {
    explicit LiveWorld(std::shared_ptr<const plan::FrontDoorPlan> planned,
                       const live::LiveOptions& options = patientOptions())
        : plan(std::move(planned))
    {
        auto started = live::LiveEngine::start({plan}, options);
        if (!started) {
            qFatal("the engine does not start: %s", started.error().message().c_str());
        }
        engine = std::move(*started);
    }

    [[nodiscard]] std::string address(DoorId door = DoorId(0), bool isTls = false) const
    {
        return engine->ready().addressOf(plan->style, door, isTls);
    }
    [[nodiscard]] RawSocket client(const std::string& source = {}) const
    {
        return connectTo(address(), source);
    }
    [[nodiscard]] live::DoorCounters counters(std::size_t door = 0) const
    {
        return engine->counters()[door];
    }
    /// Waits until no client connection is left at that door.
    [[nodiscard]] bool isLeftAlone(std::size_t door = 0) const
    {
        return eventually([&] { return counters(door).connectionsOpen == 0; });
    }

    std::shared_ptr<const plan::FrontDoorPlan> plan;
    std::unique_ptr<live::LiveEngine> engine;
};

} // namespace lab::test
