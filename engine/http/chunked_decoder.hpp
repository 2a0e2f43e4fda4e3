#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lab::http {

/// Reads a chunked body piece by piece (RFC 9112 7.1).  Strict: CRLF only, no signs, no overflow.
///
/// Feed it what arrived; it says how many bytes it took and which of them are data. Bounded:
/// chunk extensions and trailers have limits. Trailers are held to the grammar of field lines.
/// Pure, no allocation but the kept trailers.
class ChunkedDecoder {
public:
    static constexpr std::size_t extensionBytesMax = 4096; ///< In one chunk's size line.
    static constexpr std::size_t trailerBytesMax = 16 * 1024;
    static constexpr std::size_t sizeDigitsMax = 32; ///< Leading zeros included.
    static constexpr std::uint64_t chunkBytesMax = std::uint64_t{1} << 56U;

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

    /// With Invalid: what was broken, with its section. Else "".
    [[nodiscard]] const char* brokenRule() const { return brokenRule_; }

private:
    enum class Expecting {
        Size,
        BlankOrExtension, ///< After blanks behind the size: only ';' may follow.
        ExtensionNameStart,
        ExtensionName,
        ExtensionNameEnd,
        ExtensionValueStart,
        ExtensionToken,
        ExtensionQuoted,
        ExtensionEscape,
        ExtensionValueEnd, ///< After the closing quote.
        ExtensionEnd,      ///< After blanks behind a value: only ';' may follow.
        SizeLf,
        Data,
        DataCr,
        DataLf,
        Trailer,
        Done,
        Invalid,
    };

    void take(char byte);
    void takeSize(char byte);
    void takeExtension(char byte);
    void takeExtensionName(char byte);
    void takeExtensionValue(char byte);
    void takeTrailer(char byte);
    void endChunkHead();
    void expectOnly(char expected, char byte, Expecting next, const char* rule);
    void refuse(const char* rule);

    Expecting expecting_ = Expecting::Size;
    std::uint64_t remaining_ = 0; ///< Of this chunk.
    std::size_t sizeDigits_ = 0;
    std::size_t extensionBytes_ = 0;
    std::size_t lineStart_ = 0; ///< Of the last line in trailers_.
    std::string trailers_;
    const char* brokenRule_ = "";
};

} // namespace lab::http
