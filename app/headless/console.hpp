#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace lab::headless {

/// Where a verb writes: results to `out`, everything else to `err`.
struct Console {
    std::ostream& out;
    std::ostream& err;
    bool isOutTerminal = false;
    bool isErrTerminal = false;
    bool forbidsColour = false; ///< NO_COLOR is set, or TERM=dumb. https://no-color.org

    /// "ingresslab: " and the sentence, on a line of its own, to `err`.
    void complain(std::string_view sentence) const;
};

/// Whether results are coloured: `--color`.
enum class ColourChoice { Auto, Always, Never };

[[nodiscard]] bool usesColour(const Console& console, ColourChoice choice);

/// The process's own streams and environment.
[[nodiscard]] Console processConsole();

} // namespace lab::headless
