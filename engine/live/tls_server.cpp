#include "live/tls_server.hpp"

#include "certificates/openssl_error.hpp"
#include "certificates/openssl_handles.hpp"
#include "certificates/private_key.hpp"
#include "routing/request_path.hpp"
#include "routing/server_name.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>

namespace lab::live {
namespace {

certificates::CertificateHandle decodeCertificate(const std::string& der)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    return certificates::CertificateHandle(
        d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
}

/// OpenSSL asks for a certificate as soon as the client's name is known.
int chooseCertificate(SSL* ssl, void*)
{
    const auto* door = static_cast<const DoorCertificates*>(SSL_get_app_data(ssl));
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    const LazyCertificate* certificate = door->find(name == nullptr ? "" : name);
    return certificate != nullptr && certificate->present(ssl) ? 1 : 0;
}

/// Where an SSL says that its door speaks HTTP/2.
int http2Index()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

int chooseProtocol(SSL* ssl,
                   const unsigned char** chosen,
                   unsigned char* chosenLength,
                   const unsigned char* offered,
                   unsigned int offeredLength,
                   void*)
{
    static constexpr std::array<unsigned char, 12> both{
        2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    static constexpr std::size_t http2Bytes = 3;
    const std::size_t skipped = SSL_get_ex_data(ssl, http2Index()) == nullptr ? http2Bytes : 0;
    unsigned char* match = nullptr;
    const int result = SSL_select_next_proto(&match,
                                             chosenLength,
                                             both.data() + skipped,
                                             static_cast<unsigned int>(both.size() - skipped),
                                             offered,
                                             offeredLength);
    *chosen = match;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

} // namespace

void SslContextDeleter::operator()(SSL_CTX* context) const noexcept
{
    SSL_CTX_free(context);
}

struct LazyCertificate::Decoded {
    certificates::CertificateHandle leaf;
    certificates::KeyHandle key;
    STACK_OF(X509) * chain = nullptr; ///< Owned, with its certificates.

    Decoded() = default;
    Decoded(const Decoded&) = delete;
    Decoded& operator=(const Decoded&) = delete;
    ~Decoded() { sk_X509_pop_free(chain, X509_free); }
};

LazyCertificate::LazyCertificate(std::shared_ptr<const plan::PemPair> pem)
    : pem_(std::move(pem))
{
}

LazyCertificate::~LazyCertificate() = default;

void LazyCertificate::decode(const certificates::KeyPairDer& pair, Decoded& decoded)
{
    decoded.leaf = decodeCertificate(pair.chain.front());
    decoded.key = certificates::loadPrivateKey(pair.key);
    decoded.chain = sk_X509_new_null();
    for (std::size_t i = 1; i < pair.chain.size(); ++i) {
        if (auto issuer = decodeCertificate(pair.chain[i])) {
            sk_X509_push(decoded.chain, issuer.release());
        }
    }
}

bool LazyCertificate::present(SSL* ssl) const
{
    std::call_once(once_, [this] {
        auto decoded = std::make_unique<Decoded>();
        if (const auto pair = certificates::parseKeyPair(pem_->certificate, pem_->key)) {
            decode(*pair, *decoded);
        }
        decoded_ = std::move(decoded);
    });
    return decoded_->leaf && decoded_->key &&
           SSL_use_cert_and_key(
               ssl, decoded_->leaf.get(), decoded_->key.get(), decoded_->chain, 1) == 1;
}

void DoorCertificates::setDefault(std::shared_ptr<const LazyCertificate> certificate)
{
    default_ = std::move(certificate);
}

void DoorCertificates::add(const std::string& host,
                           std::shared_ptr<const LazyCertificate> certificate)
{
    byHost_.emplace(host, std::move(certificate));
}

const LazyCertificate* DoorCertificates::find(std::string_view serverName) const
{
    std::string buffer;
    const std::string host(routing::normalisedHost(serverName, buffer));
    const auto [found, match] = routing::findByServerName(host, [&](const std::string& name) {
        const auto named = byHost_.find(name);
        return named == byHost_.end() ? nullptr : named->second.get();
    });
    return match == routing::NameMatch::None ? default_.get() : found;
}

Result<std::unique_ptr<TlsServer>> TlsServer::create()
{
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    if (context == nullptr) {
        return certificates::opensslError(ErrorKind::Environment, "cannot set up TLS");
    }
    std::unique_ptr<TlsServer> server(new TlsServer(context));
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(
        context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                         SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets resume without one
    SSL_CTX_set_num_tickets(context, 1);
    if (SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") != 1 ||
        SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
        return certificates::opensslError(ErrorKind::Environment, "cannot set up TLS");
    }
    SSL_CTX_set_cert_cb(context, chooseCertificate, nullptr);
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    return server;
}

SslPointer TlsServer::connection(const DoorCertificates& certificates, Offer offer) const
{
    SslPointer ssl(SSL_new(context_.get()));
    if (ssl) {
        SSL_set_app_data(ssl.get(), const_cast<DoorCertificates*>(&certificates));
        SSL_set_accept_state(ssl.get());
        if (offer == Offer::Http2) {
            SSL_set_ex_data(ssl.get(), http2Index(), ssl.get());
        }
    }
    return ssl;
}

bool hasChosenHttp2(const SocketStream& stream)
{
    const unsigned char* chosen = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(stream.ssl(), &chosen, &length);
    return length == 2 && chosen[0] == 'h' && chosen[1] == '2';
}

} // namespace lab::live
