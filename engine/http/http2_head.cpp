#include "http/http2_head.hpp"

#include "base/check.hpp"
#include "http/byte_class.hpp"
#include "http/field_section.hpp"
#include "http/head_writer.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

bool isToken(std::string_view text)
{
    return !text.empty() &&
           std::ranges::all_of(text, [](char byte) { return isIn(ByteClass::Token, byte); });
}

bool isLowerToken(std::string_view text)
{
    return isToken(text) &&
           std::ranges::none_of(text, [](char byte) { return byte >= 'A' && byte <= 'Z'; });
}

/// No control byte: one of them could end the line that is made of it.
bool isFieldValue(std::string_view text)
{
    return std::ranges::all_of(text, [](char byte) { return isIn(ByteClass::Value, byte); });
}

/// Fields that only HTTP/1 knows. RFC 9113 8.2.2
bool isOfConnection(FieldName name, std::string_view value)
{
    switch (name) {
    case FieldName::Connection:
    case FieldName::KeepAlive:
    case FieldName::ProxyConnection:
    case FieldName::TransferEncoding:
    case FieldName::Upgrade:
        return true;
    case FieldName::Te:
        return !equalsIgnoringCase(value, "trailers");
    default:
        return false;
    }
}

void appendLine(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

/// Nothing that would end a request line's target.
bool isPath(std::string_view path)
{
    return (path.starts_with('/') || path == "*") &&
           std::ranges::all_of(path, [](char byte) { return byte > ' ' && byte != 0x7f; });
}

} // namespace

void Http2HeadReader::refuse(const char* rule, std::uint16_t status)
{
    if (!error_) {
        error_ = HeadError{.status = status, .rule = rule};
    }
}

void Http2HeadReader::add(std::string_view name, std::string_view value)
{
    constexpr std::size_t overhead = 32; // RFC 9113 6.5.2
    listBytes_ += name.size() + value.size() + overhead;
    if (listBytes_ > listBytesMax) {
        refuse("head too long (RFC 9110 5.4)", 431);
    }
    if (error_) {
        return;
    }
    value = trimmed(value);
    if (!isFieldValue(value)) {
        refuse("control byte in a field value (RFC 9113 8.2.1)");
    } else if (name.starts_with(':')) {
        if (hasFields_ || !addPseudo(name, value)) {
            refuse("pseudo-field unknown, repeated or out of place (RFC 9113 8.3)");
        }
    } else {
        hasFields_ = true;
        addField(name, value);
    }
}

bool Http2HeadReader::addPseudo(std::string_view name, std::string_view value)
{
    std::string* const slot = name == ":method"      ? &method_
                              : name == ":path"      ? &path_
                              : name == ":scheme"    ? &scheme_
                              : name == ":authority" ? &authority_
                              : name == ":status"    ? &status_
                                                     : nullptr;
    if (slot == nullptr || !slot->empty() || value.empty()) {
        return false;
    }
    *slot = value;
    return true;
}

void Http2HeadReader::addField(std::string_view name, std::string_view value)
{
    if (!isLowerToken(name)) {
        refuse("byte outside the grammar, or upper case, in a field name (RFC 9113 8.2.1)");
        return;
    }
    const FieldName known = knownFieldName(name);
    if (isOfConnection(known, value)) {
        refuse("field of an HTTP/1 connection (RFC 9113 8.2.2)");
    } else if (known == FieldName::Host) {
        if (hasHost_) {
            refuse("several Host fields (RFC 9112 3.2)");
        }
        hasHost_ = true;
        host_ = value;
    } else if (name == "cookie") {
        cookie_ += cookie_.empty() ? "" : "; ";
        cookie_ += value;
    } else {
        hasLength_ = hasLength_ || known == FieldName::ContentLength;
        appendLine(lines_, name, value);
    }
}

/// What a request lacks, or has too much of; nullptr: nothing.
const char* Http2HeadReader::brokenRequest() const
{
    if (!status_.empty() || !isToken(method_) || scheme_.empty()) {
        return "pseudo-fields of a request are missing or broken (RFC 9113 8.3.1)";
    }
    if (!isPath(path_)) {
        return "malformed :path (RFC 9113 8.3.1)";
    }
    if (hasHost_ && !authority_.empty() && !equalsIgnoringCase(host_, authority_)) {
        return "Host and :authority differ (RFC 9113 8.3.1)";
    }
    return nullptr;
}

