#include "base/check.hpp"
#include "live/body_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace lab::live;
using lab::http::BodyFraming;

namespace {

constexpr std::string_view before = "head"; ///< Stands in the buffer before the body.
constexpr std::size_t bytesMax = 32 * 1024; ///< Always fits.

struct Body {
    BodyFraming framing = BodyFraming::Chunked;
    std::uint64_t length = 0;
    std::string_view bytes;
    std::size_t pieceBytes = 1; ///< Comes in pieces of that size.
    std::size_t gatherBytesMax = 0;
};

/// What a reader made of it.
struct Read {
    BodyReader::Piece::State state = BodyReader::Piece::State::NeedMore;
    std::string data;
    std::string trailers;
    std::string rest; ///< Behind the body.
};

/// Puts the next piece into the reader. \return false if there is none
bool receive(BodyReader& reader, std::string_view& bytes, std::size_t pieceBytes)
{
    const std::string_view piece = bytes.substr(0, pieceBytes);
    std::size_t done = 0;
    while (done < piece.size()) {
        const auto space = reader.space();
        lab::check(!space.empty(), "there is room for more of a body");
        const std::size_t count = std::min(space.size(), piece.size() - done);
        std::copy_n(piece.data() + done, count, space.data());
        reader.received(count);
        done += count;
        if (count < piece.size() - done) {
            break; // the rest comes with the next piece
        }
    }
    bytes.remove_prefix(done);
    return done > 0;
}

void fill(Buffer& buffer)
{
    std::copy(before.begin(), before.end(), buffer.free().begin());
    buffer.received(before.size());
}

/// The buffer's body, taken piece by piece; gathered first if that is asked for.
Read read(const Body& body, bool gathers)
{
    Buffer buffer;
    fill(buffer);
    BodyReader reader(body.framing, body.length, buffer, before.size());
    std::string_view bytes = body.bytes;
    Read read;
    auto gathering = BodyReader::Gathering::NeedMore;
    while (gathers && gathering == BodyReader::Gathering::NeedMore) {
        gathering = reader.gather(body.gatherBytesMax);
        if (gathering == BodyReader::Gathering::NeedMore &&
            !receive(reader, bytes, body.pieceBytes)) {
            return read;
        }
    }
    if (gathering == BodyReader::Gathering::Invalid) {
        read.state = BodyReader::Piece::State::Invalid;
        return read;
    }
    bool goesOn = true;
    while (goesOn) {
        const BodyReader::Piece piece = reader.take();
        read.state = piece.state;
        read.data += piece.data;
        goesOn = piece.state == BodyReader::Piece::State::Data ||
                 (piece.state == BodyReader::Piece::State::NeedMore &&
                  receive(reader, bytes, body.pieceBytes));
    }
    lab::check(buffer.filled().starts_with(before), "the head stays where it is");
    if (read.state == BodyReader::Piece::State::Done) {
        read.trailers = reader.trailers();
        read.rest = std::string(buffer.filled().substr(reader.endOffset())) + std::string(bytes);
    }
    return read;
}

} // namespace

/// A body is the same however it comes in and whether it is kept or passed on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t control = 4;
    if (size < control) {
        return 0;
    }
    Body body;
    body.framing = (data[0] & 1U) != 0 ? BodyFraming::Length : BodyFraming::Chunked;
    body.length = data[1];
    body.pieceBytes = 1U + data[2];
    body.gatherBytesMax = 16U * data[3];
    body.bytes = {reinterpret_cast<const char*>(data) + control,
                  std::min(size - control, bytesMax)};
    const Read streamed = read(body, false);
    body.pieceBytes = 1;
    for (const Read& other : {read(body, false), read(body, true)}) {
        lab::check(other.state == streamed.state, "it ends the same way");
        if (streamed.state == BodyReader::Piece::State::Done) {
            lab::check(other.data == streamed.data, "its bytes are the same");
            lab::check(other.trailers == streamed.trailers, "its trailers are the same");
            lab::check(other.rest == streamed.rest, "the next message begins at the same byte");
        }
    }
    return 0;
}
