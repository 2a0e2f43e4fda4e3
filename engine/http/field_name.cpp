#include "http/message.hpp"

#include <cstring>
#include <type_traits>

namespace lab::http {
namespace {

template <typename Word>
Word load(const char* from)
{
    Word word = 0;
    std::memcpy(&word, from, sizeof(Word));
    return word;
}

/// Do the bits of `name` differ from those of `lower`, but for case?  In steps of a word, the last
/// one overlapping: no partial words, which would be slow to put together.
template <typename Word>
bool differ(const char* name, const char* lower, std::size_t length)
{
    const std::uint64_t caseBits = load<Word>("        "); // bit 0x20 of each byte
    const std::size_t tail = length - sizeof(Word);
    std::uint64_t difference = (load<Word>(name + tail) | caseBits) ^ load<Word>(lower + tail);
    for (std::size_t at = 0; at < tail; at += sizeof(Word)) {
        difference |= (load<Word>(name + at) | caseBits) ^ load<Word>(lower + at);
    }
    return difference != 0;
}

/// Is `name`, a token as long as `lower`, the same but for case?  Setting bit 0x20 makes letters
/// lower case and leaves digits and '-' alone; what it maps onto them besides is no token byte.
template <std::size_t size>
bool is(std::string_view name, const char (&lower)[size])
{
    constexpr std::size_t length = size - 1;
    using Word =
        std::conditional_t<(length >= 8),
                           std::uint64_t,
                           std::conditional_t<(length >= 4), std::uint32_t, std::uint16_t>>;
    return !differ<Word>(name.data(), lower, length);
}

FieldName shortName(std::string_view name)
{
    switch (name.size()) {
    case 2:
        return is(name, "te") ? FieldName::Te : FieldName::Other;
    case 3:
        return is(name, "via") ? FieldName::Via : FieldName::Other;
    case 4:
        return is(name, "host")   ? FieldName::Host
               : is(name, "date") ? FieldName::Date
                                  : FieldName::Other;
    case 5:
        return is(name, "proxy") ? FieldName::Proxy : FieldName::Other;
    case 6:
        return is(name, "server")   ? FieldName::Server
               : is(name, "expect") ? FieldName::Expect
                                    : FieldName::Other;
    case 7:
        return is(name, "upgrade")   ? FieldName::Upgrade
               : is(name, "trailer") ? FieldName::Trailer
                                     : FieldName::Other;
    case 8:
        return is(name, "location")   ? FieldName::Location
               : is(name, "x-scheme") ? FieldName::XScheme
                                      : FieldName::Other;
    case 9:
        return is(name, "x-real-ip")   ? FieldName::XRealIp
               : is(name, "forwarded") ? FieldName::Forwarded
                                       : FieldName::Other;
    default:
        return FieldName::Other;
    }
}

FieldName middleName(std::string_view name)
{
    switch (name.size()) {
    case 10:
        return is(name, "connection")   ? FieldName::Connection
               : is(name, "keep-alive") ? FieldName::KeepAlive
                                        : FieldName::Other;
    case 11:
        return is(name, "retry-after") ? FieldName::RetryAfter : FieldName::Other;
    case 12:
        return is(name, "x-request-id")   ? FieldName::XRequestId
               : is(name, "max-forwards") ? FieldName::MaxForwards
                                          : FieldName::Other;
    case 13:
        return is(name, "authorization")   ? FieldName::Authorization
               : is(name, "x-lab-explain") ? FieldName::XLabExplain
                                           : FieldName::Other;
    case 14:
        return is(name, "content-length")   ? FieldName::ContentLength
               : is(name, "http2-settings") ? FieldName::Http2Settings
                                            : FieldName::Other;
    case 15:
        return is(name, "x-forwarded-for") ? FieldName::XForwardedFor : FieldName::Other;
    default:
        return FieldName::Other;
    }
}

FieldName longName(std::string_view name)
{
    switch (name.size()) {
    case 16:
        return is(name, "x-forwarded-host")   ? FieldName::XForwardedHost
               : is(name, "x-forwarded-port") ? FieldName::XForwardedPort
               : is(name, "proxy-connection") ? FieldName::ProxyConnection
                                              : FieldName::Other;
    case 17:
        return is(name, "transfer-encoding")   ? FieldName::TransferEncoding
               : is(name, "x-forwarded-proto") ? FieldName::XForwardedProto
                                               : FieldName::Other;
    case 18:
        return is(name, "x-forwarded-scheme")   ? FieldName::XForwardedScheme
               : is(name, "proxy-authenticate") ? FieldName::ProxyAuthenticate
                                                : FieldName::Other;
    case 19:
        return is(name, "proxy-authorization") ? FieldName::ProxyAuthorization : FieldName::Other;
    case 24:
        return is(name, "x-original-forwarded-for") ? FieldName::XOriginalForwardedFor
                                                    : FieldName::Other;
    case 25:
        return is(name, "x-original-forwarded-host") ? FieldName::XOriginalForwardedHost
                                                     : FieldName::Other;
    default:
        return FieldName::Other;
    }
}

} // namespace

FieldName knownFieldName(std::string_view name)
{
    if (name.size() < 10) {
        return shortName(name);
    }
    return name.size() < 16 ? middleName(name) : longName(name);
}

bool isHopByHopName(FieldName name)
{
    switch (name) {
    case FieldName::Connection:
    case FieldName::Http2Settings:
    case FieldName::KeepAlive:
    case FieldName::Proxy:
    case FieldName::ProxyAuthenticate:
    case FieldName::ProxyAuthorization:
    case FieldName::ProxyConnection:
    case FieldName::Te:
    case FieldName::Trailer:
    case FieldName::TransferEncoding:
    case FieldName::Upgrade:
        return true;
    default:
        return false;
    }
}

} // namespace lab::http
