#pragma once

#include "http/message.hpp"

#include <cstddef>

namespace lab::http {

/// What the Connection fields of a message ask for. RFC 9110 7.6.1
struct ConnectionOptions {
    static constexpr std::size_t optionsMax = 64; ///< In all its lines; beyond it: not taken.

    bool hasClose = false;
    bool hasKeepAlive = false;
    bool hasUpgrade = false;
    bool isTooLong = false; ///< More than optionsMax.
};

/// Reads all Connection fields and marks every field that they name as hop-by-hop.
[[nodiscard]] ConnectionOptions applyConnectionFields(FieldList& fields);

/// The one Upgrade field, if it offers protocols and none of them is h2c; else empty.  An offer of
/// h2c must not reach a pod: it would take the proxy's next bytes for HTTP/2.
[[nodiscard]] std::string_view upgradeOffer(const FieldList& fields);

/// May a 101 switch to these protocols? Only to what was offered, and to one at least. RFC 9110 7.8
[[nodiscard]] bool isOffered(std::string_view chosen, std::string_view offer);

/// Does this Expect field ask for 100-continue?  RFC 9110 10.1.1
[[nodiscard]] bool asksForContinue(const Field& field);

} // namespace lab::http
