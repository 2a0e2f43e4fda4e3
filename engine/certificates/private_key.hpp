#pragma once

#include "certificates/openssl_handles.hpp"

#include <string_view>

namespace lab::certificates {

/// The private key in a PKCS #8 DER blob, for files that link OpenSSL themselves (TLS contexts).
///
/// P-256 and P-384 keys that carry their public half are taken apart here and built by
/// EVP_PKEY_fromdata: 20 µs instead of the 500 µs of OpenSSL's generic decoder, which counts when
/// thousands of doors load their key at the first handshake. All others go through the decoder.
/// \return null where it is no key: OpenSSL's error queue says why
[[nodiscard]] KeyHandle loadPrivateKey(std::string_view pkcs8Der);

} // namespace lab::certificates
