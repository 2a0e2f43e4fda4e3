#include "certificates/lab_authority.hpp"

#include "base/check.hpp"
#include "certificates/openssl_error.hpp"
#include "certificates/openssl_handles.hpp"

#include <openssl/pem.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

namespace lab::certificates {

namespace {

constexpr std::chrono::hours authorityValidFor{24 * 90};
constexpr std::chrono::hours defaultValidFor{24 * 365};
constexpr std::chrono::seconds clockSlack{60}; ///< A client's clock may be that much behind.
constexpr int serialBits = 128;
constexpr std::size_t commonNameBytesMax = 64; ///< ub-common-name, RFC 5280 A.1

/// What a certificate is to say.
struct Wish {
    std::string organization;
    std::string commonName;
    std::vector<std::string> dnsNames;
    std::chrono::seconds validFor{};
    bool isAuthority = false;
};

/// Who signs; without a certificate the new one signs itself.
struct Signer {
    X509* certificate = nullptr;
    EVP_PKEY* key = nullptr;
};

KeyHandle makeKey()
{
    return KeyHandle(EVP_EC_gen("P-256"));
}

bool setRandomSerial(X509* certificate)
{
    using BignumHandle = std::unique_ptr<BIGNUM, OpensslDeleter<BN_free>>;
    const BignumHandle number(BN_new());
    // The top bit set: always exactly 128 bits, so never zero. RFC 5280 4.1.2.2 allows 20 octets.
    return number && BN_rand(number.get(), serialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setValidity(X509* certificate, std::chrono::seconds validFor)
{
    const std::time_t now = std::time(nullptr);
    const std::time_t notAfter = now + validFor.count();
    const std::time_t notBefore = std::min(now, notAfter) - clockSlack.count();
    return ASN1_TIME_set(X509_getm_notBefore(certificate), notBefore) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), notAfter) != nullptr;
}

bool addNameEntry(X509_NAME* name, const char* field, const std::string& text)
{
    if (text.empty()) {
        return true;
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    return X509_NAME_add_entry_by_txt(
               name, field, MBSTRING_UTF8, bytes, static_cast<int>(text.size()), -1, 0) == 1;
}

bool setSubject(X509* certificate, const Wish& wish)
{
    X509_NAME* name = X509_get_subject_name(certificate);
    return addNameEntry(name, "O", wish.organization) && addNameEntry(name, "CN", wish.commonName);
}

bool addExtension(X509* certificate, X509* issuer, int nid, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    using ExtensionHandle = std::unique_ptr<X509_EXTENSION, OpensslDeleter<X509_EXTENSION_free>>;
    const ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Takes the name as an address where it is one, so that https://127.0.0.1 can be covered too.
bool addAlternativeName(GENERAL_NAMES* names, const std::string& name)
{
    using NameHandle = std::unique_ptr<GENERAL_NAME, OpensslDeleter<GENERAL_NAME_free>>;
    using StringHandle = std::unique_ptr<ASN1_STRING, OpensslDeleter<ASN1_STRING_free>>;
    NameHandle entry(GENERAL_NAME_new());
    StringHandle value(a2i_IPADDRESS(name.c_str()));
    const int type = value ? GEN_IPADD : GEN_DNS;
    if (!value) {
        value.reset(ASN1_IA5STRING_new());
        const auto length = static_cast<int>(name.size());
        if (!value || ASN1_STRING_set(value.get(), name.data(), length) != 1) {
            return false;
        }
    }
    if (!entry) {
        return false;
    }
    GENERAL_NAME_set0_value(entry.get(), type, value.release());
    if (sk_GENERAL_NAME_push(names, entry.get()) <= 0) {
        return false;
    }
    static_cast<void>(entry.release());
    return true;
}

bool addAlternativeNames(X509* certificate, const Wish& wish)
{
    if (wish.dnsNames.empty()) {
        return true;
    }
    const GeneralNamesHandle names(GENERAL_NAMES_new());
    const bool areAllAdded =
        names && std::all_of(wish.dnsNames.begin(), wish.dnsNames.end(), [&](const auto& name) {
            return addAlternativeName(names.get(), name);
        });
    // Critical where the subject is empty: RFC 5280 4.2.1.6.
    const bool isCritical = wish.commonName.empty() && wish.organization.empty();
    return areAllAdded &&
           X509_add1_ext_i2d(
               certificate, NID_subject_alt_name, names.get(), isCritical ? 1 : 0, 0) == 1;
}

bool addExtensions(X509* certificate, X509* issuer, const Wish& wish)
{
    const bool isSelfSigned = issuer == certificate;
    const char* constraints = wish.isAuthority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE";
    const char* usage =
        wish.isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature";
    return addExtension(certificate, issuer, NID_basic_constraints, constraints) &&
           addExtension(certificate, issuer, NID_key_usage, usage) &&
           addExtension(certificate, issuer, NID_subject_key_identifier, "hash") &&
           (isSelfSigned ||
            addExtension(certificate, issuer, NID_authority_key_identifier, "keyid:always")) &&
           (wish.isAuthority ||
            addExtension(certificate, issuer, NID_ext_key_usage, "serverAuth")) &&
           addAlternativeNames(certificate, wish);
}

/// Null where OpenSSL refused; its queue says why.
CertificateHandle makeCertificate(const Wish& wish, EVP_PKEY* key, Signer signer)
{
    CertificateHandle certificate(X509_new());
    if (!certificate) {
        return nullptr;
    }
    X509* issuer = signer.certificate != nullptr ? signer.certificate : certificate.get();
    EVP_PKEY* signingKey = signer.key != nullptr ? signer.key : key;
    const bool isMade =
        X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
        setRandomSerial(certificate.get()) && setValidity(certificate.get(), wish.validFor) &&
        setSubject(certificate.get(), wish) &&
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer)) == 1 &&
        X509_set_pubkey(certificate.get(), key) == 1 &&
        addExtensions(certificate.get(), issuer, wish) &&
        X509_sign(certificate.get(), signingKey, EVP_sha256()) > 0;
    return isMade ? std::move(certificate) : nullptr;
}

std::string textOf(BIO* bio)
{
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

std::optional<std::string> certificateToPem(X509* certificate)
{
    const BioHandle bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) {
        return std::nullopt;
    }
    return textOf(bio.get());
}

std::optional<std::string> keyToPem(EVP_PKEY* key)
{
    const BioHandle bio(BIO_new(BIO_s_secmem()));
    if (!bio ||
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return std::nullopt;
    }
    return textOf(bio.get());
}

Result<IssuedCertificate> makeIssued(const Wish& wish, Signer signer)
{
    const KeyHandle key = makeKey();
    const CertificateHandle certificate = key ? makeCertificate(wish, key.get(), signer) : nullptr;
    if (certificate) {
        auto certificatePem = certificateToPem(certificate.get());
        auto keyPem = keyToPem(key.get());
        if (certificatePem && keyPem) {
            return IssuedCertificate{std::move(*certificatePem), std::move(*keyPem)};
        }
    }
    return opensslError(ErrorKind::Environment,
                        "cannot make a certificate for \"" + wish.commonName + "\"");
}

/// Letters, digits, hyphen, underscore, dots; a star as first label; or an address.
bool isCertifiableName(const std::string& name)
{
    constexpr std::size_t dnsNameBytesMax = 253;
    const auto isAllowed = [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.' || c == ':';
    };
    const std::size_t start = name.rfind("*.", 0) == 0 ? 2 : 0;
    return name.size() > start && name.size() <= dnsNameBytesMax &&
           std::all_of(name.begin() + static_cast<std::ptrdiff_t>(start), name.end(), isAllowed);
}

} // namespace

struct LabAuthority::State {
    KeyHandle key;
    CertificateHandle certificate;
    std::string certificatePem;
};

LabAuthority::LabAuthority(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}
LabAuthority::LabAuthority(LabAuthority&&) noexcept = default;
LabAuthority& LabAuthority::operator=(LabAuthority&&) noexcept = default;
LabAuthority::~LabAuthority() = default;

Result<LabAuthority> LabAuthority::create()
{
    Wish wish;
    wish.organization = "Ingress Lab";
    wish.commonName = "Ingress Lab CA";
    wish.validFor = authorityValidFor;
    wish.isAuthority = true;
    auto state = std::make_unique<State>();
    state->key = makeKey();
    if (state->key) {
        state->certificate = makeCertificate(wish, state->key.get(), Signer{});
    }
    auto pem = state->certificate ? certificateToPem(state->certificate.get()) : std::nullopt;
    if (!pem) {
        return opensslError(ErrorKind::Environment, "cannot make the lab's certificate authority");
    }
    state->certificatePem = std::move(*pem);
    return LabAuthority(std::move(state));
}

Result<IssuedCertificate> LabAuthority::issue(const std::vector<std::string>& dnsNames,
                                              std::chrono::hours validFor) const
{
    check(!dnsNames.empty(), "a server certificate is for at least one name");
    for (const std::string& name : dnsNames) {
        if (!isCertifiableName(name)) {
            return Error(ErrorKind::BadInput,
                         "cannot make a certificate for \"" + name + "\": not a DNS name");
        }
    }
    Wish wish;
    wish.organization = "Ingress Lab";
    if (dnsNames.front().size() <= commonNameBytesMax) {
        wish.commonName = dnsNames.front();
    }
    wish.dnsNames = dnsNames;
    wish.validFor = validFor;
    return makeIssued(wish, Signer{state_->certificate.get(), state_->key.get()});
}

const std::string& LabAuthority::certificatePem() const
{
    return state_->certificatePem;
}

Result<IssuedCertificate> selfSignedDefault()
{
    // Subject and name as ingress-nginx makes them (internal/net/ssl, GetFakeSSLCert).
    Wish wish;
    wish.organization = "Acme Co";
    wish.commonName = "Kubernetes Ingress Controller Fake Certificate";
    wish.dnsNames = {"ingress.local"};
    wish.validFor = defaultValidFor;
    return makeIssued(wish, Signer{});
}

} // namespace lab::certificates
