#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lab::report {

/// Text for HTML, whatever bytes it had: nothing in it is markup, in elements and in attributes.
[[nodiscard]] std::string htmlText(std::string_view text);

/// One part of a bar, and what it is called.
struct BarPart {
    std::string name;
    double value = 0; ///< At least 0.
    std::string text; ///< The value for people: "903.38 USD"
};

/// One bar of a chart: parts beside one another.
struct Bar {
    std::string name;
    std::string total; ///< Behind its end.
    std::vector<BarPart> parts;
};

/// Horizontal bars on one scale as inline SVG, 720 wide, with a legend of the parts below; parts of
/// one name have one colour (`--c0` … `--c7` of the page, then again from the first).
[[nodiscard]] std::string barChart(const std::vector<Bar>& bars, std::string_view description);

/// A whole page that needs nothing besides itself: no script, no font, no address; light and dark
/// as the reader's system is. \param body  markup
[[nodiscard]] std::string htmlPage(std::string_view title, std::string_view body);

} // namespace lab::report
