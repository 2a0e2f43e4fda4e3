#pragma once

#include "base/result.hpp"
#include "plan/front_door_plan.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace lab::live {

/// Descriptors kept for connections when it is counted whether a start can succeed.
inline constexpr std::size_t descriptorsForConnectionsMin = 128;

/// How many descriptors do these plans take, besides those that are open already?
///
/// A listener for each door socket and worker, one for each pod port, some for each thread, and
/// descriptorsForConnectionsMin.
[[nodiscard]] std::size_t
descriptorsNeeded(const std::vector<std::shared_ptr<const plan::FrontDoorPlan>>& plans,
                  std::size_t workers);

/// Raises this process's soft limit to the hard one.
/// \return Environment if not even that leaves room for `needed` more: how many are needed, how
/// many are allowed, and how to raise it
[[nodiscard]] Result<void> allowDescriptors(std::size_t needed);

} // namespace lab::live
