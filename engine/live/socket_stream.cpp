#include "live/socket_stream.hpp"

#include "base/check.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace lab::live {

void SslDeleter::operator()(SSL* ssl) const noexcept
{
    SSL_free(ssl);
}

SocketStream::SocketStream(Reactor& reactor, DeadlineWheel& wheel, int fd)
    : Stream(wheel)
    , reactor_(reactor)
    , key_(reactor.add(fd, *this))
    , fd_(fd)
{
}

SocketStream::~SocketStream()
{
    reactor_.remove(key_);
    ::close(fd_);
}

void SocketStream::secure(SslPointer ssl)
{
    check(SSL_set_fd(ssl.get(), fd_) == 1, "a TLS connection takes a descriptor");
    ssl_ = std::move(ssl);
}

Io SocketStream::tryRead(std::span<char> into)
{
    if (isStopped()) {
        return stopped();
    }
    if (ssl_) {
        return tlsRead(into);
    }
    if (!isReadable_) {
        return {Io::State::WouldBlock, 0};
    }
    const ssize_t count =
        ::recv(fd_, into.data(), into.size(), 0); // never interrupted: non-blocking
    if (count > 0) {
        const auto bytes = static_cast<std::size_t>(count);
        // A short read has emptied the socket; more will come with an edge, an end already has.
        isReadable_ = bytes == into.size() || isHungUp_;
        return {Io::State::Done, bytes};
    }
    if (count == 0) {
        return {Io::State::End, 0};
    }
    if (errno == EAGAIN) {
        isReadable_ = false;
        return {Io::State::WouldBlock, 0};
    }
    return {Io::State::Broken, 0};
}

Io SocketStream::tryWrite(std::span<const std::string_view> parts)
{
    if (isStopped()) {
        return stopped();
    }
    if (!isWritable_) {
        return {Io::State::WouldBlock, 0};
    }
    if (ssl_) {
        return tlsWrite(parts);
    }
    std::array<iovec, partsMax> vectors; // NOLINT: the first `used` are filled
    std::size_t used = 0;
    for (const std::string_view part : parts) {
        if (!part.empty()) {
            vectors[used++] = {const_cast<char*>(part.data()), part.size()};
        }
    }
    ssize_t count = 0;
    if (used == 1) { // cheaper than a message of one part
        count = ::send(fd_, vectors[0].iov_base, vectors[0].iov_len, MSG_NOSIGNAL);
    } else {
        msghdr message{};
        message.msg_iov = vectors.data();
        message.msg_iovlen = used;
        count = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
    }
    if (count >= 0) {
        return {Io::State::Done, static_cast<std::size_t>(count)};
    }
    if (errno == EAGAIN) {
        isWritable_ = false;
        return {Io::State::WouldBlock, 0};
    }
    return {Io::State::Broken, 0};
}

Io SocketStream::tlsRead(std::span<char> into)
{
    if (!hasArrived()) {
        return {Io::State::WouldBlock, 0};
    }
    std::size_t count = 0;
    const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
    if (result != 1) {
        return tlsOutcome(result);
    }
    holdsHalf_ = false; // or not yet known to
    return {Io::State::Done, count};
}

Io SocketStream::tlsWrite(std::span<const std::string_view> parts)
{
    // One record for all parts; gathered again, byte for byte, if it has to be repeated.
    constexpr std::size_t recordBytesMax = 16 * 1024;
    std::array<char, recordBytesMax> record; // NOLINT: the first `used` are filled
    std::string_view bytes = parts[0];
    if (bytes.size() < recordBytesMax && parts.size() > 1) {
        std::size_t used = 0;
        for (const std::string_view part : parts) {
            const std::size_t taken = std::min(part.size(), record.size() - used);
            part.copy(record.data() + used, taken); // memcpy may not be given an empty view
            used += taken;
        }
        bytes = {record.data(), used};
    }
    std::size_t count = 0;
    const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count);
    return result == 1 ? Io{Io::State::Done, count} : tlsOutcome(result);
}

