#include "base/check.hpp"
#include "http/field_section.hpp"
#include "http/head_parser.hpp"
#include "http/http2_head.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace lab::http;
using State = HeadResult::State;

namespace {

constexpr char fieldEnd = '\xff'; // no other byte is spared: controls and colons are wanted
constexpr char nameEnd = '\xfe';

/// The fields in the bytes, as HPACK might bring them.
std::vector<std::pair<std::string_view, std::string_view>> fieldsIn(std::string_view bytes)
{
    std::vector<std::pair<std::string_view, std::string_view>> fields;
    while (!bytes.empty()) {
        const std::string_view field = bytes.substr(0, bytes.find(fieldEnd));
        bytes.remove_prefix(std::min(field.size() + 1, bytes.size()));
        const std::string_view name = field.substr(0, field.find(nameEnd));
        fields.emplace_back(name, field.substr(std::min(name.size() + 1, field.size())));
    }
    return fields;
}

Http2HeadReader readerOf(const std::vector<std::pair<std::string_view, std::string_view>>& fields)
{
    Http2HeadReader reader;
    for (const auto& [name, value] : fields) {
        reader.add(name, value);
    }
    return reader;
}

/// Nothing of HTTP/1's connections comes out of HTTP/2.
void checkFields(const FieldList& fields)
{
    for (const FieldName name : {FieldName::Connection,
                                 FieldName::KeepAlive,
                                 FieldName::ProxyConnection,
                                 FieldName::Upgrade}) {
        lab::check(fields.find(name) == nullptr, "no field of a connection is made");
    }
    lab::check(std::ranges::none_of(fields.all(), &Field::hasControls), "no control byte is made");
}

/// A request made of HTTP/2 fields must say the same when it becomes HTTP/2 again.
void checkRoundTrip(const RequestHead& head, bool hasBody)
{
    Http2FieldList list;
    list.setRequest(head, "http");
    Http2HeadReader reader;
    for (const Http2Field& field : list.all()) {
        reader.add(field.name, field.value);
    }
    if (reader.listBytes() > Http2HeadReader::listBytesMax) {
        return;
    }
    std::string again;
    lab::check(!reader.appendRequest(again, hasBody), "what we send over HTTP/2 is well-formed");
    RequestHead second;
    const HeadResult result = parseRequestHead(again, second);
    lab::check(result.state == State::Complete, "what we send over HTTP/2 is one request");
    lab::check(second.method == head.method && second.target == head.target &&
                   second.authority == head.authority,
               "it is the same request");
    lab::check(second.framing == head.framing && second.contentLength == head.contentLength,
               "its body is framed as it was");
}

void checkRequest(Http2HeadReader reader, bool hasBody)
{
    std::string made = "before";
    const std::optional<HeadError> error = reader.appendRequest(made, hasBody);
    if (error) {
        lab::check(made == "before", "a refused head appends nothing");
        lab::check(error->status >= 400 && error->status < 600, "a refusal has a status");
        return;
    }
    const std::string_view text = std::string_view(made).substr(6);
    RequestHead head;
    const HeadResult result = parseRequestHead(text, head);
    lab::check(result.state != State::Incomplete, "what is made is one head");
    if (result.state == State::Complete) {
        lab::check(result.headBytes == text.size(), "and no more than one");
        lab::check(head.method == reader.method(), "the method is what it was");
        lab::check(head.minorVersion == 1, "its version is ours");
        lab::check(head.upgrade.empty(), "HTTP/2 upgrades to nothing");
        lab::check(head.framing != BodyFraming::Chunked || (hasBody && !reader.hasLength()),
                   "chunks are announced only where a body of unknown length comes");
        checkFields(head.fields);
        checkRoundTrip(head, hasBody);
    }
}

void checkAnswer(Http2HeadReader reader, bool mayHaveBody, bool hasBody)
{
    std::string made;
    if (reader.appendAnswer(made, mayHaveBody, hasBody)) {
        lab::check(made.empty(), "a refused head appends nothing");
        return;
    }
    ResponseHead head;
    const HeadResult result = parseResponseHead(made, mayHaveBody ? "GET" : "HEAD", head);
    lab::check(result.state != State::Incomplete, "what is made is one head");
    if (result.state == State::Complete) {
        lab::check(result.headBytes == made.size(), "and no more than one");
        lab::check(head.status == reader.status(), "the status is what it was");
        lab::check(head.status < 200 || !mayHaveBody || head.framing != BodyFraming::UntilClose,
                   "no answer lasts until the connection closes");
        checkFields(head.fields);
        Http2FieldList list;
        list.setAnswer(head);
        lab::check(list.all().front().name == ":status", "an answer begins with its status");
    }
}

void checkTrailers(const Http2HeadReader& reader)
{
    std::string lines;
    reader.appendTrailers(lines);
    const std::string section = lines + "\r\n";
    FieldList fields;
    const char* const last = section.data() + section.size();
    const FieldSectionResult result =
        parseFieldSection(section.data(), last, FieldsOf::Answer, fields);
    lab::check(result.state != State::Incomplete, "trailers are whole lines");
    lab::check(result.state != State::Complete || result.next == last,
               "trailers end where they end");
    Http2FieldList list;
    list.setTrailers(lines);
    lab::check(list.all().size() <= FieldList::fieldsMax, "trailers are bounded");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const bool hasBody = (data[0] & 1U) != 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Http2HeadReader reader = readerOf(fieldsIn(bytes));
    checkRequest(reader, hasBody);
    checkAnswer(reader, (data[0] & 2U) != 0, hasBody);
    checkTrailers(reader);
    return 0;
}
