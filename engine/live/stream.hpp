#pragma once

#include "live/deadline_wheel.hpp"

#include <array>
#include <coroutine>
#include <cstddef>
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

/// What sessions read from and write to: a connection, or one HTTP/2 stream of many in one.
///
/// Waiting costs no buffer and no allocation: the awaitables below try first, then sleep until
/// there is news, and try again before the coroutine is resumed.  At most one reader and one writer
/// wait at a time. A deadline or cancel() ends both. One worker's thread.
class Stream : private Deadline {
public:
    static constexpr std::size_t partsMax = 3; ///< Of one write.

    ~Stream() override;

    /// Moves what can be moved now.
    [[nodiscard]] virtual Io tryRead(std::span<char> into) = 0;
    [[nodiscard]] virtual Io tryWrite(std::span<const std::string_view> parts) = 0;

    class [[nodiscard]] Operation;
    class ReadOperation;
    class WriteOperation;
    class ReadyOperation;

    ReadOperation read(std::span<char> into); ///< At least one byte, or the end.
    /// All of the parts, in one system call where possible.
    WriteOperation
    write(std::string_view first, std::string_view second = {}, std::string_view third = {});
    ReadyOperation readable(); ///< Until a read would not block; holds no buffer.
    ReadyOperation stirred();  ///< As readable(), but half a TLS record will do: cheaper.

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
    /// From now on a draining worker interrupts the reader instead: it has more to say.
    void setWokenByDrain() { isWokenByDrain_ = true; }

    /// Is an idle connection still good: neither closed nor holding bytes nobody asked for?
    [[nodiscard]] virtual bool isQuiet() = 0;

    virtual void finishWriting() = 0; ///< No more will come from here; reading goes on.
    virtual void reset() = 0;         ///< The peer must not take the coming close for an end.

protected:
    explicit Stream(DeadlineWheel& wheel)
        : wheel_(wheel)
    {
    }

    /// Would a read come to anything?  \param isExact  false: bytes that may come to nothing count
    [[nodiscard]] virtual bool hasNews(bool isExact) = 0;

    [[nodiscard]] bool isStopped() const { return hasExpired_ || isCancelled_; }
    /// What an attempt gets then.
    [[nodiscard]] Io stopped() const;

    /// Lets whoever waits try again; the stream may be gone afterwards.
    void retryBoth();
    void drain(); ///< Cancels an idle stream, or wakes its reader.
    /// As interruptReader(), if it waits between two exchanges or has more to say.
    void interruptIdle();
    [[nodiscard]] bool isCancelled() const { return isCancelled_; }

private:
    void expired() override;
    /// Resumes whoever waits there if its attempt now comes to something.
    /// \return false if the stream is gone
    bool retry(Operation* Stream::*waiting);
    /// \return false if the stream is gone
    bool resume(Operation& operation);

    DeadlineWheel& wheel_;
    Operation* reader_ = nullptr;
    Operation* writer_ = nullptr;
    bool* isGone_ = nullptr; ///< Told by the destructor while somebody is being resumed.
    bool hasExpired_ = false;
    bool isCancelled_ = false;
    bool isIdle_ = false;
    bool isWokenByDrain_ = false;
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
        waiting() = this;
    }
    [[nodiscard]] Io await_resume() const { return io_; }

protected:
    enum class Role : bool { Reads, Writes };

    Operation(Stream& stream, Role role)
        : stream_(stream)
        , role_(role)
    {
    }
    virtual Io attempt() = 0;

    Stream& stream_;

private:
    friend class Stream;
    [[nodiscard]] Operation*& waiting()
    {
        return role_ == Role::Reads ? stream_.reader_ : stream_.writer_;
    }
    Role role_;
    Io io_;
    std::coroutine_handle<> awaiting_;
};

class Stream::ReadOperation final : public Operation {
public:
    ReadOperation(Stream& stream, std::span<char> into)
        : Operation(stream, Role::Reads)
        , into_(into)
    {
    }

private:
    Io attempt() override { return stream_.tryRead(into_); }
    std::span<char> into_;
};

class Stream::WriteOperation final : public Operation {
public:
    using Parts = std::array<std::string_view, partsMax>;

    WriteOperation(Stream& stream, const Parts& parts)
        : Operation(stream, Role::Writes)
        , parts_(parts)
    {
    }

private:
    Io attempt() override;
    Parts parts_; ///< What is still to be written.
};

class Stream::ReadyOperation final : public Operation {
public:
    ReadyOperation(Stream& stream, bool isExact)
        : Operation(stream, Role::Reads)
        , isExact_(isExact)
    {
    }

private:
    Io attempt() override;
    bool isExact_;
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

} // namespace lab::live
