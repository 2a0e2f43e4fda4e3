#include "http/serialize.hpp"

#include "http/body_framing.hpp"
#include "http/head_writer.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

constexpr std::string_view pseudonym = "ingresslab"; ///< In Via. RFC 9110 7.6.3

/// More than all names, numbers and line ends of ours together.
constexpr std::size_t ownBytesMax = 512;

std::size_t bytesOf(const FieldList& fields)
{
    std::size_t bytes = 0;
    for (const Field& field : fields.all()) {
        bytes += field.name.size() + field.value.size() + 4;
    }
    return bytes;
}

bool isTarget(char byte)
{
    return static_cast<unsigned char>(byte) > ' ' && byte != '\x7f';
}

void writeTarget(HeadWriter& writer, std::string_view target)
{
    if (target.starts_with('?')) {
        writer.byte('/');
    }
    if (std::ranges::all_of(target, isTarget)) {
        writer.text(target);
        return;
    }
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char byte : target) {
        if (isTarget(byte)) {
            writer.byte(byte);
        } else {
            const auto code = static_cast<unsigned char>(byte);
            writer.byte('%');
            writer.byte(hex[code / 16U]);
            writer.byte(hex[code % 16U]);
        }
    }
}

void writeFraming(HeadWriter& writer, BodyFraming framing, std::uint64_t contentLength)
{
    if (framing == BodyFraming::Length) {
        writer.text("Content-Length: ");
        writer.number(contentLength);
        writer.text("\r\n");
    } else if (framing == BodyFraming::Chunked) {
        writer.text("Transfer-Encoding: chunked\r\n");
    }
}

bool isOdd(std::string_view name)
{
    return !std::ranges::all_of(name, [](char byte) { return isIn(ByteClass::PlainName, byte); });
}

/// May this field of the client go to the pod as it is?
bool isPassedOn(const Field& field, const Forwarding& forwarding)
{
    if (field.isHopByHop) {
        return false;
    }
    switch (field.known) {
    case FieldName::Host:
    case FieldName::ContentLength:
    case FieldName::Forwarded:
    case FieldName::XForwardedFor:
    case FieldName::XForwardedHost:
    case FieldName::XForwardedPort:
    case FieldName::XForwardedProto:
    case FieldName::XForwardedScheme:
    case FieldName::XRealIp:
    case FieldName::XScheme:
        return false;
    case FieldName::XOriginalForwardedFor:
    case FieldName::XOriginalForwardedHost:
        return !forwarding.addsNginxFields;
    case FieldName::Authorization:
        return !forwarding.dropsAuthorization;
    case FieldName::Expect:
        return !equalsIgnoringCase(field.value, "100-continue");
    default:
        return !forwarding.dropsOddNames || !isOdd(field.name);
    }
}

void writeClientFields(HeadWriter& writer, const RequestHead& head, const Forwarding& forwarding)
{
    const bool countsHops = head.method == "OPTIONS" || head.method == "TRACE";
    for (const Field& field : head.fields.all()) {
        if (!isPassedOn(field, forwarding)) {
            continue;
        }
        if (countsHops && field.known == FieldName::MaxForwards) {
            if (const auto hops = toNumber(field.value)) {
                writer.text("Max-Forwards: ");
                writer.number(*hops - (*hops > 0 ? 1 : 0));
                writer.text("\r\n");
                continue;
            }
        }
        writer.field(field.name, field.value);
    }
}

/// The values of all lines of that name, as one list. \return whether there was any
bool writeList(HeadWriter& writer, const FieldList& fields, FieldName name)
{
    bool hasAny = false;
    for (const Field& field : fields.all()) {
        if (field.known == name && !field.isHopByHop && !field.value.empty()) {
            writer.text(hasAny ? ", " : "");
            writer.text(field.value);
            hasAny = true;
        }
    }
    return hasAny;
}

void writeOriginal(HeadWriter& writer,
                   const FieldList& fields,
                   FieldName known,
                   std::string_view name)
{
    const Field* const field = fields.find(known);
    if (field != nullptr && !field->isHopByHop && !field->value.empty()) {
        writer.text(name);
        writer.text(": ");
        writeList(writer, fields, known);
        writer.text("\r\n");
    }
}

void writeForwardedFor(HeadWriter& writer, const FieldList& fields, const Forwarding& forwarding)
{
    writer.text("X-Forwarded-For: ");
    if (forwarding.keepsForwardedFor && writeList(writer, fields, FieldName::XForwardedFor)) {
        writer.text(", ");
    }
    writer.text(forwarding.clientAddress);
    writer.text("\r\n");
}

