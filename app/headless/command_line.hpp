#pragma once

#include "headless/console.hpp"
#include "scenario/exit_code.hpp"

#include <string>
#include <vector>

namespace lab::headless {

/// Does what the arguments say, and tells how it went.
/// \param arguments  without the program's name
[[nodiscard]] scenario::ExitCode runCommandLine(const std::vector<std::string>& arguments,
                                                Console& console);

} // namespace lab::headless
