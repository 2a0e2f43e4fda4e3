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

void PrometheusText::write(Labels labels, const std::string& value)
{
    text_ += name_;
    char before = '{';
    for (const auto& [label, labelValue] : labels) {
        text_ += before;
        text_ += label;
        text_ += "=\"";
        appendEscaped(text_, labelValue);
        text_ += '"';
        before = ',';
    }
    text_ += labels.size() == 0 ? " " : "} ";
    text_ += value;
    text_ += '\n';
}

} // namespace lab::scenario
