#pragma once

#include "live/reactor.hpp"
#include "live/stream.hpp"

#include <openssl/types.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace lab::live {

struct SslDeleter {
    void operator()(SSL* ssl) const noexcept;
};
using SslPointer = std::unique_ptr<SSL, SslDeleter>;

/// One TCP connection, plain or TLS, non-blocking. Closes its descriptor at its end.
class SocketStream final : public Stream, private Watcher {
public:
    /// Takes over a connected or connecting, non-blocking descriptor.
    SocketStream(Reactor& reactor, DeadlineWheel& wheel, int fd);
    ~SocketStream() override;

    /// From now on everything passes through that TLS connection. \pre ssl has no descriptor yet
    void secure(SslPointer ssl);
    [[nodiscard]] bool isSecure() const { return ssl_ != nullptr; }
    [[nodiscard]] SSL* ssl() const { return ssl_.get(); }

    [[nodiscard]] Io tryRead(std::span<char> into) override;
    [[nodiscard]] Io tryWrite(std::span<const std::string_view> parts) override;

    class HandshakeOperation;
    class ConnectOperation;
    HandshakeOperation handshake(); ///< TLS, either role.
    ConnectOperation connected();   ///< The outcome of connect().

    [[nodiscard]] bool isQuiet() override;
    void finishWriting() override; ///< TLS close_notify and FIN.
    void reset() override;         ///< Makes the close an RST.

    [[nodiscard]] int descriptor() const { return fd_; }
    using Watcher::belongTo;

private:
    void ready(Edge edge) override;
    void cancelled() override;
    void drained() override;
    void ownerGone() override;

    [[nodiscard]] bool hasNews(bool isExact) override;
    [[nodiscard]] Io tlsRead(std::span<char> into);
    [[nodiscard]] Io tlsWrite(std::span<const std::string_view> parts);
    [[nodiscard]] Io tlsOutcome(int result);
    [[nodiscard]] bool hasArrived() const;
    [[nodiscard]] bool hasDecrypted();
    [[nodiscard]] Io handshakeOutcome();
    [[nodiscard]] Io connectOutcome();

    Reactor& reactor_;
    SslPointer ssl_;
    Reactor::Key key_;
    int fd_;
    bool isReadable_ = false; ///< The first edge tells what is there already.
    bool isWritable_ = true;
    bool isHungUp_ = false;
    bool holdsHalf_ = false; ///< TLS: what OpenSSL has buffered is no whole record.
};

class SocketStream::HandshakeOperation final : public Operation {
public:
    explicit HandshakeOperation(SocketStream& stream)
        : Operation(stream, Role::Reads)
        , socket_(stream)
    {
    }

private:
    Io attempt() override { return socket_.handshakeOutcome(); }
    SocketStream& socket_;
};

class SocketStream::ConnectOperation final : public Operation {
public:
    explicit ConnectOperation(SocketStream& stream)
        : Operation(stream, Role::Writes)
        , socket_(stream)
    {
    }

private:
    Io attempt() override { return socket_.connectOutcome(); }
    SocketStream& socket_;
};

inline SocketStream::HandshakeOperation SocketStream::handshake()
{
    return HandshakeOperation(*this);
}

inline SocketStream::ConnectOperation SocketStream::connected()
{
    return ConnectOperation(*this);
}

} // namespace lab::live
