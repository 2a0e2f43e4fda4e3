#pragma once

#include "base/result.hpp"

#include <string>

namespace lab::certificates {

/// What OpenSSL has against it, in one sentence: "cannot read the certificate: no start line".
///
/// Empties the calling thread's error queue, so that no later call is blamed for this one. Of
/// several reasons the first is the cause; the later ones say the same from further away.
[[nodiscard]] std::string drainOpensslErrors(std::string what);

/// The same as an Error.
[[nodiscard]] Error opensslError(ErrorKind kind, std::string what);

} // namespace lab::certificates
