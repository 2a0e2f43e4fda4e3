#include "live/exchange.hpp"

#include "http/head_parser.hpp"
#include "http/serialize.hpp"
#include "live/socket_stream.hpp"
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

/// The door's, with the route's own for its pods.
Timeouts timeoutsFor(const LiveOptions& options, const frontdoor::Decision& decision)
{
    Timeouts timeouts = options.timeouts;
    if (decision.policy != nullptr) {
        timeouts.connect = decision.policy->timeouts.connect;
        timeouts.answer = decision.policy->timeouts.read;
        timeouts.write = decision.policy->timeouts.send;
    }
    return timeouts;
}

std::uint64_t bodyBytesMax(const LiveOptions& options, const frontdoor::Decision& decision)
{
    const bool hasOwn = decision.policy != nullptr && decision.policy->bodyBytesMax > 0;
    return hasOwn ? decision.policy->bodyBytesMax : options.requestBodyBytesMax;
}

RequestUpload::Options uploadOptions(const LiveOptions& options,
                                     const Timeouts& timeouts,
                                     const frontdoor::Decision& decision)
{
    return {timeouts.bodyIdle, timeouts.write, timeouts.answer, bodyBytesMax(options, decision)};
}

} // namespace

Exchange::Exchange(const ExchangeRequest& request, frontdoor::Decision& decision)
    : request_(request)
    , decision_(decision)
    , timeouts_(timeoutsFor(request.door.options, decision))
    , upload_(request.door.worker,
              request.client,
              request.buffer,
              request.headBytes,
              request.head.framing,
              request.head.contentLength,
              uploadOptions(request.door.options, timeouts_, decision))
    , headText_(request.door.worker.texts())
    , out_(*headText_)
{
}

Exchange::~Exchange()
{
    upload_.stop();
}

Task<Exchange::End> Exchange::run()
{
    request_.client.neverExpire();
    began_ = request_.door.worker.now();
    const auto& frontDoor = request_.door.frontDoor();
    if (request_.head.contentLength > bodyBytesMax(request_.door.options, decision_)) {
        frontDoor.finished(decision_.upstream, decision_.endpoint, request_.door.own.state);
        co_return co_await refuse(413, tooLarge);
    }
    if (gathersBody()) {
        const bool isGathered = co_await gatherBody();
        if (!isGathered) {
            frontDoor.finished(decision_.upstream, decision_.endpoint, request_.door.own.state);
            co_return end_;
        }
        began_ = request_.door.worker.now();
    }
    for (int connections = 1;; ++connections) {
        const Try outcome = co_await tryOnce();
        if (outcome == Try::Answered || outcome == Try::Replaced) {
            const Instant now = request_.door.worker.now();
            frontDoor.answered(
                decision_.upstream, decision_.endpoint, now - began_, now, request_.door.own.state);
        }
        frontDoor.finished(decision_.upstream, decision_.endpoint, request_.door.own.state);
        if (outcome == Try::Answered) {
            co_return end_;
        }
        if (request_.door.worker.isStopping() || !takeNext(outcome, connections)) {
            break;
        }
        if (!decision_.isForward()) {
            co_return co_await refuse(decision_.status, "no rule of this door takes this");
        }
    }
    request_.door.tally().upstreamErrors.add();
    co_return co_await refuse(failureStatus_,
                              failureStatus_ == 504 ? "the pod did not answer in time"
                                                    : "no pod gave a proper answer");
}

/// Turns to what is tried after that. \return false if there is nothing
bool Exchange::takeNext(Try outcome, int connections)
{
    if (outcome == Try::Replaced) {
        decision_ = std::move(*next_);
        next_.reset();
        failureStatus_ = 503; // of an error page without a pod
        return !decision_.isForward() || decision_.endpoint.isValid();
    }
    if (outcome == Try::Stale && connections == connectionsMax) {
        return false;
    }
    if (outcome == Try::Failed) {
        if (!triesAgain()) {
            return false;
        }
        failed_.push_back(decision_.endpoint);
    }
    decision_.endpoint =
        request_.door.frontDoor().choose(decision_.upstream, failed_, request_.door.own.state);
    return decision_.endpoint.isValid();
}

bool Exchange::canRepeat() const
{
    return upload_.isWhollyBuffered() || upload_.state() == RequestUpload::State::Idle;
}

