#pragma once

#include "live/stream.hpp"

namespace lab::live {

/// What a pipe leads to, on the same thread: gives what is read there, takes what is written.
class PipeEnd {
public:
    virtual ~PipeEnd() = default;

    /// As Stream::tryRead and tryWrite.
    [[nodiscard]] virtual Io give(std::span<char> into) = 0;
    [[nodiscard]] virtual Io take(std::span<const std::string_view> parts) = 0;
    /// Would give() come to anything?
    [[nodiscard]] virtual bool hasNews() const = 0;
    virtual void writingFinished() = 0; ///< No more is written.
    virtual void aborted() = 0;         ///< What was written is no whole message.
    virtual void left() = 0;            ///< The pipe is gone. Last call.
};

/// A stream without a socket: its bytes come from and go to a PipeEnd, which bounds both ways.
class PipeStream final : public Stream {
public:
    PipeStream(DeadlineWheel& wheel, PipeEnd& end)
        : Stream(wheel)
        , end_(&end)
    {
    }
    ~PipeStream() override;

    /// For the end: there may be bytes, or room. The pipe may be gone afterwards.
    void wake() { retryBoth(); }
    /// For the end: it goes away, and is not called any more. The pipe may be gone afterwards.
    void breakOff();

    [[nodiscard]] Io tryRead(std::span<char> into) override;
    [[nodiscard]] Io tryWrite(std::span<const std::string_view> parts) override;
    [[nodiscard]] bool isQuiet() override { return false; } // serves one exchange
    void finishWriting() override;
    void reset() override;

private:
    [[nodiscard]] bool hasNews(bool isExact) override;
    [[nodiscard]] Io broken() const;

    PipeEnd* end_; ///< nullptr: it broke off.
};

} // namespace lab::live
