#pragma once

#include "base/result.hpp"
#include "live/socket_stream.hpp"

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

namespace lab::live {

/// The latest session that a server gave: the next connection to it takes a shorter handshake.
/// Outlives the connections that were made with it.
class LoadSession {
public:
    LoadSession() = default;
    LoadSession(const LoadSession&) = delete;
    LoadSession& operator=(const LoadSession&) = delete;
    ~LoadSession() { set(nullptr); }

    void set(SSL_SESSION* session); ///< Takes it over.
    [[nodiscard]] SSL_SESSION* get() const { return session_; }

private:
    SSL_SESSION* session_ = nullptr;
};

/// The TLS side of the load's clients: TLS 1.2 and 1.3, sessions taken up again.
class LoadTls {
public:
    /// \param caPem  the only certificates trusted, checked with the host's name; empty: any is
    /// taken \return BadInput where that is no certificate
    [[nodiscard]] static Result<LoadTls> create(std::string_view caPem);

    /// A TLS connection to be handed to a stream and shaken hands on.
    /// \param serverName  a name or an address, without port
    [[nodiscard]] SslPointer connect(const std::string& serverName, LoadSession& session) const;

private:
    struct ContextDeleter {
        void operator()(SSL_CTX* context) const noexcept;
    };
    using Context = std::unique_ptr<SSL_CTX, ContextDeleter>;

    LoadTls(Context context, bool verifies);

    Context context_;
    bool verifies_;
};

/// The host of a Host field: without its port and the brackets of an IPv6 address.
[[nodiscard]] std::string serverNameOf(std::string_view hostField);

} // namespace lab::live