/// Does the route's policy allow another try after outcome_?
bool Exchange::triesAgain() const
{
    static const plan::RetryPolicy byDefault;
    return canRepeat() &&
           frontdoor::triesAgain(decision_.policy ? decision_.policy->retry : byDefault,
                                 outcome_,
                                 request_.head.method,
                                 static_cast<int>(failed_.size()) + 1,
                                 request_.door.worker.now() - began_);
}

void Exchange::fail(frontdoor::TryOutcome::Kind kind, bool wasSent)
{
    outcome_ = {kind, 0, wasSent};
    failureStatus_ = kind == frontdoor::TryOutcome::Kind::TimedOut ? 504 : 502;
}

Task<Exchange::Try> Exchange::tryOnce()
{
    hasAnswerBegun_ = false;
    if (!takeKeptConnection()) {
        const bool isConnected = co_await connect();
        if (!isConnected) {
            co_return Try::Failed;
        }
    }
    writeRequestHead();
    request_.log.sentToPod(isPooled_, failed_.size());
    bool isSent = false;
    if (upload_.isWhollyBuffered() || !canRepeat()) {
        upstream_->expireAt(request_.door.worker.now() + timeouts_.answer);
        const Io io = co_await upstream_->write(out_, wholeBody());
        isSent = io.isDone();
    } else {
        isSent = co_await sendInPieces();
    }
    if (!isSent && isStale()) {
        releaseUpstream(false);
        fail(frontdoor::TryOutcome::Kind::Broken, true);
        co_return Try::Stale;
    }
    const Try outcome = co_await receiveHead();
    if (outcome != Try::Answered) {
        releaseUpstream(false);
    }
    co_return outcome;
}

/// To this endpoint, by the route's word or its Service's.
bool Exchange::speaksHttp2() const
{
    return (decision_.policy != nullptr && decision_.policy->speaksHttp2()) ||
           request_.door.served.plan->upstream(decision_.upstream).speaksHttp2;
}

bool Exchange::takeKeptConnection()
{
    const DoorContext& door = request_.door;
    const AddressId kept = door.served.endpoints.keptUnder(decision_.endpoint);
    upstream_ = speaksHttp2() ? door.own.http2Pods.open(kept) : door.own.pool.take(kept);
    isPooled_ = upstream_ != nullptr;
    return isPooled_;
}

Task<bool> Exchange::connect()
{
    DoorContext& door = request_.door;
    fail(frontdoor::TryOutcome::Kind::Refused, false);
    const int fd = beginConnect(door.served.endpoints.of(decision_.endpoint));
    if (fd < 0) {
        co_return false;
    }
    auto socket = std::make_unique<SocketStream>(door.worker.reactor(), door.worker.wheel(), fd);
    socket->expireAt(door.worker.now() + timeouts_.connect);
    const Io io = co_await socket->connected();
    if (!io.isDone()) {
        if (io.state == Io::State::Expired) {
            fail(frontdoor::TryOutcome::Kind::TimedOut, false);
        }
        co_return false;
    }
    if (speaksHttp2()) {
        const AddressId kept = door.served.endpoints.keptUnder(decision_.endpoint);
        upstream_ = door.own.http2Pods.open(kept, std::move(socket));
    } else {
        upstream_ = std::move(socket);
    }
    co_return true;
}

bool Exchange::isStale() const
{
    return isPooled_ && !hasAnswerBegun_ && isIdempotent(request_.head.method) &&
           upload_.isWhollyBuffered();
}

Exchange::Try Exchange::noAnswer(Io io)
{
    const bool isLate = io.state == Io::State::Expired;
    fail(isLate ? frontdoor::TryOutcome::Kind::TimedOut : frontdoor::TryOutcome::Kind::Broken,
         true);
    return !isLate && isStale() ? Try::Stale : Try::Failed;
}

