#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace lab::headless {

/// Help as clig.dev asks for it: what it does, examples, usage, then the flags. At most 100
/// columns. A verb's examples are its CLI11 footer.
class HelpText final : public CLI::FormatterBase {
public:
    std::string
    make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
};

} // namespace lab::headless
