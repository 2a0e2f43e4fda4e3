#pragma once

#include "base/instant.hpp"
#include "limiting/token_bucket.hpp"

#include <cstddef>
#include <cstdint>

namespace lab::live {

/// Is this HTTP/2 peer at work, or does it only make work?  Counts what frames of one connection
/// cost and what they bring.
///
/// Against streams opened and reset at once (CVE-2023-44487), endless header blocks
/// (CVE-2024-28182 and its kin), and floods of PING, SETTINGS, PRIORITY, WINDOW_UPDATE or empty
/// frames (CVE-2019-9511 to 9518). Pure: the caller brings the time.
class Http2Guard {
public:
    static constexpr std::size_t continuationsMax = 8;         ///< In one header block.
    static constexpr std::size_t blockBytesMax = 64 * 1024;    ///< Compressed.
    static constexpr std::size_t listBytesMax = 4 * 64 * 1024; ///< Unpacked, before it is cut off.
    /// Bytes of frames that carry nothing may be so many times those of the others, both ways…
    static constexpr std::uint64_t overheadFactor = 8;
    static constexpr std::uint64_t overheadBytesMax = 256 * 1024; ///< …and so many besides.
    static constexpr limiting::BucketPolicy resets{33.0, 1000.0}; ///< By the peer.

    /// A frame begins. \param carries  HEADERS, CONTINUATION, DATA: its payload is a message's
    /// \return false: enough
    [[nodiscard]] bool frameBegins(bool carries, std::size_t payloadBytes);
    /// A HEADERS frame begins a block, CONTINUATION goes on with it.
    [[nodiscard]] bool blockBegins(std::size_t bytes);
    [[nodiscard]] bool blockGoesOn(std::size_t bytes);
    void sent(std::size_t payloadBytes) { carried_ += payloadBytes; }
    /// The peer has reset a stream.
    [[nodiscard]] bool wasReset(Instant now);

private:
    static constexpr std::size_t frameHeadBytes = 9;
    std::uint64_t carried_ = 0;
    std::uint64_t overhead_ = 0;
    std::size_t blockBytes_ = 0;
    std::size_t continuations_ = 0;
    limiting::TokenBucket resets_{resets};
};

} // namespace lab::live
