#include "live/load_tls.hpp"

#include "base/check.hpp"
#include "certificates/openssl_error.hpp"
#include "certificates/openssl_handles.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <utility>

namespace lab::live {

namespace {

constexpr int sessionSlot = 0; ///< Of the application's data in an SSL: the LoadSession.

int keepSession(SSL* ssl, SSL_SESSION* session)
{
    static_cast<LoadSession*>(SSL_get_ex_data(ssl, sessionSlot))->set(session);
    return 1; // taken over
}

/// \return how many certificates are trusted now
int trustAll(SSL_CTX* context, std::string_view caPem)
{
    const certificates::BioHandle bio(
        BIO_new_mem_buf(caPem.data(), static_cast<int>(caPem.size())));
    int count = 0;
    while (const certificates::CertificateHandle certificate{
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        count += X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
    }
    return count;
}

/// SSL_set_tlsext_host_name without its C cast.
void askForName(SSL* ssl, std::string name)
{
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
}

bool isAddress(const std::string& host)
{
    in6_addr address{};
    return ::inet_pton(AF_INET, host.c_str(), &address) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

} // namespace

void LoadSession::set(SSL_SESSION* session)
{
    SSL_SESSION_free(std::exchange(session_, session));
}

void LoadTls::ContextDeleter::operator()(SSL_CTX* context) const noexcept
{
    SSL_CTX_free(context);
}

LoadTls::LoadTls(Context context, bool verifies)
    : context_(std::move(context))
    , verifies_(verifies)
{
}

Result<LoadTls> LoadTls::create(std::string_view caPem)
{
    ERR_clear_error(); // what others left behind is not about this text
    Context context(SSL_CTX_new(TLS_client_method()));
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) {
        return certificates::opensslError(ErrorKind::Environment, "cannot prepare TLS");
    }
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                         SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context.get(), 1);
    SSL_CTX_set_session_cache_mode(context.get(),
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context.get(), keepSession);
    const bool verifies = !caPem.empty();
    if (verifies) {
        if (trustAll(context.get(), caPem) == 0) {
            return certificates::opensslError(ErrorKind::BadInput,
                                              "cannot read the trusted certificates");
        }
        ERR_clear_error(); // the end of the text is no error
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    }
    return LoadTls(std::move(context), verifies);
}

SslPointer LoadTls::connect(const std::string& serverName, LoadSession& session) const
{
    SslPointer ssl(SSL_new(context_.get()));
    check(ssl != nullptr, "a TLS connection can be made");
    SSL_set_connect_state(ssl.get());
    SSL_set_ex_data(ssl.get(), sessionSlot, &session);
    const bool isNumeric = isAddress(serverName);
    if (!isNumeric) { // RFC 6066 3: names only
        askForName(ssl.get(), serverName);
    }
    if (verifies_) {
        const int isSet =
            isNumeric ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl.get()), serverName.c_str())
                      : SSL_set1_host(ssl.get(), serverName.c_str());
        check(isSet == 1, "a host can be asked for");
    }
    if (session.get() != nullptr) {
        SSL_set_session(ssl.get(), session.get());
    }
    return ssl;
}

std::string serverNameOf(std::string_view hostField)
{
    if (hostField.starts_with('[')) {
        return std::string(hostField.substr(1, hostField.find(']') - 1));
    }
    return std::string(hostField.substr(0, hostField.find(':')));
}

} // namespace lab::live
