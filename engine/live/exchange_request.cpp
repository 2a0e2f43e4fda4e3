// The first half of an exchange: the request on its way to the pod.
#include "frontdoor/forwarding.hpp"
#include "live/exchange.hpp"
#include "live/pod_server.hpp"

namespace lab::live {

using http::BodyFraming;

namespace {

/// 32 hexadecimal digits, as nginx's $request_id. Made once for all tries.
std::string_view madeOnce(std::array<char, 32>& id, Random& random)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    if (id.front() == 0) {
        for (std::size_t i = 0; i < id.size(); i += 16) {
            std::uint64_t bits = random.next();
            for (std::size_t digit = 0; digit < 16; ++digit, bits >>= 4U) {
                id[i + digit] = digits[bits & 15U];
            }
        }
    }
    return {id.data(), id.size()};
}

} // namespace

void Exchange::writeRequestHead()
{
    const http::RequestHead& head = request_.head;
    const DoorContext& door = request_.door;
    http::Forwarding forwarding = frontdoor::forwardingOf(
        door.frontDoor(), decision_, request_.view, static_cast<std::uint16_t>(door.port.number));
    if (forwarding.addsNginxFields) {
        forwarding.requestId = madeOnce(requestId_, door.own.random);
    }
    forwarding.dropsExplain = static_cast<bool>(door.options.explainFields);
    std::string fields;
    forwarding.extraFields = fieldsForPod(fields);
    if (speaksHttp2() && head.fields.find(http::FieldName::Te) != nullptr) {
        fields = std::string(forwarding.extraFields) + "TE: trailers\r\n"; // asked for anew
        forwarding.extraFields = fields;
    }
    const std::string_view target =
        decision_.target.empty() ? head.originForm : std::string_view(decision_.target);
    const bool hasBody = canRepeat(); // else it went to the pod that an error page replaces
    forwarding.passesExpect = hasBody && waitsForPodsContinue();
    out_.clear();
    http::appendForwardedHead(out_,
                              head,
                              target,
                              forwarding,
                              hasBody ? upload_.framing() : BodyFraming::None,
                              hasBody ? upload_.contentLength() : 0);
}

/// Who sent it here, for the lab's own pods, and what was decided. \param made  where it is put
/// together if it is not ready-made
std::string_view Exchange::fieldsForPod(std::string& made) const
{
    const DoorContext& door = request_.door;
    if (door.served.plan->endpoint(decision_.endpoint).pod.isValid()) {
        const plan::Route& route = door.door().routes[decision_.route.index()];
        if (route.upstream == decision_.upstream) {
            const std::string& hop =
                door.served.hopFields[door.id.index()][decision_.route.index()];
            if (decision_.podFields.empty()) {
                return hop;
            }
            made = hop;
        } else { // a canary, or an error page
            made.append(hopField).append(": ");
            made += door.served.plan->upstream(decision_.upstream).fullService();
            made.append(";").append(route.ingress).append("\r\n");
        }
    }
    made += decision_.podFields;
    return made;
}

/// What goes out behind the head at once; nothing where an error page replaces the pod's answer.
std::string_view Exchange::wholeBody()
{
    if (!upload_.isWhollyBuffered()) {
        return {};
    }
    upload_.bufferedBodySent();
    return upload_.bufferedBody();
}

bool Exchange::gathersBody() const
{
    return upload_.canGather() && frontdoor::gathersBody(request_.door.frontDoor(), decision_);
}

/// \return false if the client's part broke: it was told so, end_ says the rest
Task<bool> Exchange::gatherBody()
{
    co_await sayContinue();
    const bool isGathered = co_await upload_.gather();
    if (!isGathered) {
        static_cast<void>(co_await hasClientFailed());
    }
    co_return isGathered;
}

Task<bool> Exchange::sendInPieces()
{
    upstream_->expireAt(request_.door.worker.now() + timeouts_.write);
    const Io io = co_await upstream_->write(out_);
    if (!io.isDone()) {
        co_return false;
    }
    co_await beginUpload();
    co_return true;
}

/// Is it the pod that asks for the body, or refuses before any of it was sent?  RFC 9110 10.1.1
/// ingress-nginx asks by itself, since it takes the body in before it turns to a pod; so does this
/// door towards HTTP/2 pods.
bool Exchange::waitsForPodsContinue() const
{
    return request_.head.expectsContinue && !upload_.isWhollyBuffered() && !speaksHttp2() &&
           request_.door.served.plan->profile == plan::Profile::Spec;
}

/// To a client that waits for this door's word before it sends its body.
Task<> Exchange::sayContinue()
{
    const bool isAwaited =
        request_.head.expectsContinue && request_.buffer.filled().size() == request_.headBytes;
    if (isAwaited && !hasSaidContinue_ && !waitsForPodsContinue()) {
        hasSaidContinue_ = true;
        request_.client.expireAt(request_.door.worker.now() + request_.door.options.timeouts.write);
        static_cast<void>(co_await request_.client.write("HTTP/1.1 100 Continue\r\n\r\n"));
    }
}

Task<> Exchange::beginUpload()
{
    co_await sayContinue();
    const bool isPods = waitsForPodsContinue();
    upload_.start(*upstream_,
                  isPods ? timeouts_.answer
                         : timeouts_.bodyIdle); // a client that is gone is found there
}

} // namespace lab::live
