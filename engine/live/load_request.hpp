#pragma once

#include "workload/traffic.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lab::live {

struct LoadDestination;

/// Unique for a request within a run; the same arrival has the same one, but for the style, in
/// every run of that seed: so that logs of doors can be laid beside each other.
class LoadRequestId {
public:
    LoadRequestId(std::uint64_t run, std::size_t style, std::size_t arrival);

    /// 32 hexadecimal digits, as ingress-nginx makes them.
    [[nodiscard]] std::string_view text() const { return {line_.data(), digits}; }
    /// The same with what ends the head behind it: CRLF CRLF.
    [[nodiscard]] std::string_view endOfHead() const { return {line_.data(), line_.size()}; }

private:
    static constexpr std::size_t digits = 32;
    std::array<char, digits + 4> line_;
};

/// What is sent for one mix entry: written once, sent many times, only the id changes.
struct LoadRequest {
    /// Bodies up to this size go out together with the head; larger ones while the answer is
    /// already awaited, since a door may refuse them half-way.
    static constexpr std::uint64_t inlineBodyBytesMax = std::uint64_t{16} * 1024;

    std::string method;
    std::string headStart; ///< All of the head up to the value of X-Request-ID.
    std::uint64_t bodyBytes = 0;

    LoadRequest(const workload::MixEntry& entry, const LoadDestination& destination);

    [[nodiscard]] bool hasInlineBody() const { return bodyBytes <= inlineBodyBytesMax; }
    [[nodiscard]] std::uint64_t size() const;
};

/// The next piece of a body of which that much is left: the letter x, over and over.
[[nodiscard]] std::string_view bodyPiece(std::uint64_t bytesLeft);

} // namespace lab::live
