#include "base/check.hpp"
#include "http/chunked_decoder.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using lab::http::ChunkedDecoder;

namespace {

struct Decoded {
    ChunkedDecoder::State state = ChunkedDecoder::State::More;
    std::size_t consumed = 0;
    std::string data;
    std::string trailers;
};

/// Feeds the bytes in pieces of that size, as a slow network would.
Decoded decode(std::string_view bytes, std::size_t pieceSize)
{
    ChunkedDecoder decoder;
    Decoded decoded;
    while (!bytes.empty() && decoded.state == ChunkedDecoder::State::More) {
        std::string_view piece = bytes.substr(0, pieceSize);
        bytes.remove_prefix(piece.size());
        while (!piece.empty() && decoded.state == ChunkedDecoder::State::More) {
            const ChunkedDecoder::Step step = decoder.feed(piece);
            lab::check(step.consumed <= piece.size(), "no more is consumed than was given");
            lab::check(step.consumed > 0 || step.state != ChunkedDecoder::State::More,
                       "a decoder that wants more has taken something");
            decoded.state = step.state;
            decoded.consumed += step.consumed;
            decoded.data += step.data;
            piece.remove_prefix(step.consumed);
        }
    }
    decoded.trailers = decoder.trailers();
    return decoded;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Decoded whole = decode(bytes, std::max<std::size_t>(size, 1));
    for (const std::size_t pieceSize : {1U, 2U, 7U}) {
        const Decoded pieces = decode(bytes, pieceSize);
        lab::check(pieces.state == whole.state, "pieces do not change the verdict");
        lab::check(pieces.data == whole.data || whole.state == ChunkedDecoder::State::Invalid,
                   "pieces do not change the data");
        lab::check(pieces.consumed == whole.consumed ||
                       whole.state == ChunkedDecoder::State::Invalid,
                   "pieces do not change where the next message begins");
        lab::check(pieces.trailers == whole.trailers ||
                       whole.state == ChunkedDecoder::State::Invalid,
                   "pieces do not change the trailers");
    }
    return 0;
}