/// What a call that gave `result` came to.
///
/// OpenSSL wants its error queue empty before each call. Emptying it every time would cost more
/// than the rest of a small read, so whoever fills it empties it: this, and the handshake.
Io SocketStream::tlsOutcome(int result)
{
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE:
        return {Io::State::Done, 0};
    case SSL_ERROR_WANT_READ:
        isReadable_ = false;
        holdsHalf_ = true; // or nothing
        return {Io::State::WouldBlock, 0};
    case SSL_ERROR_WANT_WRITE:
        isWritable_ = false;
        return {Io::State::WouldBlock, 0};
    case SSL_ERROR_ZERO_RETURN:
        return {Io::State::End, 0};
    default: // a cut connection, too, is no proper end
        ERR_clear_error();
        return {Io::State::Broken, 0};
    }
}

/// Bytes of whatever layer, in the socket or in OpenSSL's buffer: there only those of which it is
/// not known that they await others, or waiting for them would never wait.
bool SocketStream::hasArrived() const
{
    return isReadable_ || (ssl_ && !holdsHalf_ && SSL_has_pending(ssl_.get()) == 1);
}

/// Would a read come to anything?  Bytes in the socket or in OpenSSL's buffer may be half a record.
bool SocketStream::hasDecrypted()
{
    if (SSL_pending(ssl_.get()) > 0) {
        return true;
    }
    if (!hasArrived()) {
        return false;
    }
    char byte = 0;
    std::size_t count = 0;
    const int result = SSL_peek_ex(ssl_.get(), &byte, 1, &count);
    holdsHalf_ = false;
    return result == 1 || tlsOutcome(result).state != Io::State::WouldBlock;
}

void SocketStream::ready(Edge edge)
{
    isReadable_ = isReadable_ || edge.isReadable;
    isWritable_ = isWritable_ || edge.isWritable;
    isHungUp_ = isHungUp_ || edge.isHangUp;
    // TLS may need input to write and output to read: both are tried on any edge.
    retryBoth();
}

void SocketStream::cancelled()
{
    cancel();
}

void SocketStream::drained()
{
    drain();
}

void SocketStream::ownerGone()
{
    interruptIdle();
}

bool SocketStream::hasNews(bool isExact)
{
    return ssl_ && isExact ? hasDecrypted() : hasArrived();
}

bool SocketStream::isQuiet()
{
    if (isHungUp_ || isCancelled()) {
        return false;
    }
    if (!isReadable_) {
        return true;
    }
    char byte = 0;
    const ssize_t count = ::recv(fd_, &byte, 1, MSG_PEEK);
    isReadable_ = !(count < 0 && errno == EAGAIN);
    return !isReadable_;
}

void SocketStream::finishWriting()
{
    if (ssl_) {
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    ::shutdown(fd_, SHUT_WR);
}

void SocketStream::reset()
{
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

Io SocketStream::handshakeOutcome()
{
    if (isStopped()) {
        return stopped();
    }
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    if (result != 1) {
        return tlsOutcome(result);
    }
    ERR_clear_error();  // of what was tried on the way
    holdsHalf_ = false; // it was only for the handshake's own
    return {};
}

Io SocketStream::connectOutcome()
{
    if (isStopped()) {
        return stopped();
    }
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
        return {Io::State::Broken, 0};
    }
    sockaddr_storage peer{};
    socklen_t peerLength = sizeof peer;
    const int result = ::getpeername(fd_, reinterpret_cast<sockaddr*>(&peer), &peerLength);
    if (result == 0) {
        isWritable_ = true;
        return {Io::State::Done, 0};
    }
    isWritable_ = false;
    return {errno == ENOTCONN ? Io::State::WouldBlock : Io::State::Broken, 0};
}

} // namespace lab::live
