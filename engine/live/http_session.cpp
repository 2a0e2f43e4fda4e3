#include "live/http_session.hpp"

#include "frontdoor/request_view.hpp"
#include "http/serialize.hpp"
#include "live/exchange.hpp"
#include "live/head_receipt.hpp"
#include "live/http2_preface.hpp"
#include "routing/request_path.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace lab::live {
namespace {

/// The fields of a parsed head, as deciding sees them.
class HeadFields : public frontdoor::RequestFields {
public:
    explicit HeadFields(const http::RequestHead& head)
        : head_(&head)
    {
    }

    [[nodiscard]] std::string_view value(std::string_view name) const override
    {
        const http::Field* found = head_->fields.find(name);
        return found == nullptr ? std::string_view() : found->value;
    }

private:
    const http::RequestHead* head_;
};

/// The request counts as under way for as long as this lives; its log ends with
/// it at the latest.
class UnderWay {
public:
    UnderWay(const frontdoor::FrontDoor& door, const frontdoor::Decision& decision, RequestLog& log)
        : door_(door)
        , decision_(decision)
        , log_(log)
    {
        log_.decided(decision_);
    }
    ~UnderWay()
    {
        log_.finish();
        door_.release(decision_);
    }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

private:
    const frontdoor::FrontDoor& door_;
    const frontdoor::Decision& decision_;
    RequestLog& log_;
};

std::string explanation(const frontdoor::Decision& decision)
{
    switch (decision.refusal) {
    case frontdoor::Refusal::NoRoute:
        return "no rule of this door takes this host and path\n";
    case frontdoor::Refusal::NoEndpoint:
        return "the route's Service has no ready endpoint\n";
    case frontdoor::Refusal::OverallLimit:
        return "the overall rate limit of this door is used up\n";
    default:
        return {};
    }
}

/// Whole seconds, rounded up, at least one. RFC 9110 10.2.3
std::string retryAfterField(Duration wait)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    return "Retry-After: " + std::to_string(std::max<std::int64_t>(seconds, 1)) + "\r\n";
}

} // namespace

HttpSession::HttpSession(DoorSite& site, Stream& stream, const HttpClient& client)
    : site_(site)
    , client_(&stream)
    , clientAddress_(client.address)
    , isTls_(client.isTls)
    , isHttp2_(client.protocol == HttpClient::Protocol::Http2)
{
    head_.majorVersion = isHttp2_ ? 2 : 1;
}

Task<HttpSession::End> HttpSession::serve(DoorSite& site,
                                          Stream& stream,
                                          const HttpClient& client,
                                          bool isFirst,
                                          BufferPool::Lease& preface)
{
    HttpSession session(site, stream, client);
    session.isFirst_ = isFirst;
    const Io io = session.takeArrived();
    if (!io.isDone()) {
        co_return io.state == Io::State::WouldBlock ? End::NothingCame : End::Closed;
    }
    bool goesOn = true;
    while (goesOn) {
        goesOn = co_await session.serveOne();
        session.isFirst_ = false;
        if (goesOn && session.buffer_->filled().empty()) { // else the next one is here already
            goesOn = false;
            session.end_ = session.awaitsNext() ? End::Waits : End::Closed;
        }
    }
    if (session.end_ == End::StartsHttp2) {
        preface = std::move(session.buffer_);
    }
    co_return session.end_;
}

Io HttpSession::takeArrived()
{
    buffer_ = site_.worker.buffers().take();
    const Io io = client_->tryRead(buffer_->free());
    buffer_->received(io.bytes);
    return io;
}

/// \return false if there is to be no next request
bool HttpSession::awaitsNext()
{
    if (door_->worker.isDraining()) {
        return false;
    }
    client_->expireAt(door_->worker.now() + door_->options.timeouts.keepAliveIdle);
    return true;
}

Task<> HttpSession::runOne()
{
    const DoorContext& door = *site_.current;
    if (door.worker.isDraining()) {
        co_return;
    }
    client_->expireAt(door.worker.now() + door.options.timeouts.head);
    const Io io = takeArrived();
    if (io.isDone()) {
        static_cast<void>(co_await serveOne());
    }
}

