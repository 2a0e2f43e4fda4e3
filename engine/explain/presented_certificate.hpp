#pragma once

#include "explain/explanation.hpp"

namespace lab::explain {

/// The certificate that a client gets from the door when it asks for this name: exact name, else
/// the wildcard of its first label, else the default one. Nothing where the door has none.
/// \param host  lower case, without port
[[nodiscard]] std::optional<PresentedCertificate> presentedCertificate(
    const plan::Door& door, const plan::FrontDoorPlan& plan, std::string_view host);

} // namespace lab::explain
