// The second half of an exchange: the pod's answer on its way to the client.
#include "http/hop_headers.hpp"
#include "http/serialize.hpp"
#include "live/exchange.hpp"
#include "live/tunnel.hpp"

namespace lab::live {

using http::BodyFraming;

namespace {

/// How the answer's end is told to this client.
BodyFraming returnedFraming(const http::RequestHead& request, const http::ResponseHead& answer)
{
    const bool isUnbounded =
        answer.framing == BodyFraming::Chunked || answer.framing == BodyFraming::UntilClose;
    if (!isUnbounded) {
        return answer.framing;
    }
    return request.minorVersion > 0 ? BodyFraming::Chunked : BodyFraming::UntilClose;
}

} // namespace

/// Is the answer whose head came dropped, for another endpoint's or an error page's?
bool Exchange::replacesAnswer()
{
    const auto& frontDoor = request_.door.frontDoor();
    outcome_ = {frontdoor::TryOutcome::Kind::Answered, answerHead_.status, true};
    if (triesAgain()) {
        failed_.push_back(decision_.endpoint);
        const EndpointId other =
            frontDoor.choose(decision_.upstream, failed_, request_.door.own.state);
        if (other.isValid()) {
            next_ = decision_;
            next_->endpoint = other;
            return true;
        }
    }
    next_ =
        frontDoor.errorPage(decision_, answerHead_.status, request_.view, request_.door.own.state);
    if (next_) {
        failed_.clear();
    }
    return next_.has_value();
}

/// What the door adds to the answer, whoever makes it. \param made  where it is put together if it
/// is not ready-made
std::string_view Exchange::fieldsForClient(std::string& made) const
{
    if (request_.trace == nullptr) {
        return decision_.answerFields;
    }
    const DoorContext& door = request_.door;
    made = decision_.answerFields +
           door.options.explainFields(
               door.frontDoor(), request_.view, decision_, *request_.trace, failed_.size());
    return made;
}

Task<Exchange::Try> Exchange::relayAnswer(std::size_t headBytes)
{
    const http::RequestHead& request = request_.head;
    const BodyFraming framing = returnedFraming(request, answerHead_);
    const bool closes = !request.isKeepAlive || framing == BodyFraming::UntilClose ||
                        request_.door.endsConnections();
    BodyReader body(answerHead_.framing, answerHead_.contentLength, *answer_, headBytes);
    out_.clear();
    http::Returning returning;
    returning.confirmsKeepAlive = request.minorVersion == 0 && !closes;
    std::string fields;
    returning.extraFields = fieldsForClient(fields);
    returning.dropsServer = request_.door.served.plan->profile == plan::Profile::IngressNginx;
    http::appendReturnedHead(out_, answerHead_, framing, closes, returning);
    request_.log.answered(answerHead_.status, out_.size());
    const bool isPodKeepAlive = answerHead_.isKeepAlive;
    if (body.isWhollyBuffered()) {
        const std::string_view whole = body.take().data;
        request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
        const Io io = co_await request_.client.write(out_, whole);
        request_.log.sent(out_.size() + whole.size());
        end_ = io.isDone() ? End::GoOn : End::Close;
        if (!io.isDone()) {
            request_.log.mark(RequestLog::Flag::ClientGone);
        }
    } else {
        end_ = co_await relayBody(body, framing, closes);
    }
    const bool isExact = body.isDone() && end_ != End::Close &&
                         body.endOffset() == answer_->filled().size() && upload_.isSent();
    const bool isReusable = isPodKeepAlive && answerHead_.framing != BodyFraming::UntilClose;
    releaseUpstream(isExact && isReusable);
    if (end_ == End::GoOn && !upload_.isSent()) {
        end_ = End::Linger; // answered early: the rest of the request is not wanted
    }
    if (end_ == End::GoOn && closes) {
        end_ = End::Close;
    }
    co_return Try::Answered;
}

/// limit-rate: when may more than the bytes sent so far go? nginx gives one second in advance.
Instant Exchange::nextPieceAt(std::uint64_t sent) const
{
    const plan::RoutePolicy* policy = decision_.policy;
    if (policy == nullptr || policy->bytesPerSecondMax == 0 || sent <= policy->bytesBeforeRate) {
        return began_;
    }
    const double seconds = static_cast<double>(sent - policy->bytesBeforeRate) /
                           static_cast<double>(policy->bytesPerSecondMax);
    return began_ + fromSeconds(seconds - 1.0);
}

Task<Exchange::End> Exchange::relayBody(BodyReader& body, BodyFraming framing, bool closes)
{
    const BodyFramer framer(framing);
    const Duration writeMax = request_.door.options.timeouts.write;
    Stream& client = request_.client;
    std::uint64_t sent = 0;
    while (true) {
        const BodyReader::Piece piece = body.take();
        using State = BodyReader::Piece::State;
        std::string_view suffix;
        if (piece.state == State::Data) {
            framer.appendPrefix(out_, piece.data.size());
            suffix = framer.suffix();
        } else if (piece.state == State::Done) {
            framer.appendEnd(out_, body.trailers());
        }
        const bool isLast =
            piece.state == State::Done || (body.isDone() && framing != BodyFraming::Chunked);
        if (!out_.empty() || !piece.data.empty()) {
            client.expireAt(request_.door.worker.now() + writeMax);
            const Io io = co_await client.write(out_, piece.data, suffix);
            request_.log.sent(out_.size() + piece.data.size());
            out_.clear();
            if (!io.isDone()) {
                request_.log.mark(RequestLog::Flag::ClientGone);
                co_return End::Close;
            }
            sent += piece.data.size();
        }
        const Instant next = nextPieceAt(sent);
        if (!isLast && next > request_.door.worker.now()) {
            client.neverExpire();
            upstream_->neverExpire();
            static_cast<void>(co_await request_.door.worker.sleepUntil(next)); // the write tells
        }
        if (isLast) {
            co_return End::GoOn;
        }
        if (piece.state == State::Data) {
            continue;
        }
        Io io{Io::State::Broken, 0};
        if (piece.state == State::NeedMore) {
            upstream_->expireAt(request_.door.worker.now() + timeouts_.answer);
            io = co_await upstream_->read(body.space());
        }
        if (io.isDone()) {
            body.received(io.bytes);
        } else if (io.state != Io::State::End || !body.ended()) {
            request_.log.mark(RequestLog::Flag::PodBroke);
            if (closes) {
                client.reset(); // a plain close would look like a proper end to it
            }
            co_return End::Close;
        }
    }
}

Task<Exchange::Try> Exchange::tunnel(std::size_t headBytes)
{
    if (!http::isOffered(answerHead_.upgrade, request_.head.upgrade) || !upload_.isSent()) {
        failureStatus_ = 502; // RFC 9110 7.8: nobody asked for that protocol
        co_return Try::Failed;
    }
    out_.clear();
    http::appendReturnedHead(out_, answerHead_, BodyFraming::None, false);
    request_.log.answered(101, out_.size());
    request_.log.mark(RequestLog::Flag::Tunnel);
    end_ = End::Close;
    const std::string_view fromPod = answer_->filled().substr(headBytes);
    const std::string_view fromClient = request_.buffer.filled().substr(upload_.endOffset());
    request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
    const Io toClient = co_await request_.client.write(out_, fromPod);
    const Io toPod = co_await upstream_->write(fromClient);
    request_.log.sent(out_.size() + fromPod.size());
    request_.log.received(fromClient.size());
    if (toClient.isDone() && toPod.isDone()) {
        answer_.release();
        const ServedPlan& served = request_.door.served;
        const TunnelBook::Place place{served.generation,
                                      served.endpoints.keptUnder(decision_.endpoint)};
        const TunnelEnd end = co_await relayBothWays(request_.door.worker,
                                                     request_.client,
                                                     *upstream_,
                                                     request_.door.options.timeouts.tunnelIdle,
                                                     place);
        request_.log.tunnelEnded(end);
    } else {
        request_.log.mark(toClient.isDone() ? RequestLog::Flag::PodBroke
                                            : RequestLog::Flag::ClientGone);
    }
    co_return Try::Answered;
}

} // namespace lab::live
