#include "certificates/key_material.hpp"

#include "base/check.hpp"
#include "certificates/openssl_error.hpp"
#include "certificates/openssl_handles.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <optional>

namespace lab::certificates {

namespace {

constexpr std::string_view certificateLabel = "CERTIFICATE";
constexpr std::string_view pkcs8Label = "PRIVATE KEY";

/// One PEM section: what it says it is, and its bytes.
struct PemSection {
    std::string label;
    std::string bytes;
    bool isEncrypted = false;
};

/// The next section, or nothing at the end and where the rest is no PEM: the queue says which.
std::optional<PemSection> nextSection(BIO* bio)
{
    char* label = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    if (PEM_read_bio(bio, &label, &header, &data, &length) != 1) {
        return std::nullopt;
    }
    PemSection section;
    section.label = label;
    section.bytes.assign(reinterpret_cast<const char*>(data), static_cast<std::size_t>(length));
    section.isEncrypted = std::string_view(header).find("ENCRYPTED") != std::string_view::npos ||
                          section.label == PEM_STRING_PKCS8;
    OPENSSL_free(label);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, static_cast<std::size_t>(length));
    return section;
}

/// Whether the text ended in order, rather than in a section that cannot be read.
bool isAtEnd()
{
    const unsigned long last = ERR_peek_last_error();
    const bool isEnd = last == 0 || (ERR_GET_LIB(last) == ERR_LIB_PEM &&
                                     ERR_GET_REASON(last) == PEM_R_NO_START_LINE);
    if (isEnd) {
        ERR_clear_error();
    }
    return isEnd;
}

BioHandle readerOf(std::string_view text)
{
    ERR_clear_error(); // what others left behind is not about this text
    BioHandle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    check(bio != nullptr, "a memory reader can be made");
    return bio;
}

Result<std::vector<std::string>> readChain(std::string_view pem)
{
    const BioHandle bio = readerOf(pem);
    std::vector<std::string> chain;
    while (auto section = nextSection(bio.get())) {
        if (section->label != certificateLabel && section->label != PEM_STRING_X509_OLD) {
            continue; // a key or parameters beside it
        }
        if (chain.size() == chainCertificatesMax) {
            return Error(ErrorKind::BadInput,
                         "the certificate chain has more than " +
                             std::to_string(chainCertificatesMax) + " certificates");
        }
        chain.push_back(std::move(section->bytes));
    }
    if (!isAtEnd()) {
        return opensslError(ErrorKind::BadInput, "cannot read the certificate chain");
    }
    if (chain.empty()) {
        return Error(ErrorKind::BadInput, "there is no certificate in the PEM text");
    }
    return chain;
}

/// PKCS #1 or SEC 1 to PKCS #8.
std::optional<std::string> toPkcs8(const std::string& der)
{
    using InfoHandle =
        std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslDeleter<PKCS8_PRIV_KEY_INFO_free>>;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const KeyHandle key(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der.size())));
    const InfoHandle info(key ? EVP_PKEY2PKCS8(key.get()) : nullptr);
    unsigned char* out = nullptr;
    const int length = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out) : -1;
    if (length <= 0) {
        return std::nullopt;
    }
    std::string pkcs8(reinterpret_cast<const char*>(out), static_cast<std::size_t>(length));
    OPENSSL_clear_free(out, static_cast<std::size_t>(length));
    return pkcs8;
}

Result<std::string> readKey(std::string_view pem)
{
    const BioHandle bio = readerOf(pem);
    while (auto section = nextSection(bio.get())) {
        if (!section->label.ends_with(pkcs8Label)) {
            continue; // "EC PARAMETERS", certificates
        }
        if (section->isEncrypted) {
            return Error(ErrorKind::BadInput, "the private key is encrypted");
        }
        if (section->label == pkcs8Label) {
            return std::move(section->bytes);
        }
        if (auto key = toPkcs8(section->bytes)) {
            return std::move(*key);
        }
        return opensslError(ErrorKind::BadInput, "cannot read the private key");
    }
    if (!isAtEnd()) {
        return opensslError(ErrorKind::BadInput, "cannot read the private key");
    }
    return Error(ErrorKind::BadInput, "there is no private key in the PEM text");
}

} // namespace

Result<KeyPairDer> parseKeyPair(std::string_view certificatePem, std::string_view keyPem)
{
    auto chain = readChain(certificatePem);
    if (chain.has_error()) {
        return chain.error();
    }
    auto key = readKey(keyPem);
    if (key.has_error()) {
        return key.error();
    }
    return KeyPairDer{std::move(*chain), std::move(*key)};
}

} // namespace lab::certificates
