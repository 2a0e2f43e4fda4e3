#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lab::certificates {

/// What is read from a certificate: names, dates, and whether the key is its own.
struct CertificateInfo {
    std::vector<std::string> dnsNames; ///< Subject alternative names, lower case.
    std::string commonName;
    std::int64_t notBeforeSeconds = 0; ///< Unix time
    std::int64_t notAfterSeconds = 0;
    bool hasMatchingKey = false;

    /// By SAN; by the common name only where there is no SAN. One-label wildcards.
    [[nodiscard]] bool covers(std::string_view host) const;
};

/// Reads the leaf of a PEM chain. \param keyPem may be empty: then hasMatchingKey is false.
[[nodiscard]] Result<CertificateInfo> readCertificate(std::string_view certificatePem,
                                                      std::string_view keyPem);

} // namespace lab::certificates
