#pragma once

#include "live/socket_stream.hpp"
#include "support/socket_pair.hpp"

#include <memory>
#include <string>

namespace lab::test {

/// A loop with one stream on it, and the test at the other end.
struct StreamWorld {
    explicit StreamWorld(int bufferBytes = 0)
        : pair(bufferBytes)
        , stream(std::make_unique<live::SocketStream>(
              loop.worker.reactor(), loop.worker.wheel(), pair.fd))
    {
    }
    ~StreamWorld() { loop.worker.reactor().cancelAll(); } // before the stream ends

    Pending<live::Io> read(std::span<char> into)
    {
        return loop.start(
            [this, into]() -> live::Task<live::Io> { co_return co_await stream->read(into); });
    }
    Pending<live::Io> readable()
    {
        return loop.start(
            [this]() -> live::Task<live::Io> { co_return co_await stream->readable(); });
    }
    Pending<live::Io>
    write(std::string_view first, std::string_view second = {}, std::string_view third = {})
    {
        return loop.start([this, first, second, third]() -> live::Task<live::Io> {
            co_return co_await stream->write(first, second, third);
        });
    }
    /// Reads until the end; how it ended is in `end`.
    Pending<std::string> readAll(live::Io::State& end, std::size_t piece)
    {
        return loop.start([this, &end, piece]() -> live::Task<std::string> {
            std::string all;
            std::string buffer(piece, '\0');
            while (true) {
                const live::Io io = co_await stream->read(buffer);
                if (!io.isDone()) {
                    end = io.state;
                    co_return all;
                }
                all += buffer.substr(0, io.bytes);
            }
        });
    }

    LiveLoop loop;
    SocketPair pair;
    std::unique_ptr<live::SocketStream> stream;
};

} // namespace lab::test
