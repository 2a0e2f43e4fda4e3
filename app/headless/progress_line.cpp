#include "headless/progress_line.hpp"

#include <algorithm>
#include <cmath>

namespace lab::headless {

void ProgressLine::show(double share, const std::string& what)
{
    if (!console_.isErrTerminal) {
        return;
    }
    constexpr std::size_t width = 24;
    const double known = std::clamp(share, 0.0, 1.0);
    const auto full = static_cast<std::size_t>(std::lround(known * static_cast<double>(width)));
    console_.err << "\r\x1b[K" << std::string(full, '=') << std::string(width - full, '.') << ' '
                 << std::lround(known * 100) << " %  " << what << std::flush;
    isShown_ = true;
}

void ProgressLine::clear()
{
    if (isShown_) {
        console_.err << "\r\x1b[K" << std::flush;
        isShown_ = false;
    }
}

} // namespace lab::headless
