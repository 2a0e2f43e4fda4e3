#pragma once

#include "live/socket_address.hpp"
#include "live/unique_fd.hpp"
#include "support/live_loop.hpp"

#include <openssl/ssl.h>

#include <array>
#include <cerrno>
#include <memory>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <utility>

namespace lab::test {

/// One end of a connection in a test: sends and receives bytes as they are, plain or TLS, and
/// waits for each no longer than `patience`.
class RawSocket {
public:
    enum class State {
        Open,
        Ended,   ///< The peer has finished sending, properly.
        Cut,     ///< Reset, or TLS that broke off.
        TooSlow, ///< Nothing came for too long: the test has failed.
    };

    RawSocket() = default;
    /// Takes over a connected descriptor.
    explicit RawSocket(int fd)
        : fd_(fd)
    {
    }

    /// \return false if the peer takes no more
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t count = ssl_ ? SSL_write(ssl_.get(), bytes.data(), asInt(bytes.size()))
                                       : ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(count));
            } else if (!wait(count, POLLOUT)) {
                state_ = state_ == State::Open ? State::Cut : state_; // told once only
                return false;
            }
        }
        return true;
    }

    /// What is there next; empty when state() is no longer Open.
    std::string receiveSome()
    {
        std::array<char, 16 * 1024> bytes{};
        while (state_ == State::Open) {
            const ssize_t count = ssl_ ? SSL_read(ssl_.get(), bytes.data(), asInt(bytes.size()))
                                       : ::recv(fd(), bytes.data(), bytes.size(), 0);
            if (count > 0) {
                return {bytes.data(), static_cast<std::size_t>(count)};
            }
            if (count == 0 && !ssl_) {
                state_ = State::Ended;
            } else if (!wait(count, POLLIN) && state_ == State::Open) {
                state_ = State::Cut;
            }
        }
        return {};
    }

    /// Up to and with that mark, or everything if the connection ends first.
    std::string receiveUntil(std::string_view mark)
    {
        while (received_.find(mark) == std::string::npos && state_ == State::Open) {
            received_ += receiveSome();
        }
        const std::size_t found = received_.find(mark);
        return takeFront(found == std::string::npos ? received_.size() : found + mark.size());
    }

    /// That many bytes; fewer only if the connection ends first.
    std::string receive(std::size_t count)
    {
        while (received_.size() < count && state_ == State::Open) {
            received_ += receiveSome();
        }
        return takeFront(std::min(count, received_.size()));
    }

    /// Everything up to the end.
    std::string receiveAll()
    {
        while (state_ == State::Open) {
            received_ += receiveSome();
        }
        return takeFront(received_.size());
    }

    /// Has everything come that was announced to come, and then the end?
    [[nodiscard]] State end() { return receiveAll().empty() ? state_ : State::Open; }
    [[nodiscard]] State state() const { return state_; }

    void finishSending()
    {
        if (ssl_) {
            SSL_shutdown(ssl_.get());
        }
        ::shutdown(fd(), SHUT_WR);
    }

    /// Closes with a reset.
    void reset()
    {
        const linger now{1, 0};
        ::setsockopt(fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }

    void close()
    {
        ssl_.reset();
        fd_ = live::UniqueFd();
    }

    /// Shakes hands as a client. \param serverName  empty: without SNI
    bool secure(SSL_CTX* context, const std::string& serverName)
    {
        ssl_.reset(SSL_new(context));
        SSL_set_fd(ssl_.get(), fd());
        if (!serverName.empty()) {
            // As SSL_set_tlsext_host_name, without its cast.
            SSL_ctrl(ssl_.get(),
                     SSL_CTRL_SET_TLSEXT_HOSTNAME,
                     TLSEXT_NAMETYPE_host_name,
                     const_cast<char*>(serverName.c_str()));
        }
        int result = SSL_connect(ssl_.get());
        while (result != 1 && wait(result, POLLIN)) {
            result = SSL_connect(ssl_.get());
        }
        return result == 1;
    }

    [[nodiscard]] SSL* ssl() const { return ssl_.get(); }
    [[nodiscard]] int fd() const { return fd_.get(); }
    /// Has nothing come, up to now?
    [[nodiscard]] bool isSilent() const
    {
        pollfd entry{fd(), POLLIN, 0};
        return received_.empty() && ::poll(&entry, 1, 0) == 0;
    }

private:
    struct SslFree {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    static int asInt(std::size_t size) { return static_cast<int>(size); }

    std::string takeFront(std::size_t count)
    {
        std::string front = received_.substr(0, count);
        received_.erase(0, count);
        return front;
    }

    /// After a call that moved nothing: waits for what it lacks. \return false if it will not come
    bool wait(ssize_t result, short events)
    {
        if (ssl_) {
            const int error = SSL_get_error(ssl_.get(), static_cast<int>(result));
            if (error == SSL_ERROR_ZERO_RETURN) {
                state_ = State::Ended;
                return false;
            }
            if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
                return false;
            }
            events = error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        }
        pollfd entry{fd(), events, 0};
        const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(patience);
        if (::poll(&entry, 1, static_cast<int>(limit.count())) <= 0) {
            state_ = State::TooSlow;
            return false;
        }
        return true;
    }

    live::UniqueFd fd_;
    std::unique_ptr<SSL, SslFree> ssl_; ///< Before the descriptor is closed.
    std::string received_;
    State state_ = State::Open;
};