Task<> HttpSession::refuseOne(http::HeadError error)
{
    door_ = site_.current;
    buffer_ = door_->worker.buffers().take();
    RequestLog log(door_->worker, head_, clientAddress_);
    log_ = &log;
    static_cast<void>(co_await refuseHead(error));
}

void HttpSession::turnToCurrentPlan()
{
    door_ = site_.current;
}

/// The usual head is there at once. \return false if readHead() has to see to it
bool HttpSession::takeHead()
{
    const http::HeadResult result = http::parseRequestHead(buffer_->filled(), head_, {});
    headBytes_ = result.headBytes;
    return result.state == http::HeadResult::State::Complete;
}

Task<bool> HttpSession::readHead()
{
    const Duration headTime = isFirst_ ? Duration::zero() : door_->options.timeouts.head;
    const HeadReceipt receipt =
        co_await receiveRequestHead(door_->worker, *client_, *buffer_, head_, headTime);
    if (receipt.state == HeadReceipt::State::Refused) {
        co_return co_await refuseHead(receipt.error);
    }
    headBytes_ = receipt.headBytes;
    co_return receipt.state == HeadReceipt::State::Complete;
}

Task<bool> HttpSession::refuseHead(http::HeadError error)
{
    log_->headRefused(*door_, buffer_->filled());
    std::string out;
    const std::string text = std::string(error.rule) + '\n';
    http::appendOwnAnswer(out, error.status, {}, text, true);
    log_->answeredHere(error.status, out.size() - text.size());
    client_->expireAt(door_->worker.now() + door_->options.timeouts.head);
    const Io io = co_await client_->write(out);
    log_->sent(out.size());
    log_->finish();
    if (io.isDone()) {
        co_await lingerThenClose(door_->worker, *client_, *buffer_);
    }
    co_return false;
}

/// All but its path and fields. \param hostBuffer  holds the host if it is not
/// as received
frontdoor::RequestView HttpSession::viewOfHead(std::string& hostBuffer) const
{
    frontdoor::RequestView view;
    view.method = head_.method;
    view.host = routing::normalisedHost(head_.authority, hostBuffer);
    view.target = head_.originForm;
    view.clientAddress = clientAddress_;
    view.isTls = isTls_;
    view.hostField = head_.authority;
    view.bodyBytes = head_.contentLength;
    view.endsWithRelease = true;
    return view;
}

/// It may be HTTP/2's preface. \return false if it is, or if nothing came of it
Task<bool> HttpSession::staysWithHttp1()
{
    const bool isHttp2 = co_await startsHttp2(*client_, *buffer_);
    end_ = isHttp2 ? End::StartsHttp2 : End::Closed;
    co_return !isHttp2 && !buffer_->filled().empty();
}

Task<bool> HttpSession::serveOne()
{
    bool isThere = true; // step by step: see Task
    RequestLog log(site_.worker, head_, clientAddress_);
    log_ = &log;
    if (isFirst_ && !isTls_ && !isHttp2_ && mayBeHttp2(buffer_->filled())) {
        isThere = co_await staysWithHttp1();
    }
    turnToCurrentPlan();
    if (isThere && !takeHead()) {
        isThere = co_await readHead();
        turnToCurrentPlan(); // it may have taken its time
    }
    if (!isThere) {
        co_return false;
    }
    log.headCame(*door_, headBytes_);
    std::string hostBuffer;
    std::string pathBuffer;
    if (!head_.mayBeForwarded || head_.originForm == "*") {
        co_return co_await answerHere();
    }
    frontdoor::RequestView view = viewOfHead(hostBuffer);
    const HeadFields fields(head_);
    view.fields = &fields;
    const auto path = routing::normalisedPath(head_.originForm, pathBuffer);
    if (!path) {
        co_return co_await refuseHead({400, "the path is broken or climbs above its root"});
    }
    view.path = *path;
    std::unique_ptr<frontdoor::DecisionTrace> trace;
    if (door_->options.explainFields && asksToExplain()) {
        trace = std::make_unique<frontdoor::DecisionTrace>();
    }
    frontdoor::Decision decision =
        door_->frontDoor().decide(view, door_->worker.now(), door_->own.state, trace.get());
    const UnderWay mark(door_->frontDoor(), decision, log);
    if (!decision.isForward()) {
        std::string said;
        if (trace) {
            said = door_->options.explainFields(door_->frontDoor(), view, decision, *trace, 0);
        }
        co_return co_await refuse(decision, said);
    }
    Exchange exchange(
        {*door_, *client_, head_, *buffer_, headBytes_, clientAddress_, log, view, trace.get()},
        decision);
    const Exchange::End end = co_await exchange.run();
    log.received(exchange.bodyBytes());
    log.finish();
    if (end == Exchange::End::Linger) {
        co_await lingerThenClose(door_->worker, *client_, *buffer_);
    }
    if (end != Exchange::End::GoOn) {
        co_return false;
    }
    buffer_->dropFront(exchange.bodyEnd());
    co_return true;
}

