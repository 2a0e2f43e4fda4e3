#include "live/proxy_protocol.hpp"

#include <algorithm>
#include <cstring>

namespace lab::live {
namespace {

constexpr std::string_view signature{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t fixedBytes = 16;
constexpr char versionAndProxy = 0x21;
constexpr char versionAndLocal = 0x20;
constexpr char tcpOverV4 = 0x11;
constexpr char tcpOverV6 = 0x21;
constexpr std::size_t v4Bytes = 12;
constexpr std::size_t v6Bytes = 36;

void appendBytes(std::string& out, const void* bytes, std::size_t count)
{
    out.append(static_cast<const char*>(bytes), count);
}

SocketAddress v4Address(const char* address, const char* port)
{
    SocketAddress result;
    auto& v4 = reinterpret_cast<sockaddr_in&>(result.storage);
    v4.sin_family = AF_INET;
    std::memcpy(&v4.sin_addr, address, sizeof v4.sin_addr);
    std::memcpy(&v4.sin_port, port, sizeof v4.sin_port);
    result.length = sizeof v4;
    return result;
}

SocketAddress v6Address(const char* address, const char* port)
{
    SocketAddress result;
    auto& v6 = reinterpret_cast<sockaddr_in6&>(result.storage);
    v6.sin6_family = AF_INET6;
    std::memcpy(&v6.sin6_addr, address, sizeof v6.sin6_addr);
    std::memcpy(&v6.sin6_port, port, sizeof v6.sin6_port);
    result.length = sizeof v6;
    return result;
}

/// \pre the fixed part is there
std::size_t bytesBehindFixed(std::string_view bytes)
{
    const auto high = static_cast<unsigned char>(bytes[14]);
    const auto low = static_cast<unsigned char>(bytes[15]);
    return high * 256U + low;
}

} // namespace

void appendProxyHeader(std::string& out, const ProxyHeader& header)
{
    out += signature;
    out += versionAndProxy;
    if (header.source.storage.sin6_family == AF_INET) {
        const auto& from = reinterpret_cast<const sockaddr_in&>(header.source.storage);
        const auto& to = reinterpret_cast<const sockaddr_in&>(header.destination.storage);
        out += tcpOverV4;
        out += '\0';
        out += static_cast<char>(v4Bytes);
        appendBytes(out, &from.sin_addr, sizeof from.sin_addr);
        appendBytes(out, &to.sin_addr, sizeof to.sin_addr);
        appendBytes(out, &from.sin_port, sizeof from.sin_port);
        appendBytes(out, &to.sin_port, sizeof to.sin_port);
        return;
    }
    const auto& from = reinterpret_cast<const sockaddr_in6&>(header.source.storage);
    const auto& to = reinterpret_cast<const sockaddr_in6&>(header.destination.storage);
    out += tcpOverV6;
    out += '\0';
    out += static_cast<char>(v6Bytes);
    appendBytes(out, &from.sin6_addr, sizeof from.sin6_addr);
    appendBytes(out, &to.sin6_addr, sizeof to.sin6_addr);
    appendBytes(out, &from.sin6_port, sizeof from.sin6_port);
    appendBytes(out, &to.sin6_port, sizeof to.sin6_port);
}

ProxyHeaderResult parseProxyHeader(std::string_view bytes)
{
    using State = ProxyHeaderResult::State;
    if (bytes.substr(0, signature.size()) != signature.substr(0, bytes.size())) {
        return {State::Invalid, 0, {}};
    }
    if (bytes.size() < fixedBytes) {
        return {State::Incomplete, 0, {}};
    }
    const std::size_t behind = bytesBehindFixed(bytes);
    if (fixedBytes + behind > ProxyHeader::bytesMax) {
        return {State::Invalid, 0, {}};
    }
    if (bytes.size() < fixedBytes + behind) {
        return {State::Incomplete, 0, {}};
    }
    const std::size_t whole = fixedBytes + behind;
    if (bytes[12] == versionAndLocal) {
        return {State::Complete, whole, {}};
    }
    const char* address = bytes.data() + fixedBytes;
    if (bytes[12] != versionAndProxy) {
        return {State::Invalid, 0, {}};
    }
    if (bytes[13] == tcpOverV4 && behind >= v4Bytes) {
        return {State::Complete,
                whole,
                ProxyHeader{v4Address(address, address + 8), v4Address(address + 4, address + 10)}};
    }
    if (bytes[13] == tcpOverV6 && behind >= v6Bytes) {
        return {
            State::Complete,
            whole,
            ProxyHeader{v6Address(address, address + 32), v6Address(address + 16, address + 34)}};
    }
    return {State::Invalid, 0, {}};
}

std::size_t missingProxyBytes(std::string_view bytes)
{
    const std::size_t whole =
        bytes.size() < fixedBytes ? fixedBytes : fixedBytes + bytesBehindFixed(bytes);
    return whole - bytes.size();
}

} // namespace lab::live
