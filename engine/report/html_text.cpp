#include "report/html_text.hpp"

#include "base/decimal.hpp"
#include "report/text_layout.hpp"

#include <algorithm>

namespace lab::report {
namespace {

constexpr double chartWidth = 720;
constexpr double labelWidth = 120;
constexpr double totalWidth = 110;
constexpr double barHeight = 26;
constexpr double barGap = 12;
constexpr std::size_t colours = 8;

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6472; --line: #d9dee6; --paper: #fff;
  --shade: #f4f6f9; --c0: #0072b2; --c1: #e69f00; --c2: #009e73; --c3: #cc79a7; --c4: #56b4e9;
  --c5: #d55e00; --c6: #8a8f98; --c7: #b8a400; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf2; --soft: #9aa4b2; --line: #363e4b;
  --paper: #14181f; --shade: #1c222c; --c0: #4aa3df; --c6: #a7adb8; } }
body { margin: 2.5rem auto; max-width: 60rem; padding: 0 1.25rem; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .4rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
p.soft, td.soft, figcaption, footer { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
td.number, th.number { text-align: right; }
figure { margin: 0 0 1rem; } svg { width: 100%; height: auto; } svg text { fill: var(--ink);
  font: 13px system-ui, sans-serif; } svg text.soft { fill: var(--soft); }
.verdict { display: inline-block; min-width: 4.2em; padding: 0 .5em; border-radius: .8em;
  background: var(--shade); border: 1px solid var(--line); text-align: center; font-size: .85em; }
.move { border-color: var(--c2); } .keep { border-color: var(--c1); }
.cannot { border-color: var(--c5); }
pre { background: var(--shade); padding: 1rem; overflow: auto; font-size: .85rem; }
footer { margin-top: 2.5rem; font-size: .85rem; }
@media print { body { margin: 0; } details { display: none; } }
)";

std::string pixels(double value)
{
    return toDecimal(value, 1);
}

double sumOf(const Bar& bar)
{
    double sum = 0;
    for (const BarPart& part : bar.parts) {
        sum += part.value;
    }
    return sum;
}

/// Draws one chart: first the bars, then the legend.
class Chart {
public:
    explicit Chart(const std::vector<Bar>& bars)
        : bars_(bars)
    {
        for (const Bar& bar : bars) {
            largest_ = std::max(largest_, sumOf(bar));
        }
    }

    std::string drawn(std::string_view description)
    {
        for (const Bar& bar : bars_) {
            drawBar(bar);
        }
        drawLegend();
        return "<svg viewBox=\"0 0 " + pixels(chartWidth) + ' ' + pixels(y_) +
               "\" role=\"img\" aria-label=\"" + htmlText(description) + "\">" + body_ + "</svg>\n";
    }

private:
    std::size_t colourOf(const std::string& name)
    {
        const auto known = std::find(names_.begin(), names_.end(), name);
        if (known == names_.end()) {
            names_.push_back(name);
            return (names_.size() - 1) % colours;
        }
        return static_cast<std::size_t>(known - names_.begin()) % colours;
    }

    void text(double x, double y, std::string_view words, std::string_view attributes = {})
    {
        body_ += "<text x=\"" + pixels(x) + "\" y=\"" + pixels(y) + '"' + std::string(attributes) +
                 '>' + htmlText(words) + "</text>";
    }

    void box(double x, double y, double width, double height, std::size_t colour)
    {
        body_ += "<rect x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\" width=\"" + pixels(width) +
                 "\" height=\"" + pixels(height) + "\" fill=\"var(--c" + std::to_string(colour) +
                 ")\"/>";
    }

    void drawBar(const Bar& bar)
    {
        constexpr double room = chartWidth - labelWidth - totalWidth;
        const double baseline = y_ + barHeight / 2 + 5;
        text(labelWidth - 10, baseline, bar.name, " text-anchor=\"end\"");
        double x = labelWidth;
        for (const BarPart& part : bar.parts) {
            const double width = largest_ > 0 ? part.value / largest_ * room : 0;
            if (width > 0) {
                body_ += "<g><title>" + htmlText(part.name + ": " + part.text) + "</title>";
                box(x, y_, width, barHeight, colourOf(part.name));
                body_ += "</g>";
            }
            x += width;
        }
        text(x + 8, baseline, bar.total);
        y_ += barHeight + barGap;
    }

    void drawLegend()
    {
        constexpr double letter = 7.2;
        constexpr double mark = 12;
        constexpr double lineHeight = 22;
        double x = labelWidth;
        y_ += 4;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const double width =
                mark + 6 + static_cast<double>(displayWidth(names_[i])) * letter + 14;
            if (x > labelWidth && x + width > chartWidth) {
                x = labelWidth;
                y_ += lineHeight;
            }
            box(x, y_, mark, mark, i % colours);
            text(x + mark + 6, y_ + mark - 1, names_[i], " class=\"soft\"");
            x += width;
        }
        y_ += lineHeight;
    }

    const std::vector<Bar>& bars_;
    double largest_ = 0;
    double y_ = 4;
    std::string body_;
    std::vector<std::string> names_;
};

} // namespace

std::string htmlText(std::string_view text)
{
    std::string safe;
    for (const char c : printable(text)) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

std::string barChart(const std::vector<Bar>& bars, std::string_view description)
{
    return Chart(bars).drawn(description);
}

std::string htmlPage(std::string_view title, std::string_view body)
{
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "style-src 'unsafe-inline'\">\n<title>" +
           htmlText(title) + "</title>\n<style>" + std::string(style) +
           "</style>\n</head>\n<body>\n" + std::string(body) + "</body>\n</html>\n";
}

} // namespace lab::report
