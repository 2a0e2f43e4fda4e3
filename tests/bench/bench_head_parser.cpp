#include "bench/stopwatch.hpp"
#include "http/chunked_decoder.hpp"
#include "http/head_parser.hpp"
#include "http/scan.hpp"
#include "http/serialize.hpp"

#include <string>

using namespace lab::http;
using lab::bench::keep;
using lab::bench::measure;

namespace {

/// What a browser sends, about: 400 bytes, 9 fields.
const std::string browser =
    "GET /shop/cart/items?page=2&sort=price HTTP/1.1\r\n"
    "Host: shop.example.com\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0\r\n"
    "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Connection: keep-alive\r\n"
    "Cookie: session=0123456789abcdef0123456789abcdef\r\n"
    "Cache-Control: no-cache\r\n"
    "DNT: 1\r\n\r\n";

/// What a load generator sends.
const std::string plain = "GET /cart HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";

const std::string answer =
    "HTTP/1.1 200 OK\r\nDate: Wed, 25 Nov 2026 01:00:00 GMT\r\nContent-Type: application/json\r\n"
    "Content-Length: 512\r\nServer: pod\r\nConnection: keep-alive\r\n\r\n";

void measureParsing()
{
    RequestHead head;
    std::printf(
        "request of %zu bytes, 9 fields; of %zu bytes, 1 field\n", browser.size(), plain.size());
    measure("parseRequestHead, 9 fields", [&] {
        keep(parseRequestHead(browser, head));
        keep(head);
    });
    measure("parseRequestHead, 1 field", [&] {
        keep(parseRequestHead(plain, head));
        keep(head);
    });
    ResponseHead response;
    measure("parseResponseHead, 5 fields", [&] {
        keep(parseResponseHead(answer, "GET", response));
        keep(response);
    });
}

void measureWriting()
{
    RequestHead head;
    keep(parseRequestHead(browser, head));
    Forwarding forwarding;
    forwarding.clientAddress = "127.0.3.17";
    forwarding.host = head.authority;
    std::string out;
    measure("appendForwardedHead, 9 fields, profile spec", [&] {
        out.clear();
        appendForwardedHead(out, head, head.originForm, forwarding, head.framing, 0);
        keep(out);
    });
    ResponseHead response;
    keep(parseResponseHead(answer, "GET", response));
    measure("appendReturnedHead, 5 fields", [&] {
        out.clear();
        appendReturnedHead(out, response, response.framing, false);
        keep(out);
    });
}

void measureScans()
{
    const std::string value(64, 'v');
    const char* const last = value.data() + value.size();
    measure("valueEnd, 64 bytes", [&] { keep(valueEnd(value.data(), last)); });
    measure("scalar::valueEnd, 64 bytes", [&] { keep(scalar::valueEnd(value.data(), last)); });
}

void measureChunks()
{
    std::string body;
    for (int i = 0; i < 4; ++i) {
        body += "400\r\n" + std::string(1024, 'x') + "\r\n";
    }
    body += "0\r\n\r\n";
    measure("ChunkedDecoder, 4 chunks of 1 KiB", [&] {
        ChunkedDecoder decoder;
        std::string_view rest = body;
        while (!rest.empty()) {
            const ChunkedDecoder::Step step = decoder.feed(rest);
            keep(step);
            rest.remove_prefix(step.consumed);
        }
    });
}

} // namespace

int main()
{
    measureParsing();
    measureWriting();
    measureScans();
    measureChunks();
}
