#include "base/check.hpp"
#include "http/head_parser.hpp"
#include "http/scan.hpp"
#include "http/serialize.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace lab::http;
using State = HeadResult::State;

namespace {

constexpr std::size_t cutsMax = 300; ///< Heads up to this length are cut at every byte.

bool liesIn(std::string_view part, std::string_view whole)
{
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

void checkFields(const FieldList& fields, std::string_view bytes)
{
    for (const Field& field : fields.all()) {
        lab::check(!field.name.empty(), "a field has a name");
        lab::check(liesIn(field.name, bytes) && liesIn(field.value, bytes),
                   "a field points into what was parsed");
    }
}

/// The fast scans are the slow ones, wherever they start.
void checkScans(std::string_view bytes)
{
    const char* const last = bytes.data() + bytes.size();
    const std::size_t step = 1 + bytes.size() / 64;
    for (std::size_t from = 0; from < bytes.size(); from += step) {
        const char* const first = bytes.data() + from;
        lab::check(tokenEnd(first, last) == scalar::tokenEnd(first, last), "token scans agree");
        lab::check(pathEnd(first, last) == scalar::pathEnd(first, last), "path scans agree");
        lab::check(valueEnd(first, last) == scalar::valueEnd(first, last), "value scans agree");
    }
}

/// The fields that are nobody's business but the client's and the pod's.
std::vector<std::pair<std::string_view, std::string_view>> ownFields(const FieldList& fields)
{
    std::vector<std::pair<std::string_view, std::string_view>> own;
    for (const Field& field : fields.all()) {
        if (field.known == FieldName::Other && !field.isHopByHop) {
            own.emplace_back(field.name, field.value);
        }
    }
    return own;
}

/// What we forward must mean to the pod what the client's bytes meant to us.
void checkForwarded(const RequestHead& head)
{
    Forwarding forwarding;
    forwarding.clientAddress = "192.0.2.1";
    forwarding.host = head.authority.empty() ? "door.lab" : head.authority; // HTTP/1.0
    std::string forwarded;
    appendForwardedHead(
        forwarded, head, head.originForm, forwarding, head.framing, head.contentLength);
    RequestHead again;
    const HeadResult result = parseRequestHead(forwarded, again);
    if (result.state == State::Invalid) {
        const bool isTooLong = result.error.status == 431 || result.error.status == 414;
        lab::check(isTooLong, "what we forward is valid, if it is not too long with our fields");
        return;
    }
    lab::check(result.state == State::Complete, "what we forward is one whole head");
    lab::check(result.headBytes == forwarded.size(), "what we forward is one head and no more");
    lab::check(again.framing == head.framing, "the body is framed as it was");
    lab::check(again.contentLength == head.contentLength, "the body is as long as it was");
    lab::check(again.method == head.method, "the method is what it was");
    lab::check(again.minorVersion == 1 && again.isKeepAlive, "pods are spoken to in HTTP/1.1");
    lab::check(again.upgrade == head.upgrade, "an upgrade is offered if it was");
    lab::check(again.authority == forwarding.host, "the host is the one we named");
    lab::check(!again.expectsContinue, "100-continue ends here");
    lab::check(ownFields(again.fields) == ownFields(head.fields), "other fields go through");
    const std::size_t added = head.originForm.starts_with('?') ? 1 : 0;
    lab::check(again.originForm.substr(added) == head.originForm, "the target is what it was");
}

/// What we return must mean to the client what the pod's bytes meant to us.
void checkReturned(const ResponseHead& head)
{
    std::string returned;
    appendReturnedHead(returned, head, head.framing, !head.isKeepAlive);
    ResponseHead again;
    const HeadResult result = parseResponseHead(returned, "GET", again);
    lab::check(result.state != State::Incomplete, "what we return is one whole head");
    if (result.state == State::Complete) {
        lab::check(result.headBytes == returned.size(), "what we return is one head and no more");
        lab::check(again.status == head.status, "the status is what it was");
        lab::check(again.framing == head.framing, "the answer is framed as it was");
        lab::check(std::ranges::none_of(again.fields.all(), &Field::hasControls),
                   "no control byte is returned");
    }
}

void checkRequest(std::string_view bytes)
{
    RequestHead head;
    const HeadResult result = parseRequestHead(bytes, head);
    const std::size_t length = result.state == State::Complete ? result.headBytes : bytes.size();
    lab::check(length <= bytes.size(), "a head lies in its bytes");
    lab::check(result.state != State::Invalid ||
                   (result.error.status >= 400 && result.error.rule[0] != '\0'),
               "a refusal has its status and its rule");

    RequestHead other;
    const std::size_t step = length <= cutsMax ? 1 : 1 + length / 16;
    for (std::size_t cut = 0; cut < length; cut += step) {
        const State part = parseRequestHead(bytes.substr(0, cut), other).state;
        lab::check(part == State::Incomplete || (part == State::Invalid && part == result.state),
                   "a verdict comes early or late, but it is the same");
    }
    if (result.state != State::Complete) {
        return;
    }
    checkFields(head.fields, bytes);
    const HeadResult alone = parseRequestHead(bytes.substr(0, length), other);
    lab::check(alone.state == State::Complete && alone.headBytes == length,
               "what follows a head does not change it");
    lab::check(hasHeadEnd(bytes.substr(0, length), length - 1), "a whole head has its end");
    checkForwarded(head);
}

void checkResponse(std::string_view bytes)
{
    for (const std::string_view method : {"GET", "HEAD"}) {
        ResponseHead head;
        const HeadResult result = parseResponseHead(bytes, method, head);
        if (result.state == State::Invalid) {
            lab::check(result.error.status == 502 && result.error.rule[0] != '\0',
                       "a broken answer is a bad gateway");
        }
        if (result.state != State::Complete) {
            continue;
        }
        lab::check(result.headBytes <= bytes.size(), "a head lies in its bytes");
        lab::check(head.status >= 100 && head.status <= 599, "a status has its range");
        checkFields(head.fields, bytes);
        if (method == "GET") {
            checkReturned(head);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    checkScans(bytes);
    checkRequest(bytes);
    checkResponse(bytes);
    return 0;
}
