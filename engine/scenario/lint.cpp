#include "scenario/lint.hpp"

#include "scenario/file_text.hpp"
#include "scenario/lesson_reader.hpp"
#include "scenario/plan_input.hpp"

#include <filesystem>

namespace lab::scenario {
namespace {

ExitCode exitCodeOf(const Finding& finding, bool failsOnWarning)
{
    switch (finding.severity) {
    case Severity::Unreadable:
    case Severity::Refused:
        return ExitCode::BadInput;
    case Severity::Error:
        return ExitCode::ExpectationFailed;
    case Severity::Warning:
        return failsOnWarning ? ExitCode::ExpectationFailed : ExitCode::Held;
    case Severity::Note:
        return ExitCode::Held;
    }
    return ExitCode::Fault;
}

namespace fs = std::filesystem;

bool isLesson(const std::string& named)
{
    const fs::path name = fs::path(named).filename();
    return name == "lesson.yaml" || name == "lesson.yml";
}

/// The lesson of a scenario's folder, or nothing.
std::optional<std::string> lessonIn(const std::string& folder)
{
    for (const char* const name : {"lesson.yaml", "lesson.yml"}) {
        const fs::path path = fs::path(folder) / name;
        std::error_code error;
        if (fs::is_directory(folder, error) && fs::exists(path, error)) {
            return path.lexically_normal().string();
        }
    }
    return std::nullopt;
}

Result<void> lintLesson(const std::string& path, Findings& findings)
{
    const Result<std::string> text = readFile(path, ownBytesMax);
    if (!text) {
        return Error(ErrorKind::Environment, path + ' ' + text.error().message());
    }
    ReadLesson read = readLesson(*text, path);
    std::error_code error;
    const fs::path scenario = fs::path(path).parent_path() / read.lesson.scenario;
    if (read.isReadable() && !fs::is_regular_file(scenario, error)) {
        read.findings.push_back({Severity::Unreadable,
                                 "no-scenario",
                                 read.lesson.place,
                                 "the lesson's scenario " + scenario.string() + " is no file",
                                 "put it beside the lesson"});
    }
    append(findings, std::move(read.findings));
    return {};
}

/// Scenarios and manifests, and both styles as planned from them.
Result<void>
lintPlans(const std::vector<std::string>& inputs, bool assumesClasses, Findings& findings)
{
    Result<PlanInput> input = readPlanInput(inputs, {assumesClasses});
    if (!input) {
        return input.error();
    }
    const bool isReadable = input->isReadable();
    append(findings, std::move(input->findings));
    if (isReadable) {
        append(findings, plan::planFrontDoors(input->cluster, input->options).findings);
    }
    return {};
}

} // namespace

Result<LintResult> lint(const LintOptions& options)
{
    LintResult result;
    std::vector<std::string> inputs = options.inputs;
    std::erase_if(inputs, isLesson);
    if (!inputs.empty()) {
        const Result<void> linted = lintPlans(inputs, options.assumesClasses, result.findings);
        if (!linted) {
            return linted.error();
        }
    }
    for (const std::string& named : options.inputs) {
        const std::optional<std::string> path = isLesson(named) ? named : lessonIn(named);
        const Result<void> linted = path ? lintLesson(*path, result.findings) : Result<void>();
        if (!linted) {
            return linted.error();
        }
    }
    for (const Finding& finding : result.findings) {
        result.code = worse(result.code, exitCodeOf(finding, options.failsOnWarning));
    }
    return result;
}

} // namespace lab::scenario
