#include "live/tunnel.hpp"

#include <coroutine>
#include <string_view>
#include <utility>

namespace lab::live {
namespace {

/// Both directions' common state; lives in the frame of relayBothWays().
class Tunnel final : public TunnelBook::Entry {
public:
    Tunnel(Worker& itsWorker,
           Stream& itsFront,
           Stream& itsBack,
           Duration itsIdleMax,
           const TunnelBook::Place& place)
        : Entry(itsWorker.tunnels(), place)
        , worker(itsWorker)
        , front(itsFront)
        , back(itsBack)
        , idleMax(itsIdleMax)
    {
    }
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;
    ~Tunnel() override
    {
        if (isGone_ != nullptr) {
            *isGone_ = true;
        }
    }

    Worker& worker;
    Stream& front;
    Stream& back;
    Duration idleMax;
    TunnelEnd end;
    bool hasCause = false;
    int running = 2;
    std::coroutine_handle<> waiting;

    /// What comes after the first cause is its consequence.
    void endBy(TunnelEnd::Cause cause)
    {
        end.cause = std::exchange(hasCause, true) ? end.cause : cause;
    }
    void endBy(Io io, const Stream& stream)
    {
        using Cause = TunnelEnd::Cause;
        const bool isAllSaid = front.isIdle(); // by the back: see passEndOn()
        endBy(io.state == Io::State::Cancelled ? (isAllSaid ? Cause::Finished : Cause::Cut)
              : io.state == Io::State::Expired ? Cause::WentIdle
              : &stream == &front              ? Cause::FrontBroke
                                               : Cause::BackBroke);
    }

    /// The coroutine that awaits this sleeps until both directions are over.
    [[nodiscard]] bool await_ready() const { return running == 0; }
    void await_suspend(std::coroutine_handle<> handle) { waiting = handle; }
    void await_resume() const {}

private:
    /// Either may be the only one that somebody waits on.
    void cut() override
    {
        bool isGone = false;
        isGone_ = &isGone;
        back.cancel();
        if (!isGone) {
            isGone_ = nullptr;
            front.cancel();
        }
    }

    bool* isGone_ = nullptr; ///< Told by the destructor while it is being cut.
};

void passEndOn(Tunnel& tunnel, Stream& to)
{
    to.finishWriting();
    if (&to == &tunnel.front) { // all is said: a worker that drains need not wait for the client
        to.setIdle(true);
        if (tunnel.worker.isDraining()) {
            to.cancel();
        }
    }
}

Task<bool> carryOnePiece(Tunnel& tunnel, Stream& from, Stream& to, std::uint64_t& bytes)
{
    const Io waiting = co_await from.readable();
    if (!waiting.isDone()) {
        tunnel.endBy(waiting, from);
        if (waiting.state == Io::State::Cancelled) { // cut: the other side may not know yet
            to.cancel();
        }
        co_return false;
    }
    const BufferPool::Lease buffer = tunnel.worker.buffers().take();
    const Io io = from.tryRead(buffer->free());
    if (io.state == Io::State::WouldBlock) {
        co_return true;
    }
    if (!io.isDone()) {
        if (io.state == Io::State::End) {
            passEndOn(tunnel, to);
        } else {
            tunnel.endBy(io, from);
            to.reset();
            to.cancel();
        }
        co_return false;
    }
    bytes += io.bytes;
    const Instant deadline = tunnel.worker.now() + tunnel.idleMax;
    from.expireAt(deadline);
    to.expireAt(deadline);
    buffer->received(io.bytes);
    const Io written = co_await to.write(buffer->filled());
    if (!written.isDone()) {
        tunnel.endBy(written, to);
        from.reset();
        from.cancel();
    }
    co_return written.isDone();
}

Detached carry(Tunnel& tunnel, Stream& from, Stream& to, std::uint64_t& bytes)
{
    bool goesOn = true;
    while (goesOn) {
        goesOn = co_await carryOnePiece(tunnel, from, to, bytes);
    }
    if (--tunnel.running == 0 && tunnel.waiting) {
        tunnel.waiting.resume();
    }
}

} // namespace

Task<TunnelEnd> relayBothWays(
    Worker& worker, Stream& front, Stream& back, Duration idleMax, TunnelBook::Place place)
{
    Tunnel tunnel(worker, front, back, idleMax, place);
    const Instant deadline = worker.now() + idleMax;
    front.expireAt(deadline);
    back.expireAt(deadline);
    carry(tunnel, front, back, tunnel.end.forward);
    carry(tunnel, back, front, tunnel.end.back);
    co_await tunnel;
    co_return tunnel.end;
}

} // namespace lab::live
