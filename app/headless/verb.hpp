#pragma once

#include "headless/console.hpp"
#include "scenario/exit_code.hpp"

namespace CLI {
class App;
}

namespace lab::headless {

/// What a verb leaves behind for the process to end with.
struct VerbResult {
    scenario::ExitCode code = scenario::ExitCode::Held;
};

/// Each adds its verb with its flags and its help to the program; the verb itself runs when the
/// arguments name it. `console` and `result` outlive `program`.
void addRunVerb(CLI::App& program, Console& console, VerbResult& result);
void addServeVerb(CLI::App& program, Console& console, VerbResult& result);
void addLintVerb(CLI::App& program, Console& console, VerbResult& result);
void addCostVerb(CLI::App& program, Console& console, VerbResult& result);
void addAuditVerb(CLI::App& program, Console& console, VerbResult& result);
void addExplainVerb(CLI::App& program, Console& console, VerbResult& result);
void addSchemaVerb(CLI::App& program, Console& console, VerbResult& result);
void addLoadVerb(CLI::App& program, Console& console, VerbResult& result);
void addCompareVerb(CLI::App& program, Console& console, VerbResult& result);
void addBenchDoorVerb(CLI::App& program, Console& console, VerbResult& result);
void addVersionVerb(CLI::App& program, Console& console, VerbResult& result);

} // namespace lab::headless
