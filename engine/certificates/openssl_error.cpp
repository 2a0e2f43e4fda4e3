#include "certificates/openssl_error.hpp"

#include <openssl/err.h>

#include <utility>

namespace lab::certificates {

std::string drainOpensslErrors(std::string what)
{
    const unsigned long first = ERR_get_error();
    ERR_clear_error();
    if (first == 0) {
        return what;
    }
    const char* reason = ERR_reason_error_string(first);
    if (reason != nullptr) {
        return what + ": " + reason;
    }
    return what + ": OpenSSL error " + std::to_string(first);
}

Error opensslError(ErrorKind kind, std::string what)
{
    return Error(kind, drainOpensslErrors(std::move(what)));
}

} // namespace lab::certificates
