#pragma once

#include "base/finding.hpp"
#include "model/cluster.hpp"

#include <optional>
#include <string>

namespace lab::scenario {

/// Which Service does a scenario mean by "cart" or "shop/cart"?
///
/// \return "ns/name"; nothing, and an Unreadable finding at `place`, where no Service or more
///         than one has that name
[[nodiscard]] std::optional<std::string> fullServiceName(const std::string& written,
                                                         const model::Cluster& cluster,
                                                         const Place& place,
                                                         Findings& findings);

} // namespace lab::scenario
