#include "http/serialize.hpp"

#include "http/head_writer.hpp"
#include "http/hop_headers.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

/// In Via (RFC 9110 7.6.3), and as Host for an HTTP/1.0 client that named none.
constexpr std::string_view pseudonym = "ingresslab";

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
    case FieldName::XLabExplain:
        return !forwarding.dropsExplain;
    case FieldName::Expect:
        return forwarding.passesExpect || !asksForContinue(field);
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
        writer.received(field);
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
    const std::string_view host =
        forwarding.forwardedHost.empty() ? forwarding.host : forwarding.forwardedHost;
    if (!host.empty()) {
        writer.field("X-Forwarded-Host", host);
    }
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
        writer.text(head.majorVersion == 2   ? "Via: 2.0 "
                    : head.minorVersion == 0 ? "Via: 1.0 "
                                             : "Via: 1.1 ");
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
    writer.field("Host", forwarding.host.empty() ? pseudonym : forwarding.host);
    writeClientFields(writer, head, forwarding);
    writeForwarding(writer, head, forwarding);
    writer.upgrade(head.upgrade);
    writer.text(forwarding.extraFields);
    writer.framing(framing, contentLength);
    writer.text("\r\n");
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
