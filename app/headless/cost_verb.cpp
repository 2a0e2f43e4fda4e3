#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/cost_estimate.hpp"
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
};

ExitCode estimate(const CostFlags& flags, const Console& console)
{
    if (flags.format != Format::Text && flags.format != Format::Json) {
        console.complain("cost writes text or json");
        return ExitCode::WrongUse;
    }
    const Result<report::CostReport> cost = scenario::estimateCost(flags.options);
    if (!cost) {
        return reportFailure(console, cost.error());
    }
    console.out << (flags.format == Format::Json
                        ? report::costAsJson(*cost)
                        : report::costAsText(*cost, usesColour(console, flags.colour)))
                << std::flush;
    const Findings worse = scenario::atLeast(Severity::Error, cost->findings);
    if (!worse.empty()) {
        console.err << scenario::findingsAsText(worse);
        console.complain("the input has " + scenario::findingCounts(worse) +
                         ": what they concern may be missing from these figures");
    }
    return worstOf(cost->findings) >= Severity::Refused ? ExitCode::BadInput : ExitCode::Held;
}

void addTrafficFlags(CLI::App& verb, scenario::TrafficAssumption& traffic)
{
    verb.add_option("--requests",
                    traffic.requests,
                    "Requests/s of each service (50), or of one: shop/cart=200; may be repeated")
        ->type_name("RATE")
        ->allow_extra_args(false);
    const auto number = [&verb](const char* flag, double& value, double least, const char* text) {
        constexpr double most = 1e12;
        verb.add_option(flag, value, text)->type_name("N")->check(CLI::Range(least, most));
    };
    number("--request-bytes", traffic.requestBytes, 0, "Bytes of a request (1000)");
    number("--response-bytes", traffic.responseBytes, 0, "Bytes of an answer (10000)");
    number("--per-connection", traffic.requestsPerConnection, 1, "Requests a connection (10)");
    number("--connection-seconds",
           traffic.connectionSeconds,
           0,
           "How long a connection lasts, in seconds (60)");
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
    scenario::CostOptions& options = flags->options;
    verb.add_option("MANIFESTS|SCENARIO",
                    options.inputs,
                    "Files, folders or - for standard input; or one scenario")
        ->required();
    addOutputFlag(verb, flags->format);
    verb.add_option("--provider", options.provider, "Whose prices; inferred without it, else aws")
        ->type_name("NAME");
    verb.add_option("--region", options.region, "Its region, for the record")->type_name("NAME");
    verb.add_option("--zones", options.zones, "Availability zones (3)")
        ->type_name("N")
        ->check(CLI::Range(1, scenario::CostOptions::zonesMax));
    verb.add_flag("--zone-aware",
                  options.isZoneAware,
                  "The ingress prefers pods of its own zone: nothing crosses zones behind it");
    addTrafficFlags(verb, options.traffic);
    verb.add_option("--prices",
                    options.prices.files,
                    "A price file whose numbers replace the book's; may be repeated")
        ->type_name("FILE")
        ->allow_extra_args(false);
    verb.add_option("--set",
                    options.prices.settings,
                    "One number in place of the book's: aws.nlb.hourly=0.02; may be repeated")
        ->type_name("PRICE")
        ->allow_extra_args(false);
    verb.add_option("--date", options.date, "The day of the certificates' rules; of the book else")
        ->type_name("DAY");
    addColourFlag(verb, flags->colour);
    verb.add_flag("--no-assumed-class{false}",
                  options.assumesClasses,
                  "An IngressClass that no manifest defines is not assumed");
    verb.callback([flags, &console, &result] { result.code = estimate(*flags, console); });
}

} // namespace lab::headless
