#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lab::http {

/// What a door knows about the client that its pods should know too, and how it tells them.
///
/// The defaults are profile spec's: the client's X-Forwarded-*, X-Real-IP, X-Scheme and Forwarded
/// are dropped (anyone can write them), and X-Forwarded-For, -Host, -Port and -Proto sent anew.
struct Forwarding {
    std::string_view clientAddress;
    std::string_view host;   ///< Host field to send: as the client sent it, with its port.
    std::uint16_t port = 80; ///< The door's public port: 80 or 443 unless told otherwise.
    bool isTls = false;
    std::string_view
        requestId;       ///< Used where the client sent no X-Request-ID; empty: none is added.
    bool addsVia = true; ///< RFC 9110 7.6.3; profile ingress-nginx leaves it out.

    std::string_view
        forwardedHost; ///< X-Forwarded-Host; empty: `host` (they differ: upstream-vhost).
    std::string_view forwardedProto; ///< Of a trusted client; empty: by isTls.
    /// X-Real-IP, X-Forwarded-Scheme and X-Scheme, and the client's own X-Forwarded-For and -Host
    /// kept as X-Original-Forwarded-For and -Host: ingress-nginx's nginx.tmpl.
    bool addsNginxFields = false;
    /// The client waits for the pod's 100, not for this door's. RFC 9110 10.1.1
    bool passesExpect = false;
    bool dropsOddNames = false; ///< All but letters, digits, '-': nginx's underscores_in_headers.
    bool dropsExplain = false;  ///< X-Lab-Explain is for this door.
    bool dropsAuthorization = false; ///< The door itself asked for the password.
    bool keepsForwardedFor =
        false;                    ///< The client's list stays in front: compute-full-forwarded-for.
    std::string_view extraFields; ///< Whole field lines, each ending in CRLF.
};

/// Appends the head to send to the pod: rebuilt from the parsed fields, never the client's bytes.
///
/// Own version HTTP/1.1; hop-by-hop fields and those named in Connection left out, as is Expect:
/// 100-continue; an upgrade() offered again; Max-Forwards of OPTIONS and TRACE one less; framing as
/// told. Any control byte or space in `target` goes out percent-encoded.
/// \param target  request target to send; `framing` Length or Chunked adds the field for it.
void appendForwardedHead(std::string& out,
                         const RequestHead& head,
                         std::string_view target,
                         const Forwarding& forwarding,
                         BodyFraming framing,
                         std::uint64_t contentLength);

/// What the client's side of an answer needs besides the pod's fields.
struct Returning {
    bool confirmsKeepAlive =
        false;                    ///< Adds Connection: keep-alive, which HTTP/1.0 clients wait for.
    bool dropsServer = false;     ///< Profile ingress-nginx.
    std::string_view extraFields; ///< Whole field lines, each ending in CRLF.
};

/// Appends the head to send to the client: status, the pod's end-to-end fields, and our framing.
///
/// With framing None a Content-Length is passed on where it tells of the body that is not there
/// (HEAD, 304). A 101 or 426 carries its Upgrade. \param closes  adds Connection: close
void appendReturnedHead(std::string& out,
                        const ResponseHead& head,
                        BodyFraming framing,
                        bool closes,
                        const Returning& returning = {});

/// Appends a complete answer of our own: plain text, with length, status phrase and fields.
/// \param extraFields  whole field lines, each ending in CRLF; a Content-Type among them replaces
/// ours
void appendOwnAnswer(std::string& out,
                     std::uint16_t status,
                     std::string_view extraFields,
                     std::string_view body,
                     bool closes,
                     bool isHead = false);

/// Appends the request as received but for credentials: the body of the answer to a TRACE that
/// ends here, of type message/http. RFC 9110 9.3.8
void appendReflection(std::string& out, const RequestHead& head);

/// "Not Found" for 404; "Unknown" for codes without a registered phrase. RFC 9110 15
[[nodiscard]] std::string_view reasonPhrase(std::uint16_t status);

} // namespace lab::http
