#pragma once

#include "measurement/head_ring.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace lab::measurement {

/// One request or connection for an access log: its head and record, with the names its ids stand
/// for.
struct AccessEntry {
    const RecordedHead& head;
    std::int64_t unixMs = 0;     ///< When its answer was over.
    std::string_view style = {}; ///< "ingress"
    std::string_view door = {};
    std::string_view route = {};     ///< Empty: none; so the next four.
    std::string_view nameSpace = {}; ///< Of the Service it went to.
    std::string_view service = {};
    int servicePort = 0;
    std::string_view endpoint = {}; ///< "shop/cart-0:8080"
    std::string_view refusal = {};  ///< "no-route"; empty: forwarded.
};

/// "request", "tunnel" (an upgrade, bytes both ways), "connection" (at a tcp or tls door).
[[nodiscard]] std::string_view kindOf(const DoorRecord& record);

/// How it ended: "finished", "client-gone", "pod-broke", "idle", "cut" (by the engine: a reload's
/// grace or the worker's end), "refused" (a connection that never reached a pod).
[[nodiscard]] std::string_view endOf(const DoorRecord& record);

/// Appends nginx's "combined" line, with its escapes and without its newline.
///
/// As nginx, but that times are UTC and the user's name is always "-".
/// https://nginx.org/en/docs/http/ngx_http_log_module.html
void appendCombined(std::string& line, const AccessEntry& entry);

/// Appends what ingress-nginx adds to that: request length and time, the upstream's name, endpoint,
/// answer length, time and status, and the client's X-Request-ID.
/// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/log-format/
void appendUpstreamFields(std::string& line, const AccessEntry& entry);

/// Appends a connection's line, without its newline, as nginx's stream module does by the format of
/// its manual: client, time, protocol, status, bytes to and from the client, seconds; then
/// endpoint, bytes to and from it, seconds until it was there.
/// https://nginx.org/en/docs/stream/ngx_stream_log_module.html
void appendStreamLine(std::string& line, const AccessEntry& entry);

/// Appends one JSON object: pure ASCII; a byte from 0x80 on becomes \u0080 to \u00ff.
void appendAccessJson(std::string& line, const AccessEntry& entry);

/// Appends text as nginx writes it between quotes: `"`, `\`, controls and bytes from 0x7f on as
/// \xHH; "-" where there is none. So no text can end a field or a line.
void appendNginxEscaped(std::string& line, std::string_view text);

} // namespace lab::measurement
