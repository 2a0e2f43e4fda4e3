#pragma once

#include "live/deadline_wheel.hpp"
#include "live/reactor.hpp"

#include <openssl/types.h>

#include <array>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace lab::live {

/// How one read or write on a stream ended.
struct Io {
    enum class State : unsigned char {
        Done,       ///< `bytes` moved (reading: at least one).
        WouldBlock, ///< Only from the try… calls: nothing now.
        End,        ///< The peer has finished sending, properly.
        Broken,     ///< Reset, cut, TLS failure, or not connected.
        Expired,    ///< The stream's deadline passed first.
        Cancelled,  ///< The worker is ending.
    };
    State state = State::Done;
    std::size_t bytes = 0;

    [[nodiscard]] bool isDone() const { return state == State::Done; }
};

struct SslDeleter {
    void operator()(SSL* ssl) const noexcept;
};
using SslPointer = std::unique_ptr<SSL, SslDeleter>;

/// One TCP connection, plain or TLS, non-blocking: what sessions read from and write to.
///
/// Waiting costs no buffer and no allocation: the awaitables below try first, then sleep until an
/// edge, and try again before the coroutine is resumed.  At most one reader and one writer wait at
/// a time. A deadline or cancel() ends both. One worker's thread; closes its descriptor at its end.
class Stream final : private Watcher, private Deadline {
public:
    /// Takes over a connected or connecting, non-blocking descriptor.
    Stream(Reactor& reactor, DeadlineWheel& wheel, int fd);
    ~Stream() override;

    /// From now on everything passes through that TLS connection. \pre ssl has no descriptor yet
    void secure(SslPointer ssl);
    [[nodiscard]] bool isSecure() const { return ssl_ != nullptr; }
    [[nodiscard]] SSL* ssl() const { return ssl_.get(); }

    /// Moves what can be moved now.
    [[nodiscard]] Io tryRead(std::span<char> into);
    [[nodiscard]] Io tryWrite(std::span<const std::string_view> parts);

    class [[nodiscard]] Operation;
    class ReadOperation;
    class WriteOperation;
    class ReadyOperation;
    class HandshakeOperation;
    class ConnectOperation;

    ReadOperation read(std::span<char> into); ///< At least one byte, or the end.
    /// All of the parts, in one system call where possible.
    WriteOperation
    write(std::string_view first, std::string_view second = {}, std::string_view third = {});
    ReadyOperation readable();      ///< Until a read would not block; holds no buffer.
    ReadyOperation stirred();       ///< As readable(), but half a TLS record will do: cheaper.
    HandshakeOperation handshake(); ///< TLS, either role.
    ConnectOperation connected();   ///< The outcome of connect().

    /// Everything that waits, now or later, ends with Expired at that time; until changed.
    void expireAt(Instant at);
    void neverExpire();

    /// Whoever waits gets Cancelled, and so does whatever is tried later.
    void cancel();

    /// Whoever reads gets Expired, once; the stream stays usable.
    void interruptReader();

    /// True while the stream waits between two exchanges: a draining worker may cancel it.
    void setIdle(bool isIdle) { isIdle_ = isIdle; }
    [[nodiscard]] bool isIdle() const { return isIdle_; }

    /// Is an idle connection still good: neither closed nor holding bytes nobody asked for?
    [[nodiscard]] bool isQuiet();

    void finishWriting(); ///< TLS close_notify and FIN; reading goes on.
    void reset();         ///< Makes the close an RST: the peer must not take it for an end.

    [[nodiscard]] int descriptor() const { return fd_; }

private:
    void ready(Edge edge) override;
    void cancelled() override;
    void drained() override;
    void expired() override;

    [[nodiscard]] Io tlsRead(std::span<char> into);
    [[nodiscard]] Io tlsWrite(std::span<const std::string_view> parts);
    [[nodiscard]] Io tlsOutcome(int result);
    [[nodiscard]] bool hasArrived() const;
    [[nodiscard]] bool hasDecrypted();
    [[nodiscard]] Io stopped() const;
    /// Ends what waits in both directions; the stream may be gone afterwards.
    void stopWaiting();
    /// Resumes whoever waits there if its attempt now comes to something.
    /// \return false if the stream is gone
    bool retry(Operation* Stream::*waiting);

    Reactor& reactor_;
    DeadlineWheel& wheel_;
    SslPointer ssl_;
    Operation* reader_ = nullptr;
    Operation* writer_ = nullptr;
    Reactor::Key key_;
    int fd_;
    bool isReadable_ = false; ///< The first edge tells what is there already.
    bool isWritable_ = true;
    bool isHungUp_ = false;
    bool hasExpired_ = false;
    bool isCancelled_ = false;
    bool isIdle_ = false;
};

/// What a coroutine awaits on a stream. Lives in the awaiting coroutine's frame.
class Stream::Operation {
public:
    virtual ~Operation() = default;
    Operation(const Operation&) = delete;
    Operation& operator=(const Operation&) = delete;

    [[nodiscard]] bool await_ready()
    {
        io_ = attempt();
        return io_.state != Io::State::WouldBlock;
    }
    void await_suspend(std::coroutine_handle<> awaiting)
    {
        awaiting_ = awaiting;
        slot() = this;
    }
    [[nodiscard]] Io await_resume() const { return io_; }

protected:
    explicit Operation(Stream& stream)
        : stream_(stream)
    {
    }
    virtual Io attempt() = 0;
    virtual Operation*& slot() { return stream_.reader_; }

    Stream& stream_;

private:
    friend class Stream;
    Io io_;
    std::coroutine_handle<> awaiting_;
};

class Stream::ReadOperation final : public Operation {
public:
    ReadOperation(Stream& stream, std::span<char> into)
        : Operation(stream)
        , into_(into)
    {
    }

private:
    Io attempt() override { return stream_.tryRead(into_); }
    std::span<char> into_;
};

class Stream::WriteOperation final : public Operation {
public:
    static constexpr std::size_t partsMax = 3;
    using Parts = std::array<std::string_view, partsMax>;

    WriteOperation(Stream& stream, const Parts& parts)
        : Operation(stream)
        , parts_(parts)
    {
    }

private:
    Io attempt() override;
    Operation*& slot() override { return stream_.writer_; }
    Parts parts_; ///< What is still to be written.
};

class Stream::ReadyOperation final : public Operation {
public:
    ReadyOperation(Stream& stream, bool isExact)
        : Operation(stream)
        , isExact_(isExact)
    {
    }

private:
    Io attempt() override;
    bool isExact_;
};

class Stream::HandshakeOperation final : public Operation {
public:
    explicit HandshakeOperation(Stream& stream)
        : Operation(stream)
    {
    }

private:
    Io attempt() override;
};

class Stream::ConnectOperation final : public Operation {
public:
    explicit ConnectOperation(Stream& stream)
        : Operation(stream)
    {
    }

private:
    Io attempt() override;
    Operation*& slot() override { return stream_.writer_; }
};

inline Stream::ReadOperation Stream::read(std::span<char> into)
{
    return {*this, into};
}

inline Stream::WriteOperation
Stream::write(std::string_view first, std::string_view second, std::string_view third)
{
    return {*this, {first, second, third}};
}

inline Stream::ReadyOperation Stream::readable()
{
    return {*this, true};
}

inline Stream::ReadyOperation Stream::stirred()
{
    return {*this, false};
}

inline Stream::HandshakeOperation Stream::handshake()
{
    return HandshakeOperation(*this);
}

inline Stream::ConnectOperation Stream::connected()
{
    return ConnectOperation(*this);
}

} // namespace lab::live