std::optional<HeadError> Http2HeadReader::appendRequest(std::string& out, bool hasBody)
{
    if (!error_ && method_ == "CONNECT") {
        refuse("CONNECT is not served here (RFC 9110 9.3.6)", 501);
    }
    if (const char* const rule = brokenRequest()) {
        refuse(rule);
    }
    if (error_) {
        return error_;
    }
    out.append(method_).append(" ").append(path_).append(" HTTP/1.1\r\n");
    appendLine(out, "host", authority_.empty() ? host_ : authority_);
    out += lines_;
    if (!cookie_.empty()) {
        appendLine(out, "cookie", cookie_);
    }
    if (hasBody && !hasLength_) {
        appendLine(out, "transfer-encoding", "chunked");
    }
    out += "\r\n";
    return std::nullopt;
}

std::uint16_t Http2HeadReader::status() const
{
    const auto number = toNumber(status_, 599);
    return status_.size() == 3 && number && *number >= 100 ? static_cast<std::uint16_t>(*number)
                                                           : std::uint16_t{0};
}

std::optional<HeadError>
Http2HeadReader::appendAnswer(std::string& out, bool mayHaveBody, bool hasBody)
{
    if (status() == 0 || status() == 101 || !method_.empty() || !path_.empty()) {
        refuse("malformed :status (RFC 9113 8.3.2)");
    }
    if (error_) {
        return error_;
    }
    out.append("HTTP/1.1 ").append(status_).append(" \r\n").append(lines_);
    if (!cookie_.empty()) {
        appendLine(out, "cookie", cookie_);
    }
    const bool isFinal = status() >= 200;
    if (isFinal && mayHaveBody && !hasLength_) {
        const bool isEmpty = !hasBody && status() != 204 && status() != 304;
        out += isEmpty ? "content-length: 0\r\n" : hasBody ? "transfer-encoding: chunked\r\n" : "";
    }
    out += "\r\n";
    return std::nullopt;
}

void Http2HeadReader::appendTrailers(std::string& out) const
{
    const bool isClean = !error_ && method_.empty() && path_.empty() && status_.empty() &&
                         scheme_.empty() && authority_.empty();
    if (isClean) {
        out += lines_;
    }
}

void Http2FieldList::begin(std::size_t bytes)
{
    fields_.clear();
    text_.clear();
    text_.reserve(bytes);
}

void Http2FieldList::add(std::string_view name, std::string_view value)
{
    check(text_.size() + name.size() + value.size() <= text_.capacity(),
          "the text of HTTP/2 fields is measured beforehand");
    const std::size_t nameAt = text_.size();
    std::ranges::transform(name, std::back_inserter(text_), toLower);
    const std::size_t valueAt = text_.size();
    std::ranges::transform(value, std::back_inserter(text_), [](char byte) {
        return isIn(ByteClass::Value, byte) ? byte : ' ';
    });
    const std::string_view text(text_);
    fields_.push_back({text.substr(nameAt, name.size()), text.substr(valueAt, value.size())});
}

void Http2FieldList::addEndToEnd(const FieldList& fields)
{
    for (const Field& field : fields.all()) {
        if (!field.isHopByHop && field.known != FieldName::Host) {
            add(field.name, field.value);
        }
    }
}

void Http2FieldList::setRequest(const RequestHead& head, std::string_view scheme)
{
    begin(ownBytesMax + head.method.size() + head.target.size() + head.authority.size() +
          bytesOf(head.fields));
    add(":method", head.method);
    add(":scheme", scheme);
    add(":authority", head.authority);
    add(":path", head.target);
    addEndToEnd(head.fields);
    const Field* const te = head.fields.find(FieldName::Te);
    if (te != nullptr && equalsIgnoringCase(te->value, "trailers")) {
        add("te", "trailers"); // hop-by-hop, and asked for anew: gRPC goes by it
    }
}

void Http2FieldList::setAnswer(const ResponseHead& head)
{
    begin(ownBytesMax + bytesOf(head.fields));
    add(":status", std::to_string(head.status));
    addEndToEnd(head.fields);
}

void Http2FieldList::setTrailers(std::string_view lines)
{
    const std::string section = std::string(lines) + "\r\n";
    FieldList fields;
    begin(section.size());
    const auto result = parseFieldSection(
        section.data(), section.data() + section.size(), FieldsOf::Answer, fields);
    if (result.state == HeadResult::State::Complete) {
        addEndToEnd(fields);
    }
}

} // namespace lab::http
