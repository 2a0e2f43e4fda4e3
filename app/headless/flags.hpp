#pragma once

#include "headless/console.hpp"
#include "headless/report_output.hpp"

namespace CLI {
class App;
}

namespace lab::headless {

/// `-o/--output text|json|md`; wrong words get a suggestion. \pre `format` outlives `verb`
void addOutputFlag(CLI::App& verb, Format& format);

/// `--color auto|always|never`
void addColourFlag(CLI::App& verb, ColourChoice& choice);

} // namespace lab::headless
