#include "scenario/prometheus_text.hpp"

#include "base/decimal.hpp"

namespace lab::scenario {
namespace {

void appendEscaped(std::string& text, std::string_view value)
{
    for (const char c : value) {
        if (c == '\n') {
            text += "\\n";
        } else {
            if (c == '"' || c == '\\') {
                text += '\\';
            }
            text += c;
        }
    }
}

} // namespace

void PrometheusText::sample(Labels labels, double value)
{
    constexpr int decimals = 6;
    write(labels, toShortDecimal(value, decimals));
}

void PrometheusText::family(std::string_view name, std::string_view help, std::string_view type)
{
    name_ = name;
    for (const auto& [word, rest] : {std::pair{"# HELP ", help}, std::pair{"# TYPE ", type}}) {
        text_ += word;
        text_ += name;
        text_ += ' ';
        text_ += rest;
        text_ += '\n';
    }
}

void PrometheusText::distribution(Labels labels,
                                  std::span<const Duration> bounds,
                                  std::span<const std::uint64_t> counts,
                                  Duration sum)
{
    constexpr int decimals = 9;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        below += counts[i];
        const std::string bound =
            i < bounds.size() ? toShortDecimal(toSeconds(bounds[i]), decimals) : "+Inf";
        write(labels, std::to_string(below), "_bucket", bound);
    }
    write(labels, toShortDecimal(toSeconds(sum), decimals), "_sum");
    write(labels, std::to_string(below), "_count");
}

void PrometheusText::write(Labels labels,
                           const std::string& value,
                           std::string_view suffix,
                           std::string_view bound)
{
    text_ += name_;
    text_ += suffix;
    char before = '{';
    for (const auto& [label, labelValue] : labels) {
        text_ += before;
        text_ += label;
        text_ += "=\"";
        appendEscaped(text_, labelValue);
        text_ += '"';
        before = ',';
    }
    if (!bound.empty()) {
        text_ += before;
        text_.append("le=\"").append(bound).append("\"");
        before = ',';
    }
    text_ += before == '{' ? " " : "} ";
    text_ += value;
    text_ += '\n';
}

} // namespace lab::scenario
