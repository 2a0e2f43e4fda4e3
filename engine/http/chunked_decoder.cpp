#include "http/chunked_decoder.hpp"

#include "http/byte_class.hpp"
#include "http/field_section.hpp"

#include <algorithm>

namespace lab::http {
namespace {

constexpr const char* sizeRule = "malformed chunk size (RFC 9112 7.1)";
constexpr const char* extensionRule = "malformed chunk extension (RFC 9112 7.1.1)";

std::uint64_t hexValue(char byte)
{
    const char lower = toLower(byte);
    return static_cast<std::uint64_t>(isIn(ByteClass::Digit, byte) ? byte - '0' : lower - 'a' + 10);
}

/// Is this, with its CRLF, one well-formed field line?
bool isFieldLine(std::string_view line)
{
    FieldList fields;
    const FieldSectionResult result =
        parseFieldSection(line.data(), line.data() + line.size(), FieldsOf::Request, fields);
    return result.state == HeadResult::State::Incomplete && fields.all().size() == 1;
}

} // namespace

ChunkedDecoder::Step ChunkedDecoder::feed(std::string_view bytes)
{
    Step step;
    while (step.consumed < bytes.size()) {
        if (expecting_ == Expecting::Done || expecting_ == Expecting::Invalid) {
            break;
        }
        if (expecting_ == Expecting::Data) {
            const auto left = static_cast<std::uint64_t>(bytes.size() - step.consumed);
            const std::uint64_t size = std::min(remaining_, left);
            step.data = bytes.substr(step.consumed, static_cast<std::size_t>(size));
            step.consumed += step.data.size();
            remaining_ -= size;
            expecting_ = remaining_ == 0 ? Expecting::DataCr : Expecting::Data;
            break;
        }
        take(bytes[step.consumed]);
        if (expecting_ != Expecting::Invalid) {
            ++step.consumed;
        }
    }
    if (expecting_ == Expecting::Done) {
        step.state = State::Done;
    } else if (expecting_ == Expecting::Invalid) {
        step.state = State::Invalid;
    }
    return step;
}

void ChunkedDecoder::take(char byte)
{
    switch (expecting_) {
    case Expecting::Size:
    case Expecting::BlankOrExtension:
        takeSize(byte);
        break;
    case Expecting::SizeLf:
        if (byte != '\n') {
            refuse("bare CR in a chunk's size line (RFC 9112 7.1)");
        } else {
            endChunkHead();
        }
        break;
    case Expecting::DataCr:
        expectOnly('\r', byte, Expecting::DataLf, "no CRLF after chunk data (RFC 9112 7.1)");
        break;
    case Expecting::DataLf:
        expectOnly('\n', byte, Expecting::Size, "no CRLF after chunk data (RFC 9112 7.1)");
        break;
    case Expecting::Trailer:
        takeTrailer(byte);
        break;
    case Expecting::Data:
    case Expecting::Done:
    case Expecting::Invalid:
        break; // dealt with by feed()
    default:
        takeExtension(byte);
        break;
    }
}

void ChunkedDecoder::takeSize(char byte)
{
    const bool isInDigits = expecting_ == Expecting::Size;
    if (isInDigits && isIn(ByteClass::Hex, byte)) {
        remaining_ = remaining_ * 16 + hexValue(byte);
        if (++sizeDigits_ > sizeDigitsMax || remaining_ > chunkBytesMax) {
            refuse("chunk size too large (RFC 9112 7.1)");
        }
        return;
    }
    if (sizeDigits_ == 0) {
        refuse(sizeRule);
    } else if (byte == ';') {
        expecting_ = Expecting::ExtensionNameStart;
    } else if (isBlank(byte) && ++extensionBytes_ <= extensionBytesMax) {
        expecting_ = Expecting::BlankOrExtension;
    } else if (byte == '\r' && isInDigits) {
        expecting_ = Expecting::SizeLf;
    } else {
        refuse(sizeRule);
    }
}

void ChunkedDecoder::takeExtension(char byte)
{
    if (++extensionBytes_ > extensionBytesMax) {
        refuse("chunk extensions too long (RFC 9112 7.1.1)");
        return;
    }
    switch (expecting_) {
    case Expecting::ExtensionNameStart:
    case Expecting::ExtensionName:
    case Expecting::ExtensionNameEnd:
        takeExtensionName(byte);
        break;
    default:
        takeExtensionValue(byte);
        break;
    }
}

void ChunkedDecoder::takeExtensionName(char byte)
{
    const bool hasName = expecting_ != Expecting::ExtensionNameStart;
    if (expecting_ != Expecting::ExtensionNameEnd && isIn(ByteClass::Token, byte)) {
        expecting_ = Expecting::ExtensionName;
    } else if (isBlank(byte)) {
        expecting_ = hasName ? Expecting::ExtensionNameEnd : expecting_;
    } else if (hasName && byte == '=') {
        expecting_ = Expecting::ExtensionValueStart;
    } else if (hasName && byte == ';') {
        expecting_ = Expecting::ExtensionNameStart;
    } else if (expecting_ == Expecting::ExtensionName && byte == '\r') {
        expecting_ = Expecting::SizeLf;
    } else {
        refuse(extensionRule);
    }
}

void ChunkedDecoder::takeExtensionValue(char byte)
{
    const bool isQuoteEnded =
        expecting_ == Expecting::ExtensionValueEnd || expecting_ == Expecting::ExtensionEnd;
    const bool isEnded =
        expecting_ == Expecting::ExtensionToken || expecting_ == Expecting::ExtensionValueEnd;
    if (expecting_ == Expecting::ExtensionQuoted && byte == '"') {
        expecting_ = Expecting::ExtensionValueEnd;
    } else if (expecting_ == Expecting::ExtensionQuoted && byte == '\\') {
        expecting_ = Expecting::ExtensionEscape;
    } else if (expecting_ == Expecting::ExtensionQuoted ||
               expecting_ == Expecting::ExtensionEscape) {
        expecting_ = Expecting::ExtensionQuoted;
        if (!isIn(ByteClass::Value, byte)) {
            refuse(extensionRule);
        }
    } else if (!isQuoteEnded && isIn(ByteClass::Token, byte)) {
        expecting_ = Expecting::ExtensionToken;
    } else if (expecting_ == Expecting::ExtensionValueStart && byte == '"') {
        expecting_ = Expecting::ExtensionQuoted;
    } else if (isBlank(byte)) {
        expecting_ = isEnded ? Expecting::ExtensionEnd : expecting_;
    } else if ((isEnded || expecting_ == Expecting::ExtensionEnd) && byte == ';') {
        expecting_ = Expecting::ExtensionNameStart;
    } else if (isEnded && byte == '\r') {
        expecting_ = Expecting::SizeLf;
    } else {
        refuse(extensionRule);
    }
}

void ChunkedDecoder::takeTrailer(char byte)
{
    if (trailers_.size() == trailerBytesMax) {
        refuse("trailers too long (RFC 9112 7.1.2)");
        return;
    }
    trailers_ += byte;
    if (byte != '\n') {
        return;
    }
    const std::string_view line = std::string_view(trailers_).substr(lineStart_);
    if (line == "\r\n") {
        trailers_.resize(lineStart_);
        expecting_ = Expecting::Done;
    } else if (isFieldLine(line)) {
        lineStart_ = trailers_.size();
    } else {
        refuse("malformed trailer field line (RFC 9112 7.1.2)");
    }
}

void ChunkedDecoder::endChunkHead()
{
    expecting_ = remaining_ == 0 ? Expecting::Trailer : Expecting::Data;
    sizeDigits_ = 0;
    extensionBytes_ = 0;
}

void ChunkedDecoder::expectOnly(char expected, char byte, Expecting next, const char* rule)
{
    if (byte != expected) {
        refuse(rule);
        return;
    }
    expecting_ = next;
}

void ChunkedDecoder::refuse(const char* rule)
{
    expecting_ = Expecting::Invalid;
    brokenRule_ = rule;
}

} // namespace lab::http
