#pragma once

#include "base/result.hpp"
#include "certificates/key_material.hpp"
#include "live/socket_stream.hpp"
#include "plan/front_door_plan.hpp"

#include <openssl/types.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lab::live {

struct SslContextDeleter {
    void operator()(SSL_CTX* context) const noexcept;
};

/// A certificate as text until somebody shakes hands with it; then decoded once.
///
/// Shared by all workers; decoding takes a lock, use after that does not.
class LazyCertificate {
public:
    /// \pre not null
    explicit LazyCertificate(std::shared_ptr<const plan::PemPair> pem);
    ~LazyCertificate();
    LazyCertificate(const LazyCertificate&) = delete;
    LazyCertificate& operator=(const LazyCertificate&) = delete;

    /// Makes this connection present it. \return false if it cannot be decoded
    [[nodiscard]] bool present(SSL* ssl) const;

    [[nodiscard]] const plan::PemPair& pem() const { return *pem_; }

private:
    struct Decoded;
    static void decode(const certificates::KeyPairDer& pair, Decoded& decoded);

    std::shared_ptr<const plan::PemPair> pem_;
    mutable std::once_flag once_;
    mutable std::unique_ptr<const Decoded> decoded_;
};

/// Which certificate does a client get that asks for this name?  One door's answer.
///
/// Exact name, else the wildcard of its first label, else the default (semantics: SNI, RFC 6066 3).
/// Immutable once filled; shared by all workers.
class DoorCertificates {
public:
    void setDefault(std::shared_ptr<const LazyCertificate> certificate);
    /// \param host  exact or "*.shop.lab", lower case; the first of one name stays
    void add(const std::string& host, std::shared_ptr<const LazyCertificate> certificate);

    /// \param serverName  as sent; empty without SNI. A `.localhost` alias finds its name.
    /// \return nullptr if not even a default is there
    [[nodiscard]] const LazyCertificate* find(std::string_view serverName) const;

    [[nodiscard]] bool isEmpty() const { return !default_ && byHost_.empty(); }

private:
    std::shared_ptr<const LazyCertificate> default_;
    std::unordered_map<std::string, std::shared_ptr<const LazyCertificate>> byHost_;
};

/// TLS 1.2 and 1.3 as a server: one OpenSSL context for all doors of the engine.
///
/// The certificate is chosen per connection. X25519 first, no renegotiation, no compression,
/// buffers released while idle. Immutable; shared by all workers.
class TlsServer {
public:
    [[nodiscard]] static Result<std::unique_ptr<TlsServer>> create();

    /// What the server takes if the client offers it (ALPN): only HTTP/1.1, or HTTP/2 before it.
    enum class Offer { Http1, Http2 };

    /// The server's side of a new connection at a door with those certificates.
    [[nodiscard]] SslPointer connection(const DoorCertificates& certificates,
                                        Offer offer = Offer::Http1) const;

private:
    explicit TlsServer(SSL_CTX* context)
        : context_(context)
    {
    }
    std::unique_ptr<SSL_CTX, SslContextDeleter> context_;
};

/// Was HTTP/2 agreed upon?  \pre the handshake is over
[[nodiscard]] bool hasChosenHttp2(const SocketStream& stream);

} // namespace lab::live
