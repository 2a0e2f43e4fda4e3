#pragma once

#include <string>
#include <string_view>

namespace lab::report {

/// How a piece of text is meant, besides what it says. The words never depend on it.
enum class Tone { Plain, Strong, Faint, Good, Bad, Unsure };

/// Paints text for a terminal, or leaves it as it is.
class Ink {
public:
    explicit Ink(bool usesColour)
        : usesColour_(usesColour)
    {
    }

    [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;

private:
    bool usesColour_;
};

} // namespace lab::report
