#pragma once

#include <string>
#include <string_view>

namespace lab::report {

/// Text for GitHub's Markdown, whatever bytes it had: nothing in it is markup, in a table neither.
[[nodiscard]] std::string markdownText(std::string_view text);

} // namespace lab::report
