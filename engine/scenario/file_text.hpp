#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>

namespace lab::scenario {

/// Most bytes of one manifest file, and of standard input.
inline constexpr std::size_t manifestBytesMax = 64U << 20U;
/// Most bytes of one of our own files.
inline constexpr std::size_t ownBytesMax = 8U << 20U;

/// The text of a regular file; devices, pipes and folders are refused, never waited for.
///
/// Errors are of kind Environment; their messages go behind the file's name: "does not exist".
[[nodiscard]] Result<std::string> readFile(const std::string& path, std::size_t bytesMax);

/// The same for a file below a folder. No link and no ".." leads out of that folder.
/// \param below  relative to the folder
[[nodiscard]] Result<std::string>
readFileBeneath(const std::string& folder, const std::string& below, std::size_t bytesMax);

/// All of standard input.
[[nodiscard]] Result<std::string> readStandardInput(std::size_t bytesMax);

/// Replaces the file by that text, or leaves it as it was: written beside it, then renamed.
[[nodiscard]] Result<void> writeFile(const std::string& path, const std::string& text);

} // namespace lab::scenario
