#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab::certificates {

/// A certificate chain and its key as bytes, not decoded yet (`loadPrivateKey` in private_key.hpp
/// is quick about it).
struct KeyPairDer {
    std::vector<std::string> chain; ///< X.509 DER, leaf first; at least one.
    std::string key;                ///< PKCS #8 DER, unencrypted.
};

/// Most certificates that a chain may hold.
inline constexpr std::size_t chainCertificatesMax = 10;

/// PEM to DER, without looking into the certificates. Keys in PKCS #1 or SEC 1 become PKCS #8.
/// \return BadInput where there is no certificate or no usable key, or the key is encrypted
[[nodiscard]] Result<KeyPairDer> parseKeyPair(std::string_view certificatePem,
                                              std::string_view keyPem);

} // namespace lab::certificates
