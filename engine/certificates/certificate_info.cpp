#include "certificates/certificate_info.hpp"

#include "certificates/key_material.hpp"
#include "certificates/openssl_error.hpp"
#include "certificates/openssl_handles.hpp"
#include "certificates/private_key.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <ctime>

namespace lab::certificates {

namespace {

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

/// \param pattern  lower case; \param host  lower case. RFC 6125 6.4.3, one whole label.
bool matchesName(std::string_view pattern, std::string_view host)
{
    if (!pattern.starts_with("*.")) {
        return pattern == host;
    }
    const std::size_t dot = host.find('.');
    return dot != std::string_view::npos && dot > 0 && host.substr(dot) == pattern.substr(1);
}

std::vector<std::string> readDnsNames(const X509* certificate)
{
    const GeneralNamesHandle names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> dnsNames;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DNS) {
            continue;
        }
        const std::string_view text(
            reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
            static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
        if (text.find('\0') == std::string_view::npos) { // else a forged one: no host has it
            dnsNames.push_back(lowerCase(text));
        }
    }
    return dnsNames;
}

std::string readCommonName(const X509* certificate)
{
    const X509_NAME* subject = X509_get_subject_name(certificate);
    std::string commonName;
    for (int i = -1; (i = X509_NAME_get_index_by_NID(subject, NID_commonName, i)) >= 0;) {
        unsigned char* text = nullptr;
        const int length =
            ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i)));
        if (length >= 0) { // the last one is the most specific
            commonName.assign(reinterpret_cast<const char*>(text),
                              static_cast<std::size_t>(length));
        }
        OPENSSL_free(text);
    }
    return commonName;
}

std::int64_t unixSeconds(const ASN1_TIME* time)
{
    std::tm parts{};
    return ASN1_TIME_to_tm(time, &parts) == 1 ? std::int64_t{timegm(&parts)} : 0;
}

} // namespace

bool CertificateInfo::covers(std::string_view host) const
{
    std::string name = lowerCase(host);
    if (name.ends_with('.')) {
        name.pop_back();
    }
    if (dnsNames.empty()) {
        return !commonName.empty() && matchesName(lowerCase(commonName), name);
    }
    return std::any_of(dnsNames.begin(), dnsNames.end(), [&name](const std::string& pattern) {
        return matchesName(pattern, name);
    });
}

Result<CertificateInfo> readCertificate(std::string_view certificatePem, std::string_view keyPem)
{
    ERR_clear_error(); // what others left behind is not about this text
    const BioHandle bio(
        BIO_new_mem_buf(certificatePem.data(), static_cast<int>(certificatePem.size())));
    const CertificateHandle certificate(
        bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!certificate) {
        return opensslError(ErrorKind::BadInput, "cannot read the certificate");
    }
    CertificateInfo info;
    info.dnsNames = readDnsNames(certificate.get());
    info.commonName = readCommonName(certificate.get());
    info.notBeforeSeconds = unixSeconds(X509_get0_notBefore(certificate.get()));
    info.notAfterSeconds = unixSeconds(X509_get0_notAfter(certificate.get()));
    if (!keyPem.empty()) {
        const auto pair = parseKeyPair(certificatePem, keyPem);
        if (pair.has_error()) {
            return pair.error();
        }
        const KeyHandle key = loadPrivateKey(pair->key);
        if (!key) {
            return opensslError(ErrorKind::BadInput, "cannot read the private key");
        }
        info.hasMatchingKey = X509_check_private_key(certificate.get(), key.get()) == 1;
        ERR_clear_error();
    }
    return info;
}

} // namespace lab::certificates
