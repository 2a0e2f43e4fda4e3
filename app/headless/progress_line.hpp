#pragma once

#include "headless/console.hpp"

#include <string>

namespace lab::headless {

/// One line on a terminal that says how far something is; nothing at all elsewhere.
class ProgressLine {
public:
    explicit ProgressLine(Console& console)
        : console_(console)
    {
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    /// \param share  from 0 to 1
    void show(double share, const std::string& what);
    /// Takes the line away, so that results start at the left edge.
    void clear();

private:
    Console& console_;
    bool isShown_ = false;
};

} // namespace lab::headless
