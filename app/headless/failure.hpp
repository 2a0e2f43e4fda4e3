#pragma once

#include "base/result.hpp"
#include "headless/console.hpp"
#include "scenario/exit_code.hpp"

namespace lab::headless {

/// Says on stderr why something could not be done, every finding on its line, and gives the exit
/// code for it. With `isGithub` GitHub's annotations follow.
[[nodiscard]] scenario::ExitCode
reportFailure(const Console& console, const Error& error, bool isGithub = false);

} // namespace lab::headless
