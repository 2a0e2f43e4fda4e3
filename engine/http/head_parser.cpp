#include "http/head_parser.hpp"

#include "http/body_framing.hpp"
#include "http/byte_class.hpp"
#include "http/field_section.hpp"
#include "http/hop_headers.hpp"
#include "http/request_target.hpp"
#include "http/scan.hpp"
#include "http/start_line.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace lab::http {
namespace {

using State = HeadResult::State;

HeadResult refuse(const char* rule, std::uint16_t status = 400)
{
    return {.state = State::Invalid, .headBytes = 0, .error = {.status = status, .rule = rule}};
}

/// An incomplete head that may not grow any more is too long.
HeadResult incomplete(std::string_view bytes, const HeadLimits& limits)
{
    if (bytes.size() >= limits.headBytesMax) {
        return refuse("head too long (RFC 9110 5.4)", 431);
    }
    return {};
}

/// Host: exactly one, and valid, unless the client speaks HTTP/1.0. RFC 9112 3.2
const char* takeHost(RequestHead& head, std::string_view targetAuthority)
{
    const Field* const host = head.fields.find(FieldName::Host);
    if (host == nullptr) {
        head.authority = targetAuthority;
        return head.minorVersion == 0 ? nullptr : "no Host field (RFC 9112 3.2)";
    }
    if (head.fields.count(FieldName::Host) > 1) {
        return "several Host fields (RFC 9112 3.2)";
    }
    if (!isAuthority(host->value)) {
        return "malformed Host (RFC 9112 3.2, RFC 9110 4.2)";
    }
    head.authority = targetAuthority.empty() ? host->value : targetAuthority;
    return nullptr;
}

bool mayBeForwarded(const RequestHead& head)
{
    if (head.method != "OPTIONS" && head.method != "TRACE") {
        return true;
    }
    const Field* const hops = head.fields.find(FieldName::MaxForwards);
    return hops == nullptr || toNumber(hops->value) != 0U;
}

/// Everything that follows from the fields together.
HeadResult finishRequest(RequestHead& head, std::string_view targetAuthority)
{
    if (const char* const rule = takeHost(head, targetAuthority)) {
        return refuse(rule);
    }
    const DeclaredBody body = declaredBody(head.fields, head.minorVersion);
    if (body.error) {
        return refuse(body.error->rule, body.error->status);
    }
    head.framing = body.framing;
    head.contentLength = body.contentLength;

    const ConnectionOptions options = applyConnectionFields(head.fields);
    if (options.isTooLong) {
        return refuse("more than 64 Connection options (RFC 9110 7.6.1)", 431);
    }
    const bool isHttp11 = head.minorVersion == 1;
    head.isKeepAlive = !options.hasClose && (isHttp11 || options.hasKeepAlive);
    head.upgrade = isHttp11 && options.hasUpgrade ? upgradeOffer(head.fields) : "";
    head.expectsContinue = isHttp11 && head.fields.find(FieldName::Expect) != nullptr &&
                           std::ranges::any_of(head.fields.all(), asksForContinue);
    head.mayBeForwarded = mayBeForwarded(head);
    return {.state = State::Complete, .headBytes = 0, .error = {}};
}

/// A message with one of these ends with its head, whatever its fields say. RFC 9112 6.3
bool hasNoBody(std::uint16_t status, std::string_view requestMethod)
{
    return status < 200 || status == 204 || status == 304 || requestMethod == "HEAD";
}

/// Announced, though its status forbids it: who knows what the pod sends next? RFC 9112 6.1
bool announcesForbiddenBody(const ResponseHead& head, BodyFraming declared)
{
    const bool isForbidden = head.status < 200 || head.status == 204;
    return isForbidden && (declared == BodyFraming::Chunked || head.contentLength > 0);
}

HeadResult finishResponse(ResponseHead& head, std::string_view requestMethod)
{
    const DeclaredBody body = declaredBody(head.fields, head.minorVersion);
    if (body.error) {
        return refuse(body.error->rule);
    }
    const ConnectionOptions options = applyConnectionFields(head.fields);
    if (options.isTooLong) {
        return refuse("more than 64 Connection options (RFC 9110 7.6.1)");
    }
    head.contentLength = body.contentLength;
    head.hasContentLength = body.framing == BodyFraming::Length;
    if (hasNoBody(head.status, requestMethod)) {
        head.framing = BodyFraming::None;
    } else if (body.framing == BodyFraming::None) {
        head.framing = BodyFraming::UntilClose;
    } else {
        head.framing = body.framing;
    }
    head.isKeepAlive = !options.hasClose && (head.minorVersion == 1 || options.hasKeepAlive) &&
                       head.framing != BodyFraming::UntilClose &&
                       !announcesForbiddenBody(head, body.framing);
    const bool saysProtocol = (head.status == 101 || head.status == 426) && options.hasUpgrade;
    head.upgrade = saysProtocol ? upgradeOffer(head.fields) : "";
    return {.state = State::Complete, .headBytes = 0, .error = {}};
}

HeadResult parseAnyResponse(std::string_view bytes,
                            std::string_view requestMethod,
                            ResponseHead& head,
                            const HeadLimits& limits)
{
    const std::string_view window = bytes.substr(0, limits.headBytesMax);
    const char* const last = window.data() + window.size();
    const StartLineResult line = readStatusLine(window.data(), last, head);
    if (line.state == State::Invalid) {
        return refuse(line.error.rule);
    }
    if (line.state == State::Incomplete) {
        return incomplete(bytes, limits);
    }
    head.fields.clear();
    const FieldSectionResult fields =
        parseFieldSection(line.next, last, FieldsOf::Answer, head.fields);
    if (fields.state == State::Invalid) {
        return refuse(fields.error.rule);
    }
    if (fields.state == State::Incomplete) {
        return incomplete(bytes, limits);
    }
    HeadResult result = finishResponse(head, requestMethod);
    result.headBytes = static_cast<std::size_t>(fields.next - window.data());
    return result;
}

} // namespace

