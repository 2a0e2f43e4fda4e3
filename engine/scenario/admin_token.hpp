#pragma once

#include "base/result.hpp"

#include <optional>
#include <string>

namespace lab::scenario {

/// The token of the admin interface: a file's first line, else the environment's; empty: none.
/// \param file  from --admin-token-file, or nothing
/// \param environment  LAB_ADMIN_TOKEN, or nothing
/// \return WrongUse for one that is empty or could not be sent in a header; Environment for a file
///   that cannot be read. The token itself is in no message.
[[nodiscard]] Result<std::string> adminToken(const std::optional<std::string>& file,
                                             const std::optional<std::string>& environment);

} // namespace lab::scenario
