#include "report/page.hpp"

#include "report/text_layout.hpp"

namespace lab::report {

void Page::line(const std::string& painted)
{
    if (!painted.empty()) {
        text_ += std::string(indent, ' ') + painted;
    }
    // Spaces at the end are nobody's.
    text_.erase(text_.find_last_not_of(' ') + 1);
    text_ += '\n';
}

void Page::wrapped(Tone tone, const std::string& text, std::size_t hang)
{
    const auto lines = wrapText(text, width - 2 * indent - hang);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        line((i == 0 ? "" : std::string(hang, ' ')) + ink_.paint(tone, lines[i]));
    }
}

void Page::rule(std::string_view glyph)
{
    line(ink_.paint(Tone::Faint, repeated(glyph, width - 2 * indent)));
}

void Page::heading(const std::string& text, const std::string& more)
{
    line();
    line(ink_.paint(Tone::Strong, text) +
         (more.empty() ? "" : ink_.paint(Tone::Faint, "  " + more)));
}

} // namespace lab::report