void writeForwarding(HeadWriter& writer, const RequestHead& head, const Forwarding& forwarding)
{
    const std::string_view proto = !forwarding.forwardedProto.empty() ? forwarding.forwardedProto
                                   : forwarding.isTls                 ? "https"
                                                                      : "http";
    const Field* const requestId = head.fields.find(FieldName::XRequestId);
    if (!forwarding.requestId.empty() && (requestId == nullptr || requestId->isHopByHop)) {
        writer.field("X-Request-ID", forwarding.requestId);
    }
    writeForwardedFor(writer, head.fields, forwarding);
    writer.field("X-Forwarded-Host",
                 forwarding.forwardedHost.empty() ? forwarding.host : forwarding.forwardedHost);
    writer.text("X-Forwarded-Port: ");
    writer.number(forwarding.port);
    writer.text("\r\n");
    writer.field("X-Forwarded-Proto", proto);
    if (forwarding.addsNginxFields) {
        writer.field("X-Real-IP", forwarding.clientAddress);
        writer.field("X-Forwarded-Scheme", proto);
        writer.field("X-Scheme", proto);
        writeOriginal(writer, head.fields, FieldName::XForwardedFor, "X-Original-Forwarded-For");
        writeOriginal(writer, head.fields, FieldName::XForwardedHost, "X-Original-Forwarded-Host");
    }
    if (forwarding.addsVia) {
        writer.text(head.minorVersion == 0 ? "Via: 1.0 " : "Via: 1.1 ");
        writer.text(pseudonym);
        writer.text("\r\n");
    }
}

std::size_t bytesOf(const Forwarding& forwarding)
{
    return 3 * forwarding.clientAddress.size() + 2 * forwarding.host.size() +
           forwarding.requestId.size() + forwarding.forwardedHost.size() +
           3 * forwarding.forwardedProto.size() + forwarding.extraFields.size();
}

void writeUpgrade(HeadWriter& writer, std::string_view upgrade)
{
    if (!upgrade.empty()) {
        writer.text("Connection: upgrade\r\n");
        writer.field("Upgrade", upgrade);
    }
}

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

void appendForwardedHead(std::string& out,
                         const RequestHead& head,
                         std::string_view target,
                         const Forwarding& forwarding,
                         BodyFraming framing,
                         std::uint64_t contentLength)
{
    // X-Forwarded-For and -Host of the client may go out twice: X-Original-…, and in our list.
    const std::size_t copies = forwarding.addsNginxFields && forwarding.keepsForwardedFor ? 2 : 1;
    HeadWriter writer(out,
                      ownBytesMax + head.method.size() + 3 * target.size() +
                          copies * bytesOf(head.fields) + bytesOf(forwarding));
    writer.text(head.method);
    writer.byte(' ');
    writeTarget(writer, target);
    writer.text(" HTTP/1.1\r\n");
    writer.field("Host", forwarding.host);
    writeClientFields(writer, head, forwarding);
    writeForwarding(writer, head, forwarding);
    writeUpgrade(writer, head.upgrade);
    writer.text(forwarding.extraFields);
    writeFraming(writer, framing, contentLength);
    writer.text("\r\n");
}

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
            writer.field(field.name, field.value);
        }
    }
    writer.text(returning.extraFields);
    writeFraming(
        writer, keepsLength(head, framing) ? BodyFraming::Length : framing, head.contentLength);
    if (head.status == 101) {
        writeUpgrade(writer, head.upgrade);
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
        writeFraming(writer, BodyFraming::Length, body.size());
    }
    writer.text(closes ? "Connection: close\r\n\r\n" : "\r\n");
    writer.text(mayHaveBody && !isHead ? body : "");
}

void appendReflection(std::string& out, const RequestHead& head)
{
    HeadWriter writer(out,
                      ownBytesMax + head.method.size() + head.target.size() + bytesOf(head.fields));
    writer.text(head.method);
    writer.byte(' ');
    writer.text(head.target);
    writer.text(head.minorVersion == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    for (const Field& field : head.fields.all()) {
        const bool isCredential = field.known == FieldName::Authorization ||
                                  field.known == FieldName::ProxyAuthorization ||
                                  equalsIgnoringCase(field.name, "Cookie");
        if (!isCredential) {
            writer.field(field.name, field.value);
        }
    }
    writer.text("\r\n");
}

} // namespace lab::http
