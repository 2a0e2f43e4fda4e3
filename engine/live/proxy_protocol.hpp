#pragma once

#include "live/socket_address.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lab::live {

/// The PROXY protocol, version 2: a tcp door tells a controller who its client is.
///
/// Binary header in front of the connection's bytes.
/// https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt
struct ProxyHeader {
    static constexpr std::size_t bytesMax =
        536; ///< Fixed part and the largest one we accept behind it.

    SocketAddress source;
    SocketAddress destination;
};

/// Appends a header for a TCP connection. \pre both addresses are of one family
void appendProxyHeader(std::string& out, const ProxyHeader& header);

/// How reading a header came out.
struct ProxyHeaderResult {
    enum class State { Complete, Incomplete, Invalid };
    State state = State::Incomplete;
    std::size_t bytes = 0;             ///< With Complete: length of the header.
    std::optional<ProxyHeader> header; ///< None with Complete: LOCAL, the sender speaks for itself.
};

/// Reads a header at the start of `bytes`; longer than ProxyHeader::bytesMax is Invalid.
[[nodiscard]] ProxyHeaderResult parseProxyHeader(std::string_view bytes);

/// How many more bytes to read after these so as not to read past the header. \pre Incomplete
[[nodiscard]] std::size_t missingProxyBytes(std::string_view bytes);

} // namespace lab::live
