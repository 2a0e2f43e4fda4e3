#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/asset_folder.hpp"
#include "scenario/version.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace lab::headless {

void addSchemaVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb =
        *program.add_subcommand("schema", "Print a JSON Schema, for editors and for checks");
    verb.footer("  ingresslab schema > scenario.v1.json\n"
                "  ingresslab schema report | jq .properties");
    const auto name = std::make_shared<std::string>("scenario");
    verb.add_option("NAME", *name, "scenario (default), lesson or report")
        ->check(CLI::IsMember({"scenario", "lesson", "report"}));
    verb.callback([name, &console, &result] {
        const Result<std::string> text = scenario::assetText("schema/" + *name + ".v1.json");
        if (!text) {
            result.code = reportFailure(console, text.error());
            return;
        }
        console.out << *text << std::flush;
    });
}

void addVersionVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand("version", "Say which version this is");
    verb.footer("  ingresslab version -o json");
    const auto format = std::make_shared<Format>(Format::Text);
    addOutputFlag(verb, *format);
    verb.callback([format, &console, &result] {
        const std::string version = scenario::version();
        if (*format == Format::Json) {
            console.out << R"({"name":"ingresslab","version":")" << version << "\"}" << std::endl;
        } else {
            console.out << "ingresslab " << version << std::endl;
        }
        result.code = scenario::ExitCode::Held;
    });
}

} // namespace lab::headless