Task<Exchange::Try> Exchange::receiveHead()
{
    const Io ready = co_await upstream_->readable(); // waits without a buffer
    answer_ = request_.door.worker.buffers().take();
    Io io = ready;
    int interims = 0;
    while (true) {
        if (io.isDone()) {
            io = co_await upstream_->read(answer_->free());
        }
        if (!io.isDone()) {
            const bool isClients = co_await hasClientFailed();
            co_return isClients ? Try::Answered : noAnswer(io);
        }
        hasAnswerBegun_ = true;
        request_.log.podAnswered();
        answer_->received(io.bytes);
        http::HeadResult result =
            http::parseResponseHead(answer_->filled(), request_.head.method, answerHead_);
        while (result.state == http::HeadResult::State::Complete && answerHead_.status / 100 == 1) {
            if (answerHead_.status == 101) {
                co_return co_await tunnel(result.headBytes);
            }
            if (++interims > interimsMax) {
                fail(frontdoor::TryOutcome::Kind::Broken, true);
                co_return Try::Failed;
            }
            const bool isTold = co_await relayInterim();
            if (!isTold) {
                co_return Try::Answered;
            }
            answer_->dropFront(result.headBytes);
            result = http::parseResponseHead(answer_->filled(), request_.head.method, answerHead_);
        }
        if (result.state == http::HeadResult::State::Complete) {
            if (replacesAnswer()) {
                co_return Try::Replaced;
            }
            co_return co_await relayAnswer(result.headBytes);
        }
        if (result.state == http::HeadResult::State::Invalid || answer_->isFull()) {
            fail(frontdoor::TryOutcome::Kind::Broken, true);
            co_return Try::Failed;
        }
    }
}

/// Was it the client's part that broke?  Then it is told so, if it is there; end_ says the rest.
Task<bool> Exchange::hasClientFailed()
{
    switch (upload_.state()) {
    case RequestUpload::State::TooLarge:
        end_ = co_await refuse(413, tooLarge);
        co_return true;
    case RequestUpload::State::Malformed:
        end_ = co_await refuse(400, "the request body breaks its framing");
        co_return true;
    case RequestUpload::State::ClientSlow:
        end_ = co_await refuse(408, "the request body did not arrive in time");
        co_return true;
    case RequestUpload::State::ClientGone:
        request_.log.mark(RequestLog::Flag::ClientGone);
        end_ = End::Close;
        co_return true;
    default:
        co_return false;
    }
}

/// Passes a 1xx on to a client that knows them. RFC 9110 15.2 \return false if it is gone
Task<bool> Exchange::relayInterim()
{
    if (request_.head.minorVersion == 0) {
        co_return true;
    }
    out_.clear();
    http::appendReturnedHead(out_, answerHead_, BodyFraming::None, false);
    request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
    const Io sent = co_await request_.client.write(out_);
    upload_.waitAnew();
    if (!sent.isDone()) {
        request_.log.mark(RequestLog::Flag::ClientGone);
        end_ = End::Close;
    }
    co_return sent.isDone();
}

void Exchange::releaseUpstream(bool isReusable)
{
    upload_.stop();
    if (isReusable && upstream_ && !speaksHttp2() && !request_.door.worker.isDraining()) {
        const DoorContext& door = request_.door;
        const AddressId kept = door.served.endpoints.keptUnder(decision_.endpoint);
        request_.door.own.pool.give(kept, std::move(upstream_), door.worker.now());
    }
    upstream_.reset();
}

Task<Exchange::End> Exchange::refuse(std::uint16_t status, std::string_view why)
{
    releaseUpstream(false);
    if (upload_.state() == RequestUpload::State::Idle && upload_.isWhollyBuffered()) {
        upload_.bufferedBodySent(); // no pod took it: its bytes are dealt with all the same
    }
    const bool isRequestRead = upload_.isSent();
    // Own answers do not confirm keep-alive, as HTTP/1.0 would need it.
    const bool goesOn = isRequestRead && request_.head.isKeepAlive &&
                        request_.head.minorVersion > 0 && !request_.door.endsConnections();
    std::string fields;
    const std::string_view forClient = fieldsForClient(fields);
    out_.clear();
    const bool isHead = request_.head.method == "HEAD";
    http::appendOwnAnswer(out_, status, forClient, std::string(why) + '\n', !goesOn, isHead);
    request_.log.answeredHere(status, out_.size() - (isHead ? 0 : why.size() + 1));
    request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
    const Io io = co_await request_.client.write(out_);
    request_.log.sent(out_.size());
    if (!io.isDone()) {
        request_.log.mark(RequestLog::Flag::ClientGone);
        co_return End::Close;
    }
    if (!isRequestRead) {
        co_return End::Linger;
    }
    co_return goesOn ? End::GoOn : End::Close;
}

} // namespace lab::live
