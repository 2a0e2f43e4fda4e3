#include "http/body_framing.hpp"

#include "http/byte_class.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

DeclaredBody refuse(const char* rule, std::uint16_t status = 400)
{
    DeclaredBody body;
    body.error = HeadError{.status = status, .rule = rule};
    return body;
}

bool isToken(std::string_view text)
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char byte) { return isIn(ByteClass::Token, byte); });
}

/// The codings of all lines, in order, empty elements left out. RFC 9110 5.3
struct Codings {
    std::size_t count = 0;
    std::size_t chunkedCount = 0;
    bool endsInChunked = false;
    bool areTokens = true;
};

Codings transferCodings(const FieldList& fields)
{
    Codings codings;
    for (const Field& field : fields.all()) {
        std::string_view list = field.known == FieldName::TransferEncoding ? field.value : "";
        while (!list.empty()) {
            const std::string_view coding = takeElement(list);
            if (coding.empty()) {
                continue;
            }
            ++codings.count;
            codings.endsInChunked = equalsIgnoringCase(coding, "chunked");
            codings.chunkedCount += codings.endsInChunked ? 1U : 0U;
            codings.areTokens = codings.areTokens && isToken(coding);
        }
    }
    return codings;
}

DeclaredBody chunkedBody(const FieldList& fields, std::uint8_t minorVersion)
{
    if (minorVersion == 0) {
        return refuse("Transfer-Encoding in HTTP/1.0 (RFC 9112 6.1)");
    }
    if (fields.find(FieldName::ContentLength) != nullptr) {
        return refuse("Transfer-Encoding and Content-Length (RFC 9112 6.1)");
    }
    const Codings codings = transferCodings(fields);
    if (codings.count == 1 && codings.endsInChunked) {
        return {.framing = BodyFraming::Chunked, .contentLength = 0, .error = {}};
    }
    if (codings.count == 0 || !codings.areTokens) {
        return refuse("malformed Transfer-Encoding (RFC 9112 6.1)");
    }
    if (codings.chunkedCount > 1 || (codings.chunkedCount == 1 && !codings.endsInChunked)) {
        return refuse("chunked twice or not last in Transfer-Encoding (RFC 9112 6.1, 6.3)");
    }
    return refuse("transfer coding other than chunked (RFC 9112 6.1)", 501);
}

} // namespace

DeclaredBody declaredBody(const FieldList& fields, std::uint8_t minorVersion)
{
    if (fields.find(FieldName::TransferEncoding) != nullptr) {
        return chunkedBody(fields, minorVersion);
    }
    const Field* const length = fields.find(FieldName::ContentLength);
    if (length == nullptr) {
        return {};
    }
    if (fields.count(FieldName::ContentLength) > 1) {
        return refuse("several Content-Length fields (RFC 9112 6.3)");
    }
    const std::optional<std::uint64_t> bytes = toNumber(length->value);
    if (!bytes) {
        return refuse("Content-Length is not one plain number (RFC 9110 8.6)");
    }
    return {.framing = BodyFraming::Length, .contentLength = *bytes, .error = {}};
}

} // namespace lab::http