/// A connection to that address ("127.0.0.1:8080"), or one whose state() is Cut.
/// \param source  local address to come from, without port; empty: any
inline RawSocket connectTo(const std::string& address, const std::string& source = {})
{
    const auto target = live::socketAddress(std::string_view(address));
    if (!target) {
        return RawSocket();
    }
    live::SocketAddress from;
    if (!source.empty()) {
        from = *live::socketAddress(source, 0);
    }
    const int fd = live::beginConnect(*target, source.empty() ? nullptr : &from);
    pollfd entry{fd, POLLOUT, 0};
    const bool isThere = fd >= 0 && ::poll(&entry, 1, 20'000) == 1;
    RawSocket connection(isThere ? fd : -1);
    return connection;
}

/// Does nobody listen at that address?
inline bool isRefused(const std::string& address)
{
    const live::UniqueFd fd(live::beginConnect(*live::socketAddress(std::string_view(address))));
    if (fd.get() < 0) {
        return fd.get() == -ECONNREFUSED; // told at once
    }
    pollfd entry{fd.get(), POLLOUT, 0};
    int error = 0;
    socklen_t length = sizeof error;
    return ::poll(&entry, 1, 20'000) == 1 &&
           ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &length) == 0 &&
           error == ECONNREFUSED;
}

/// The other side of such connections: accepts them one by one on a free port.
class RawListener {
public:
    explicit RawListener(const std::string& host = "127.0.0.1")
        : fd_(*live::listenOn(*live::socketAddress(host, 0)))
    {
    }

    [[nodiscard]] std::string address() const { return live::localAddressOf(fd_.get()).text(); }
    [[nodiscard]] int fd() const { return fd_.get(); }

    /// The next connection, or a socket with descriptor -1 if none came in time.
    [[nodiscard]] RawSocket accept() const
    {
        pollfd entry{fd_.get(), POLLIN, 0};
        const bool isThere = ::poll(&entry, 1, 20'000) == 1;
        return RawSocket(isThere ? ::accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK) : -1);
    }

    /// Is no connection waiting to be accepted?
    [[nodiscard]] bool isSilent() const
    {
        pollfd entry{fd_.get(), POLLIN, 0};
        return ::poll(&entry, 1, 0) == 0;
    }

private:
    live::UniqueFd fd_;
};

} // namespace lab::test
