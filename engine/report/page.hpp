#pragma once

#include "report/ink.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace lab::report {

/// A page of text while it is written: lines of at most 100 columns, indented by two.
class Page {
public:
    static constexpr std::size_t width = 100;
    static constexpr std::size_t indent = 2;

    explicit Page(bool usesColour)
        : ink_(usesColour)
    {
    }

    [[nodiscard]] const Ink& ink() const { return ink_; }

    /// One line, painted already; empty: an empty line.
    void line(const std::string& painted = {});

    /// Text of any length, later lines indented by `hang` columns.
    void wrapped(Tone tone, const std::string& text, std::size_t hang = 0);

    /// A rule over the whole width.
    void rule(std::string_view glyph);

    /// An empty line, then a heading, and faint words behind it.
    void heading(const std::string& text, const std::string& more = {});

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    Ink ink_;
    std::string text_;
};

} // namespace lab::report
