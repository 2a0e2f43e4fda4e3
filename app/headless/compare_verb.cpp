#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/compare_results.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `compare` as they were given.
struct CompareFlags {
    std::string a;
    std::string b;
    Format format = Format::Text;
    ColourChoice colour = ColourChoice::Auto;
};

ExitCode compare(const CompareFlags& flags, const Console& console)
{
    if (flags.format == Format::Markdown) {
        return reportFailure(console,
                             Error(ErrorKind::WrongUse, "compare writes text or json, not md"));
    }
    const Result<scenario::ComparedResults> compared = scenario::compareResults(flags.a, flags.b);
    if (!compared) {
        return reportFailure(console, compared.error());
    }
    console.out << (flags.format == Format::Json
                        ? report::renderDifferenceJson(compared->rows, compared->caveats)
                        : report::renderDifferenceText(
                              compared->rows, compared->caveats, usesColour(console, flags.colour)))
                << std::flush;
    return compared->code();
}

} // namespace

void addCompareVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "compare", "What differs between two results of run, and what may be chance");
    verb.footer("  ingresslab run shop/ --report json=before.json\n"
                "  ingresslab run shop/ --report json=after.json\n"
                "  ingresslab compare before.json after.json");
    const auto flags = std::make_shared<CompareFlags>();
    verb.add_option("A", flags->a, "A result: a JSON report of run")->required();
    verb.add_option("B", flags->b, "The other one")->required();
    addOutputFlag(verb, flags->format);
    addColourFlag(verb, flags->colour);
    verb.callback([flags, &console, &result] { result.code = compare(*flags, console); });
}

} // namespace lab::headless
