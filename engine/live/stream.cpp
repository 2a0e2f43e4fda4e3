#include "live/stream.hpp"

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

Stream::Stream(Reactor& reactor, DeadlineWheel& wheel, int fd)
    : reactor_(reactor)
    , wheel_(wheel)
    , key_(reactor.add(fd, *this))
    , fd_(fd)
{
}

Stream::~Stream()
{
    check(reader_ == nullptr && writer_ == nullptr, "nobody waits on a stream that ends");
    DeadlineWheel::disarm(*this);
    reactor_.remove(key_);
    ::close(fd_);
}

void Stream::secure(SslPointer ssl)
{
    check(SSL_set_fd(ssl.get(), fd_) == 1, "a TLS connection takes a descriptor");
    ssl_ = std::move(ssl);
}

Io Stream::stopped() const
{
    return {isCancelled_ ? Io::State::Cancelled : Io::State::Expired, 0};
}

Io Stream::tryRead(std::span<char> into)
{
    if (hasExpired_ || isCancelled_) {
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

Io Stream::tryWrite(std::span<const std::string_view> parts)
{
    if (hasExpired_ || isCancelled_) {
        return stopped();
    }
    if (!isWritable_) {
        return {Io::State::WouldBlock, 0};
    }
    if (ssl_) {
        return tlsWrite(parts);
    }
    std::array<iovec, WriteOperation::partsMax> vectors; // NOLINT: the first `used` are filled
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

Io Stream::tlsRead(std::span<char> into)
{
    if (!hasArrived()) {
        return {Io::State::WouldBlock, 0};
    }
    std::size_t count = 0;
    const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &count);
    return result == 1 ? Io{Io::State::Done, count} : tlsOutcome(result);
}

Io Stream::tlsWrite(std::span<const std::string_view> parts)
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
Io Stream::tlsOutcome(int result)
{
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE:
        return {Io::State::Done, 0};
    case SSL_ERROR_WANT_READ:
        isReadable_ = false;
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

/// Bytes of whatever layer, in the socket or in OpenSSL's buffer.
bool Stream::hasArrived() const
{
    return isReadable_ || (ssl_ && SSL_has_pending(ssl_.get()) == 1);
}

/// Would a read come to anything?  Bytes in the socket or in OpenSSL's buffer may be half a record.
bool Stream::hasDecrypted()
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
    return result == 1 || tlsOutcome(result).state != Io::State::WouldBlock;
}

void Stream::ready(Edge edge)
{
    isReadable_ = isReadable_ || edge.isReadable;
    isWritable_ = isWritable_ || edge.isWritable;
    isHungUp_ = isHungUp_ || edge.isHangUp;
    // TLS may need input to write and output to read: both are tried on any edge.
    if (retry(&Stream::reader_)) {
        retry(&Stream::writer_);
    }
}

bool Stream::retry(Operation* Stream::*waiting)
{
    Operation* operation = this->*waiting;
    if (operation == nullptr) {
        return true;
    }
    operation->io_ = operation->attempt();
    if (operation->io_.state == Io::State::WouldBlock) {
        return true;
    }
    this->*waiting = nullptr;
    Reactor& reactor = reactor_;
    const Reactor::Key key = key_;
    operation->awaiting_.resume();
    return reactor.watches(key);
}

void Stream::stopWaiting()
{
    if (retry(&Stream::reader_)) {
        retry(&Stream::writer_);
    }
}

void Stream::expireAt(Instant at)
{
    hasExpired_ = false;
    wheel_.arm(*this, at);
}

void Stream::neverExpire()
{
    hasExpired_ = false;
    DeadlineWheel::disarm(*this);
}

void Stream::expired()
{
    hasExpired_ = true;
    stopWaiting();
}

void Stream::cancel()
{
    isCancelled_ = true;
    stopWaiting();
}

void Stream::interruptReader()
{
    const bool hadExpired = std::exchange(hasExpired_, true);
    if (retry(&Stream::reader_)) {
        hasExpired_ = hadExpired;
    }
}

void Stream::cancelled()
{
    cancel();
}

void Stream::drained()
{
    if (isIdle_) {
        cancel();
    }
}

bool Stream::isQuiet()
{
    if (isHungUp_ || isCancelled_) {
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

void Stream::finishWriting()
{
    if (ssl_) {
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    ::shutdown(fd_, SHUT_WR);
}

void Stream::reset()
{
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

Io Stream::WriteOperation::attempt()
{
    std::span<std::string_view> rest(parts_);
    while (true) {
        while (!rest.empty() && rest.front().empty()) {
            rest = rest.subspan(1);
        }
        if (rest.empty()) {
            return {Io::State::Done, 0};
        }
        const Io io = stream_.tryWrite(rest);
        if (!io.isDone()) {
            return io;
        }
        std::size_t written = io.bytes;
        for (std::string_view& part : rest) {
            const std::size_t ofPart = std::min(written, part.size());
            part.remove_prefix(ofPart);
            written -= ofPart;
        }
    }
}

Io Stream::ReadyOperation::attempt()
{
    if (stream_.hasExpired_ || stream_.isCancelled_) {
        return stream_.stopped();
    }
    const bool isThere = stream_.ssl_ && isExact_ ? stream_.hasDecrypted() : stream_.hasArrived();
    return {isThere ? Io::State::Done : Io::State::WouldBlock, 0};
}

Io Stream::HandshakeOperation::attempt()
{
    if (stream_.hasExpired_ || stream_.isCancelled_) {
        return stream_.stopped();
    }
    ERR_clear_error();
    const int result = SSL_do_handshake(stream_.ssl_.get());
    if (result != 1) {
        return stream_.tlsOutcome(result);
    }
    ERR_clear_error(); // of what was tried on the way
    return {};
}

Io Stream::ConnectOperation::attempt()
{
    if (stream_.hasExpired_ || stream_.isCancelled_) {
        return stream_.stopped();
    }
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(stream_.fd_, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
        return {Io::State::Broken, 0};
    }
    sockaddr_storage peer{};
    socklen_t peerLength = sizeof peer;
    const int result = ::getpeername(stream_.fd_, reinterpret_cast<sockaddr*>(&peer), &peerLength);
    if (result == 0) {
        stream_.isWritable_ = true;
        return {Io::State::Done, 0};
    }
    stream_.isWritable_ = false;
    return {errno == ENOTCONN ? Io::State::WouldBlock : Io::State::Broken, 0};
}

} // namespace lab::live
