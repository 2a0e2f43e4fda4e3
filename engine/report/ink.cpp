#include "report/ink.hpp"

namespace lab::report {
namespace {

/// ECMA-48 select graphic rendition; the eight basic colours, which every theme has.
std::string_view codeOf(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return "";
    case Tone::Strong:
        return "1";
    case Tone::Faint:
        return "2";
    case Tone::Good:
        return "32";
    case Tone::Bad:
        return "1;31";
    case Tone::Unsure:
        return "33";
    }
    return "";
}

} // namespace

std::string Ink::paint(Tone tone, std::string_view text) const
{
    const std::string_view code = codeOf(tone);
    if (!usesColour_ || code.empty() || text.empty()) {
        return std::string(text);
    }
    std::string painted = "\033[";
    painted += code;
    painted += 'm';
    painted += text;
    painted += "\033[0m";
    return painted;
}

} // namespace lab::report