/// Only for clients of this machine: what it says is about the inside.
bool HttpSession::asksToExplain() const
{
    const http::Field* const field = head_.fields.find(http::FieldName::XLabExplain);
    if (field == nullptr || field->value != "1") {
        return false;
    }
    const Result<SocketAddress> client = socketAddress(std::string(clientAddress_), 0);
    return client && client->isLoopback();
}

/// \param explained  field lines that say why, where the client asked
Task<bool> HttpSession::refuse(const frontdoor::Decision& decision, std::string_view explained)
{
    DoorTally& tally = door_->tally();
    if (decision.refusal == frontdoor::Refusal::OverallLimit) {
        tally.refusedByLimit.add();
    } else if (decision.refusal == frontdoor::Refusal::NoRoute) {
        tally.unrouted.add();
    }
    // Named, since GCC 12 destroys some temporaries of an awaiting expression
    // twice.
    const std::string text = explanation(decision);
    std::string fields = decision.answerFields;
    if (decision.refusal == frontdoor::Refusal::Redirect && !door_->options.usesLogicalPorts) {
        fields = withRealPort(std::move(fields), head_.authority, door_->served.siblingPorts);
    }
    if (decision.refusal == frontdoor::Refusal::OverallLimit) {
        fields += retryAfterField(decision.retryAfter);
    }
    fields += explained;
    co_return co_await answer(decision.status, fields, text);
}

/// To OPTIONS of the server as a whole, and to OPTIONS and TRACE that have come
/// far enough. RFC 9110 7.6.2, 9.3.7, 9.3.8
Task<bool> HttpSession::answerHere()
{
    std::string reflection;
    if (head_.method != "TRACE") {
        co_return co_await answer(204, {}, {});
    }
    http::appendReflection(reflection, head_);
    co_return co_await answer(200, "Content-Type: message/http\r\n", reflection);
}

/// Says that, and goes on to the next request if the rest of this one is here.
Task<bool> HttpSession::answer(std::uint16_t status, std::string_view fields, std::string_view text)
{
    BodyReader body(head_.framing, head_.contentLength, *buffer_, headBytes_);
    const bool isWhole = body.isWhollyBuffered();
    // Own answers do not confirm keep-alive, as HTTP/1.0 would need it.
    const bool closes =
        !head_.isKeepAlive || head_.minorVersion == 0 || !isWhole || door_->endsConnections();
    std::string out;
    const bool isHead = head_.method == "HEAD";
    http::appendOwnAnswer(out, status, fields, text, closes, isHead);
    log_->answeredHere(status, out.size() - (isHead ? 0 : text.size()));
    client_->expireAt(door_->worker.now() + door_->options.timeouts.write);
    const Io io = co_await client_->write(out);
    log_->sent(out.size());
    log_->finish();
    if (!io.isDone() || (closes && isWhole)) {
        co_return false;
    }
    if (!isWhole) {
        co_await lingerThenClose(door_->worker, *client_, *buffer_);
        co_return false;
    }
    static_cast<void>(body.take());
    buffer_->dropFront(body.endOffset());
    co_return true;
}

} // namespace lab::live
