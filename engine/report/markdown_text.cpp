#include "report/markdown_text.hpp"

#include "report/text_layout.hpp"

namespace lab::report {

std::string markdownText(std::string_view text)
{
    constexpr std::string_view marks = "|\\`<*_[]";
    std::string safe;
    for (const char c : printable(text)) {
        if (marks.find(c) != std::string_view::npos) {
            safe += '\\';
        }
        safe += c;
    }
    return safe;
}

} // namespace lab::report
