#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace lab::certificates {

/// Frees an OpenSSL object by its own function.
template <auto free>
struct OpensslDeleter {
    template <typename T>
    void operator()(T* object) const
    {
        free(object);
    }
};

/// Owners of OpenSSL objects, for files that link OpenSSL themselves. Null means "it failed".
using BioHandle = std::unique_ptr<BIO, OpensslDeleter<BIO_free_all>>;
using CertificateHandle = std::unique_ptr<X509, OpensslDeleter<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, OpensslDeleter<EVP_PKEY_free>>;
using KeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, OpensslDeleter<EVP_PKEY_CTX_free>>;
using GeneralNamesHandle = std::unique_ptr<GENERAL_NAMES, OpensslDeleter<GENERAL_NAMES_free>>;

} // namespace lab::certificates
