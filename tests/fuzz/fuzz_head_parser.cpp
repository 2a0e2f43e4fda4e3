#include "base/check.hpp"
#include "http/head_parser.hpp"
#include "http/serialize.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace lab::http;

namespace {

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
    if (result.state == HeadResult::State::Invalid) {
        const bool isTooLong = result.error.status == 431 || result.error.status == 414;
        lab::check(isTooLong, "what we forward is valid, if it is not too long with our fields");
        return;
    }
    lab::check(result.state == HeadResult::State::Complete, "what we forward is one whole head");
    lab::check(result.headBytes == forwarded.size(), "what we forward is one head and no more");
    lab::check(again.framing == head.framing, "the body is framed as it was");
    lab::check(again.contentLength == head.contentLength, "the body is as long as it was");
    lab::check(again.method == head.method, "the method is what it was");
}

void checkRequest(std::string_view bytes)
{
    RequestHead head;
    const HeadResult result = parseRequestHead(bytes, head);
    if (result.state == HeadResult::State::Invalid) {
        lab::check(result.error.status >= 400 && result.error.rule[0] != '\0',
                   "a refusal has its status and its rule");
        return;
    }
    if (result.state == HeadResult::State::Incomplete) {
        return;
    }
    lab::check(result.headBytes > 0 && result.headBytes <= bytes.size(),
               "a head lies in its bytes");
    checkFields(head.fields, bytes);
    const std::string_view exact = bytes.substr(0, result.headBytes);
    RequestHead other;
    const HeadResult alone = parseRequestHead(exact, other);
    lab::check(alone.state == HeadResult::State::Complete && alone.headBytes == exact.size(),
               "what follows a head does not change it");
    for (std::size_t cut = exact.size() / 2; cut < exact.size(); cut += 1 + exact.size() / 7) {
        const HeadResult part = parseRequestHead(exact.substr(0, cut), other);
        lab::check(part.state == HeadResult::State::Incomplete,
                   "a valid head is not refused before it is whole");
    }
    checkForwarded(head);
}

void checkResponse(std::string_view bytes)
{
    ResponseHead head;
    const HeadResult result = parseResponseHead(bytes, "GET", head);
    if (result.state == HeadResult::State::Complete) {
        lab::check(result.headBytes > 0 && result.headBytes <= bytes.size(),
                   "a head lies in its bytes");
        lab::check(head.status >= 100 && head.status <= 999, "a status has three digits");
        checkFields(head.fields, bytes);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    checkRequest(bytes);
    checkResponse(bytes);
    return 0;
}
