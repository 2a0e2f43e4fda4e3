#include "conformance/raw_request.hpp"

#include <sstream>

namespace lab::conformance {

Fields fieldsOfLines(const std::string& lines)
{
    Fields fields;
    std::istringstream text(lines);
    for (std::string line; std::getline(text, line);) {
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos) {
            fields.emplace_back(line.substr(0, colon),
                                line.substr(colon + 2, line.find('\r') - colon - 2));
        }
    }
    return fields;
}

std::string
rawHead(const CaseRequest& request, const std::string& target, const std::string& cookies)
{
    // HTTP/1.0 is the only way to send no Host; such cases expect the host-less rules.
    std::string head =
        request.method + ' ' + target +
        (request.host.empty() ? " HTTP/1.0\r\n" : " HTTP/1.1\r\nHost: " + request.host + "\r\n");
    if (request.host.empty() && request.keepAlive) {
        head += "Connection: keep-alive\r\n";
    }
    for (const auto& [name, value] : request.headers) {
        head += name + ": " + value + "\r\n";
    }
    if (!cookies.empty()) {
        head += "Cookie: " + cookies + "\r\n";
    }
    if (request.isChunked) {
        head += "Transfer-Encoding: chunked\r\n";
    } else if (request.bodyBytes > 0) {
        head += "Content-Length: " + std::to_string(request.bodyBytes) + "\r\n";
    }
    return head + "\r\n";
}

std::string numbered(std::string path, int number)
{
    const std::size_t at = path.find("{n}");
    return at == std::string::npos ? path : path.replace(at, 3, std::to_string(number));
}

} // namespace lab::conformance
