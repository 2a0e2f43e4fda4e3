#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lab::http {

/// Reads a chunked body piece by piece (RFC 9112 7.1).  Strict: CRLF only, no signs, no overflow.
///
/// Feed it what arrived; it says how many bytes it took and which of them are data. Bounded:
/// chunk extensions and trailers have limits. Pure, no allocation but the kept trailers.
class ChunkedDecoder {
public:
    static constexpr std::size_t extensionBytesMax = 4096; ///< In one chunk's size line.
    static constexpr std::size_t trailerBytesMax = 16 * 1024;

    enum class State { More, Done, Invalid };

    struct Step {
        State state = State::More;
        std::size_t consumed = 0; ///< Bytes of the input that are dealt with.
        std::string_view data;    ///< Decoded data among them: a view into the input; may be empty.
    };

    /// Takes the next piece. Stops at the end of one run of data, so call again while
    /// `consumed` < size and the state is More. After Done the rest belongs to the next message.
    [[nodiscard]] Step feed(std::string_view bytes);

    /// With Done: the trailer section's field lines, each ending in CRLF; without the empty line.
    [[nodiscard]] const std::string& trailers() const { return trailers_; }

private:
    enum class Expecting { Size, Extension, SizeLf, Data, DataCr, DataLf, Trailer, Done, Invalid };

    Expecting expecting_ = Expecting::Size;
    std::uint64_t remaining_ = 0;
    std::size_t sizeDigits_ = 0;
    std::size_t extensionBytes_ = 0;
    std::string trailers_;
};

} // namespace lab::http
