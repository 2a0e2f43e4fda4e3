#include "http/head_writer.hpp"
#include "http/serialize.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

/// A length that tells of a body which is not there is end-to-end where the status allows it.
bool keepsLength(const ResponseHead& head, BodyFraming framing)
{
    return framing == BodyFraming::None && head.hasContentLength && head.status >= 200 &&
           head.status != 204;
}

bool namesContentType(std::string_view lines)
{
    constexpr std::string_view name = "content-type:";
    while (!lines.empty()) {
        if (equalsIgnoringCase(lines.substr(0, name.size()), name)) {
            return true;
        }
        const std::size_t lf = std::min(lines.find('\n'), lines.size() - 1);
        lines.remove_prefix(lf + 1);
    }
    return false;
}

void writeStatusLine(HeadWriter& writer, std::uint16_t status, std::string_view reason)
{
    writer.text("HTTP/1.1 ");
    writer.number(status);
    writer.byte(' ');
    writer.text(reason);
    writer.text("\r\n");
}

} // namespace

void appendReturnedHead(std::string& out,
                        const ResponseHead& head,
                        BodyFraming framing,
                        bool closes,
                        const Returning& returning)
{
    HeadWriter writer(out,
                      ownBytesMax + head.reason.size() + head.upgrade.size() +
                          bytesOf(head.fields) + returning.extraFields.size());
    writeStatusLine(
        writer, head.status, head.reason.empty() ? reasonPhrase(head.status) : head.reason);
    for (const Field& field : head.fields.all()) {
        const bool isDropped = field.isHopByHop || field.known == FieldName::ContentLength ||
                               (returning.dropsServer && field.known == FieldName::Server);
        if (!isDropped && field.hasControls) {
            writer.cleanedField(field.name, field.value);
        } else if (!isDropped) {
            writer.received(field);
        }
    }
    writer.text(returning.extraFields);
    writer.framing(keepsLength(head, framing) ? BodyFraming::Length : framing, head.contentLength);
    writer.upgrade(head.upgrade);
    if (head.status == 101) {
        // the connection is a tunnel from here on
    } else if (closes) {
        writer.text("Connection: close\r\n");
    } else if (returning.confirmsKeepAlive) {
        writer.text("Connection: keep-alive\r\n");
    }
    writer.text("\r\n");
}

void appendOwnAnswer(std::string& out,
                     std::uint16_t status,
                     std::string_view extraFields,
                     std::string_view body,
                     bool closes,
                     bool isHead)
{
    const bool mayHaveBody = status >= 200 && status != 204 && status != 304;
    HeadWriter writer(out, ownBytesMax + extraFields.size() + body.size());
    writeStatusLine(writer, status, reasonPhrase(status));
    if (mayHaveBody && !namesContentType(extraFields)) {
        writer.text("Content-Type: text/plain; charset=utf-8\r\n");
    }
    writer.text(extraFields);
    if (mayHaveBody) {
        writer.framing(BodyFraming::Length, body.size());
    }
    writer.text(closes ? "Connection: close\r\n\r\n" : "\r\n");
    writer.text(mayHaveBody && !isHead ? body : "");
}

} // namespace lab::http
