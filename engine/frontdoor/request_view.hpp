#pragma once

#include <cstdint>
#include <string_view>

namespace lab::frontdoor {

/// What deciding may look at of one request. Views into the caller's buffers, valid for the call.
struct RequestView {
    std::string_view method;
    std::string_view host;   ///< Normalised: lower case, no port, no trailing dot.
    std::string_view path;   ///< Normalised: decoded, no query.
    std::string_view target; ///< As received.
    std::string_view clientAddress;
    bool isTls = false;
};

} // namespace lab::frontdoor
