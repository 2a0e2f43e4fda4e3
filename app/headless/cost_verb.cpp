#include "headless/cost_flags.hpp"
#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/cost_estimate.hpp"
#include "scenario/file_text.hpp"
#include "scenario/finding_text.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `cost` as they were given.
struct CostFlags {
    scenario::CostOptions options;
    Format format = Format::Text;
    ColourChoice colour = ColourChoice::Auto;
    std::string htmlFile;
};

std::string
renderedCost(const report::CostReport& cost, const CostFlags& flags, const Console& console)
{
    switch (flags.format) {
    case Format::Json:
        return report::costAsJson(cost);
    case Format::Markdown:
        return report::costAsMarkdown(cost);
    case Format::Text:
    case Format::JUnit:
        break;
    }
    return report::costAsText(cost, usesColour(console, flags.colour));
}

ExitCode estimate(const CostFlags& flags, const Console& console)
{
    const Result<report::CostReport> cost = scenario::estimateCost(flags.options);
    if (!cost) {
        return reportFailure(console, cost.error());
    }
    if (!flags.htmlFile.empty()) {
        const auto written = scenario::writeFile(flags.htmlFile, report::costAsHtml(*cost));
        if (!written) {
            return reportFailure(
                console,
                Error(ErrorKind::Environment, flags.htmlFile + ' ' + written.error().message()));
        }
    }
    console.out << renderedCost(*cost, flags, console) << std::flush;
    const Findings worse = scenario::atLeast(Severity::Error, cost->findings);
    if (!worse.empty()) {
        console.err << scenario::findingsAsText(worse);
        console.complain("the input has " + scenario::findingCounts(worse) +
                         ": what they concern may be missing from these figures");
    }
    return worstOf(cost->findings) >= Severity::Refused ? ExitCode::BadInput : ExitCode::Held;
}

} // namespace

void addCostVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "cost",
        "What do both styles cost a month, and which certificates and quotas do they need?");
    verb.footer("  ingresslab cost k8s/\n"
                "  ingresslab cost k8s/ --provider gcp --requests 20 --requests shop/cart=200\n"
                "  ingresslab cost k8s/ --prices contract.yaml --set aws.nlb.hourly=0.02\n"
                "  kubectl get svc,ingress,deploy -A -o yaml | ingresslab cost - -o json");
    const auto flags = std::make_shared<CostFlags>();
    addCostFlags(verb, flags->options);
    addOutputFlag(verb, flags->format);
    verb.add_option("--html", flags->htmlFile, "Where to write a page with charts, for a ticket")
        ->type_name("FILE");
    addColourFlag(verb, flags->colour);
    verb.callback([flags, &console, &result] { result.code = estimate(*flags, console); });
}

} // namespace lab::headless
