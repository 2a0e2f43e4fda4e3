#include "live/exchange.hpp"

#include "http/head_parser.hpp"
#include "http/serialize.hpp"
#include "live/tunnel.hpp"

#include <algorithm>
#include <array>
#include <unistd.h>

namespace lab::live {

using http::BodyFraming;

namespace {

/// RFC 9110 9.2.2: these may be sent again when no answer came.
bool isIdempotent(std::string_view method)
{
    static constexpr std::array<std::string_view, 6> methods{
        "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

constexpr std::string_view tooLarge = "the request body is larger than this door takes";

RequestUpload::Options uploadOptions(const LiveOptions& options)
{
    return {options.timeouts.bodyIdle,
            options.timeouts.write,
            options.timeouts.answer,
            options.requestBodyBytesMax};
}

} // namespace

Exchange::Exchange(const ExchangeRequest& request, const frontdoor::Decision& decision)
    : request_(request)
    , decision_(decision)
    , upload_(request.door.worker,
              request.client,
              request.buffer,
              request.headBytes,
              request.head.framing,
              request.head.contentLength,
              uploadOptions(request.door.options))
{
}

Exchange::~Exchange()
{
    upload_.stop();
}

Task<Exchange::End> Exchange::run()
{
    request_.client.neverExpire();
    const auto& frontDoor = request_.door.frontDoor();
    if (request_.head.contentLength > request_.door.options.requestBodyBytesMax) {
        frontDoor.finished(decision_.upstream, decision_.endpoint, request_.door.own.state);
        co_return co_await refuse(413, tooLarge);
    }
    for (int tries = 1;; ++tries) {
        const Try outcome = co_await tryOnce();
        frontDoor.finished(decision_.upstream, decision_.endpoint, request_.door.own.state);
        if (outcome == Try::Answered) {
            co_return end_;
        }
        if (outcome == Try::Failed || tries == triesMax || request_.door.worker.isStopping()) {
            break;
        }
        if (!isPooled_) { // a stale kept-alive connection says nothing against its pod
            failed_.push_back(decision_.endpoint);
        }
        decision_.endpoint = frontDoor.choose(decision_.upstream, failed_, request_.door.own.state);
        if (!decision_.endpoint.isValid()) {
            break;
        }
    }
    request_.door.tally().upstreamErrors.add();
    co_return co_await refuse(failureStatus_,
                              failureStatus_ == 504 ? "the pod did not answer in time"
                                                    : "no pod gave a proper answer");
}

Task<Exchange::Try> Exchange::tryOnce()
{
    if (!co_await connect()) {
        co_return Try::Again;
    }
    const bool isSent = co_await sendRequest();
    if (!isSent && mayTryAgain()) {
        releaseUpstream(false);
        co_return Try::Again;
    }
    const Try outcome = co_await receiveHead();
    if (outcome != Try::Answered) {
        releaseUpstream(false);
    }
    co_return outcome;
}

Task<bool> Exchange::connect()
{
    DoorContext& door = request_.door;
    upstream_ = door.own.pool.take(decision_.endpoint);
    isPooled_ = upstream_ != nullptr;
    if (isPooled_) {
        co_return true;
    }
    failureStatus_ = 502;
    const int fd = beginConnect(door.served.endpointAddresses[decision_.endpoint.index()]);
    if (fd < 0) {
        co_return false;
    }
    upstream_ = std::make_unique<Stream>(door.worker.reactor(), door.worker.wheel(), fd);
    upstream_->expireAt(door.worker.now() + door.options.timeouts.connect);
    const Io io = co_await upstream_->connected();
    if (!io.isDone()) {
        failureStatus_ = io.state == Io::State::Expired ? 504 : 502;
        upstream_.reset();
    }
    co_return io.isDone();
}

void Exchange::writeRequestHead()
{
    const http::RequestHead& head = request_.head;
    const DoorContext& door = request_.door;
    http::Forwarding forwarding;
    forwarding.clientAddress = request_.clientAddress;
    forwarding.host = head.authority;
    forwarding.port = static_cast<std::uint16_t>(door.port.number);
    forwarding.isTls = door.port.isTls;
    if (door.served.plan->profile == plan::Profile::IngressNginx) {
        forwarding.addsVia = false;
        forwarding.addsNginxFields = true;
        forwarding.dropsOddNames = true;
    }
    if (door.served.plan->endpoint(decision_.endpoint).pod.isValid()) {
        forwarding.extraFields = door.served.hopFields[door.id.index()][decision_.route.index()];
    }
    out_.clear();
    http::appendForwardedHead(
        out_, head, head.originForm, forwarding, head.framing, head.contentLength);
}

Task<bool> Exchange::sendRequest()
{
    writeRequestHead();
    const Timeouts& timeouts = request_.door.options.timeouts;
    const Instant now = request_.door.worker.now();
    if (upload_.isWhollyBuffered()) {
        upstream_->expireAt(now + timeouts.answer);
        const Io io = co_await upstream_->write(out_, upload_.bufferedBody());
        upload_.bufferedBodySent();
        co_return io.isDone();
    }
    upstream_->expireAt(now + timeouts.write);
    const Io io = co_await upstream_->write(out_);
    if (!io.isDone()) {
        co_return false;
    }
    co_await beginUpload();
    co_return true;
}

Task<> Exchange::beginUpload()
{
    // Not passed on: this door takes the body at once. RFC 9110 10.1.1
    const bool isAwaited =
        request_.head.expectsContinue && request_.buffer.filled().size() == request_.headBytes;
    if (isAwaited) {
        request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
        static_cast<void>(co_await request_.client.write("HTTP/1.1 100 Continue\r\n\r\n"));
    }
    upload_.start(*upstream_); // a client that is gone is found there
}

bool Exchange::mayTryAgain() const
{
    return isPooled_ && !hasAnswerBegun_ && isIdempotent(request_.head.method) &&
           upload_.isWhollyBuffered();
}

Exchange::Try Exchange::noAnswer(Io io) const
{
    return io.state != Io::State::Expired && mayTryAgain() ? Try::Again : Try::Failed;
}

Task<Exchange::Try> Exchange::receiveHead()
{
    const Io ready = co_await upstream_->readable(); // waits without a buffer
    answer_ = request_.door.worker.buffers().take();
    Io io = ready;
    while (true) {
        if (io.isDone()) {
            io = co_await upstream_->read(answer_->free());
        }
        if (!io.isDone()) {
            switch (upload_.state()) { // was it the client's part that broke?
            case RequestUpload::State::TooLarge:
                end_ = co_await refuse(413, tooLarge);
                co_return Try::Answered;
            case RequestUpload::State::Malformed:
                end_ = co_await refuse(400, "the request body breaks its framing");
                co_return Try::Answered;
            case RequestUpload::State::ClientSlow:
                end_ = co_await refuse(408, "the request body did not arrive in time");
                co_return Try::Answered;
            case RequestUpload::State::ClientGone:
                end_ = End::Close;
                co_return Try::Answered;
            default:
                failureStatus_ = io.state == Io::State::Expired ? 504 : 502;
                co_return noAnswer(io);
            }
        }
        hasAnswerBegun_ = true;
        answer_->received(io.bytes);
        http::HeadResult result =
            http::parseResponseHead(answer_->filled(), request_.head.method, answerHead_);
        while (result.state == http::HeadResult::State::Complete && answerHead_.status / 100 == 1) {
            if (answerHead_.status == 101) {
                co_return co_await tunnel(result.headBytes);
            }
            if (request_.head.minorVersion > 0) { // RFC 9110 15.2
                out_.clear();
                http::appendReturnedHead(out_, answerHead_, BodyFraming::None, false);
                request_.client.expireAt(request_.door.worker.now() +
                                         request_.door.options.timeouts.write);
                const Io sent = co_await request_.client.write(out_);
                request_.client.neverExpire();
                if (!sent.isDone()) {
                    end_ = End::Close;
                    co_return Try::Answered;
                }
            }
            answer_->dropFront(result.headBytes);
            result = http::parseResponseHead(answer_->filled(), request_.head.method, answerHead_);
        }
        if (result.state == http::HeadResult::State::Complete) {
            co_return co_await relayAnswer(result.headBytes);
        }
        if (result.state == http::HeadResult::State::Invalid || answer_->isFull()) {
            failureStatus_ = 502;
            co_return Try::Failed;
        }
    }
}

void Exchange::releaseUpstream(bool isReusable)
{
    upload_.stop();
    if (isReusable && upstream_ && !request_.door.worker.isDraining()) {
        request_.door.own.pool.give(
            decision_.endpoint, std::move(upstream_), request_.door.worker.now());
    }
    upstream_.reset();
}

Task<Exchange::End> Exchange::refuse(std::uint16_t status, std::string_view why)
{
    releaseUpstream(false);
    request_.door.tally().answered(status);
    if (upload_.state() == RequestUpload::State::Idle && upload_.isWhollyBuffered()) {
        upload_.bufferedBodySent(); // no pod took it: its bytes are dealt with all the same
    }
    const bool isRequestRead = upload_.isSent();
    // Own answers do not confirm keep-alive, as HTTP/1.0 would need it.
    const bool goesOn =
        isRequestRead && request_.head.isKeepAlive && request_.head.minorVersion > 0;
    out_.clear();
    http::appendOwnAnswer(
        out_, status, {}, std::string(why) + '\n', !goesOn, request_.head.method == "HEAD");
    request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
    const Io io = co_await request_.client.write(out_);
    request_.door.tally().bytesOut.add(out_.size());
    if (!io.isDone()) {
        co_return End::Close;
    }
    if (!isRequestRead) {
        co_return End::Linger;
    }
    co_return goesOn ? End::GoOn : End::Close;
}

} // namespace lab::live
