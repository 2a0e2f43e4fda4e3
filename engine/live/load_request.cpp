#include "live/load_request.hpp"

#include "live/load_run.hpp"

#include <algorithm>

namespace lab::live {

namespace {

constexpr std::size_t pieceBytesMax = std::size_t{64} * 1024;

void writeHex(char* out, std::uint64_t number)
{
    constexpr std::string_view hex = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) {
        *out++ = hex[(number >> static_cast<unsigned>(shift)) & 0xfU];
    }
}

/// A body of no bytes is announced where one is expected. RFC 9110 8.6
bool announcesLength(const workload::MixEntry& entry)
{
    return entry.bodyBytes > 0 || entry.method == "POST" || entry.method == "PUT" ||
           entry.method == "PATCH";
}

} // namespace

LoadRequestId::LoadRequestId(std::uint64_t run, std::size_t style, std::size_t arrival)
    : line_()
{
    constexpr unsigned styleShift = 56;
    writeHex(line_.data(), run);
    writeHex(line_.data() + digits / 2, std::uint64_t{style} << styleShift | arrival);
    std::copy_n("\r\n\r\n", 4, line_.data() + digits);
}

LoadRequest::LoadRequest(const workload::MixEntry& entry, const LoadDestination& destination)
    : method(entry.method)
    , headStart(entry.method + ' ' + destination.target + " HTTP/1.1\r\nHost: " + destination.host +
                "\r\nUser-Agent: ingresslab-load\r\nAccept: */*\r\n")
    , bodyBytes(entry.bodyBytes)
{
    if (announcesLength(entry)) {
        headStart += "Content-Length: " + std::to_string(bodyBytes) + "\r\n";
    }
    headStart += "X-Request-ID: ";
}

std::uint64_t LoadRequest::size() const
{
    return headStart.size() + LoadRequestId(0, 0, 0).endOfHead().size() + bodyBytes;
}

std::string_view bodyPiece(std::uint64_t bytesLeft)
{
    static const std::string letters(pieceBytesMax, 'x');
    return std::string_view(letters).substr(
        0, static_cast<std::size_t>(std::min<std::uint64_t>(bytesLeft, pieceBytesMax)));
}

} // namespace lab::live
