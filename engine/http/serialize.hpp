#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lab::http {

/// What a door knows about the client that its pods should know too.
struct Forwarding {
    std::string_view clientAddress;
    std::string_view host;  ///< As the client sent it, with its port.
    std::uint16_t port = 80; ///< The door's public port: 80 or 443 unless told otherwise.
    bool isTls = false;
    std::string_view requestId; ///< Used where the client sent no X-Request-ID; empty: none is added.
    bool addsVia = true;        ///< RFC 9110 7.6.3; profile ingress-nginx leaves it out.
};

/// Appends the head to send to the pod: rebuilt from the parsed fields, never the client's bytes.
///
/// Own version HTTP/1.1; hop-by-hop fields and those named in Connection left out; X-Forwarded-For,
/// -Host, -Port, -Proto, X-Real-IP and Forwarded of the client replaced by ours; framing as told.
/// \param target  request target to send; `framing` Length or Chunked adds the field for it.
void appendForwardedHead(std::string& out,
                         const RequestHead& head,
                         std::string_view target,
                         const Forwarding& forwarding,
                         BodyFraming framing,
                         std::uint64_t contentLength);

/// Appends the head to send to the client: status, the pod's end-to-end fields, and our framing.
/// \param closes  adds Connection: close
void appendReturnedHead(std::string& out,
                        const ResponseHead& head,
                        BodyFraming framing,
                        bool closes);

/// Appends a complete answer of our own: plain text, with length, status phrase and fields.
/// \param extraFields  whole field lines, each ending in CRLF
void appendOwnAnswer(std::string& out,
                     std::uint16_t status,
                     std::string_view extraFields,
                     std::string_view body,
                     bool closes,
                     bool isHead = false);

/// "Not Found" for 404; "Unknown" for codes without a registered phrase. RFC 9110 15
[[nodiscard]] std::string_view reasonPhrase(std::uint16_t status);

} // namespace lab::http
