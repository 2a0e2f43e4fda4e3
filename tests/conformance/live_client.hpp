#pragma once

#include "conformance/exchange.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lab::conformance {

/// An answer as it came over the wire.
struct LiveAnswer {
    int status = 0;
    Fields headers;
    std::string body;
    bool isKeptAlive = false; ///< The connection may carry another request.
};

/// Where a client connects, from where, and how.
struct LiveTarget {
    std::string address;  ///< "127.0.0.1:40001"
    std::string clientIp; ///< The loopback address that the socket is bound to.
    bool isTls = false;
    std::string sni; ///< Empty: no server name is sent.
};

/// One blocking HTTP/1.1 connection, written for the suites alone and sharing nothing with the
/// engine's own reader and writer. Every wait ends at the deadline. Use it on one thread.
class LiveClient {
public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::size_t answerBytesMax = std::size_t{8} << 20U;

    /// Connects and shakes hands. \return none if the other side refused or did not answer in time
    [[nodiscard]] static std::unique_ptr<LiveClient> connect(const LiveTarget& target,
                                                             Clock::time_point deadline);
    ~LiveClient();
    LiveClient(const LiveClient&) = delete;
    LiveClient& operator=(const LiveClient&) = delete;

    /// Sends the head byte for byte, then so many bytes of body, and reads the answer; stops
    /// sending when the answer comes first. \return none without a complete head of an answer
    [[nodiscard]] std::optional<LiveAnswer> exchange(const std::string& head,
                                                     std::uint64_t bodyBytes,
                                                     bool isChunked,
                                                     Clock::time_point deadline);

    /// The leaf certificate that the server presented, DER; empty without TLS.
    [[nodiscard]] std::string presentedDer() const;

private:
    struct Tls;
    enum class Wait { Readable, Writable, Either };
    enum class Step { Done, Again, Over };

    LiveClient(int fd, Clock::time_point deadline);

    bool shakeHands(const std::string& sni);
    [[nodiscard]] bool waitFor(Wait wait) const;
    Step readSome();
    Step writeSome(std::string_view bytes, std::size_t& written);
    /// \return false when the connection broke or the deadline passed before everything was sent
    bool sendAll(std::string_view bytes);
    bool sendBody(std::uint64_t bytes, bool isChunked);
    bool readMore();
    [[nodiscard]] bool hasFinalHead() const;
    std::optional<LiveAnswer> receive(bool hasNoBody);
    bool takeHead(LiveAnswer& answer);
    bool takeBody(LiveAnswer& answer);
    bool takeChunks(std::string& body);

    int fd_;
    Clock::time_point deadline_;
    std::unique_ptr<Tls> tls_;
    std::string received_;
    bool isEnded_ = false; ///< The server closed its side.
};

} // namespace lab::conformance