bool hasHeadEnd(std::string_view bytes, std::size_t seenBytes)
{
    const std::size_t from = std::min(seenBytes < 3 ? 0 : seenBytes - 3, bytes.size());
    return bytes.find("\r\n\r\n", from) != std::string_view::npos;
}

HeadResult parseRequestHead(std::string_view bytes, RequestHead& head, const HeadLimits& limits)
{
    const std::string_view window = bytes.substr(0, limits.headBytesMax);
    const char* const last = window.data() + window.size();
    RequestTarget target;
    const StartLineResult line = readRequestLine(window.data(), last, head, target);
    if (line.state == State::Invalid) {
        return refuse(line.error.rule, line.error.status);
    }
    const char* const lineEnd = line.state == State::Complete ? line.next : last;
    if (static_cast<std::size_t>(lineEnd - window.data()) > limits.requestLineBytesMax) {
        return refuse("request line too long (RFC 9112 3)", 414);
    }
    if (line.state == State::Incomplete) {
        return incomplete(bytes, limits);
    }
    head.target = target.target;
    head.originForm = target.originForm;
    head.fields.clear();
    const FieldSectionResult fields =
        parseFieldSection(line.next, last, FieldsOf::Request, head.fields);
    if (fields.state == State::Invalid) {
        return refuse(fields.error.rule, fields.error.status);
    }
    if (fields.state == State::Incomplete) {
        return incomplete(bytes, limits);
    }
    HeadResult result = finishRequest(head, target.authority);
    if (result.state == State::Complete) {
        result.headBytes = static_cast<std::size_t>(fields.next - window.data());
    }
    return result;
}

HeadResult parseResponseHead(std::string_view bytes,
                             std::string_view requestMethod,
                             ResponseHead& head,
                             const HeadLimits& limits)
{
    HeadResult result = parseAnyResponse(bytes, requestMethod, head, limits);
    if (result.state == State::Invalid) {
        result.headBytes = 0;
        result.error.status = 502;
    }
    return result;
}

} // namespace lab::http
