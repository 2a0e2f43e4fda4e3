#include "base/check.hpp"
#include "live/proxy_protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace lab::live;
using State = ProxyHeaderResult::State;

/// A header is found where it ends and nowhere else, and nobody is led to read past it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const ProxyHeaderResult whole = parseProxyHeader(bytes);
    const bool isComplete = whole.state == State::Complete;
    lab::check(!isComplete || (whole.bytes <= size && whole.bytes <= ProxyHeader::bytesMax),
               "a header lies in what came, and is bounded");
    const std::size_t end = isComplete ? whole.bytes : size;
    for (std::size_t cut = 0; cut < end && cut < ProxyHeader::bytesMax; ++cut) {
        const std::string_view part = bytes.substr(0, cut);
        const ProxyHeaderResult result = parseProxyHeader(part);
        lab::check(result.state != State::Complete, "no part of a header is one");
        if (result.state == State::Invalid) {
            lab::check(whole.state == State::Invalid, "what is refused is not mended by more");
            break;
        }
        const std::size_t missing = missingProxyBytes(part);
        lab::check(missing > 0, "something is missing");
        lab::check(cut + missing <= ProxyHeader::bytesMax, "no more is read than a header takes");
        lab::check(!isComplete || cut + missing <= whole.bytes, "nothing behind it is read");
    }
    if (whole.header) {
        std::string again;
        appendProxyHeader(again, *whole.header);
        const ProxyHeaderResult result = parseProxyHeader(again);
        lab::check(result.state == State::Complete && result.bytes == again.size(),
                   "what was read can be passed on");
        lab::check(result.header->source.text() == whole.header->source.text() &&
                       result.header->destination.text() == whole.header->destination.text(),
                   "the addresses are what they were");
    }
    return 0;
}
