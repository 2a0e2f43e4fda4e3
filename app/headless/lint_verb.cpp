#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/finding_text.hpp"
#include "scenario/lint.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `lint` as they were given.
struct LintFlags {
    scenario::LintOptions options;
    Format format = Format::Text;
    bool isGithub = false;
};

std::string rendered(const scenario::LintResult& linted, Format format)
{
    switch (format) {
    case Format::Json:
        return scenario::findingsAsJson(linted.findings, linted.code == ExitCode::Held);
    case Format::Markdown:
        return scenario::findingsAsMarkdown(linted.findings);
    default:
        return scenario::findingsAsText(linted.findings);
    }
}

ExitCode lint(const LintFlags& flags, const Console& console)
{
    const Result<scenario::LintResult> linted = scenario::lint(flags.options);
    if (!linted) {
        return reportFailure(console, linted.error(), flags.isGithub);
    }
    console.out << rendered(*linted, flags.format) << std::flush;
    console.complain(scenario::findingCounts(linted->findings));
    if (flags.isGithub) {
        console.err << scenario::findingsAsGithub(linted->findings);
    }
    return linted->code;
}

} // namespace

void addLintVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand("lint", "Say everything that is wrong with the input");
    verb.footer("  ingresslab lint k8s/\n"
                "  ingresslab lint scenarios/two-doors -o json\n"
                "  kubectl get svc,ingress,deploy -A -o yaml | ingresslab lint -");
    const auto flags = std::make_shared<LintFlags>();
    // Only here is it known that no thread runs yet.
    flags->isGithub = std::getenv("GITHUB_ACTIONS") != nullptr; // NOLINT(concurrency-mt-unsafe)
    verb.add_option("MANIFESTS|SCENARIO",
                    flags->options.inputs,
                    "Files, folders or - for standard input; or one scenario")
        ->required();
    addOutputFlag(verb, flags->format);
    verb.add_option_function<std::string>(
            "--fail-on",
            [flags](const std::string& word) {
                if (word != "error" && word != "warning") {
                    throw CLI::ValidationError("--fail-on", "takes error or warning");
                }
                flags->options.failsOnWarning = word == "warning";
            },
            "What exits with 1: error (default) or warning")
        ->type_name("LEVEL");
    verb.add_flag("--no-assumed-class{false}",
                  flags->options.assumesClasses,
                  "An IngressClass that no manifest defines is not assumed");
    verb.add_flag("--github", flags->isGithub, "Annotate for GitHub (by itself under Actions)");
    verb.callback([flags, &console, &result] { result.code = lint(*flags, console); });
}

} // namespace lab::headless
