#pragma once

#include "base/instant.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace lab::scenario {

/// Writes metrics in the Prometheus text format 0.0.4: a family's head, then its samples.
/// https://prometheus.io/docs/instrumenting/exposition_formats/
class PrometheusText {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    void counter(std::string_view name, std::string_view help) { family(name, help, "counter"); }
    void gauge(std::string_view name, std::string_view help) { family(name, help, "gauge"); }

    void histogram(std::string_view name, std::string_view help)
    {
        family(name, help, "histogram");
    }

    /// One histogram of the family begun last. \param counts  one a bound and one for what is
    /// longer; not cumulative
    void distribution(Labels labels,
                      std::span<const Duration> bounds,
                      std::span<const std::uint64_t> counts,
                      Duration sum);

    /// A sample of the family begun last.
    void sample(Labels labels, std::uint64_t value) { write(labels, std::to_string(value)); }
    void sample(Labels labels, double value);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void family(std::string_view name, std::string_view help, std::string_view type);
    void write(Labels labels,
               const std::string& value,
               std::string_view suffix = {},
               std::string_view bound = {});

    std::string name_;
    std::string text_;
};

} // namespace lab::scenario
