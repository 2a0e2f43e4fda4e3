#include "headless/cost_flags.hpp"

#include <CLI/CLI.hpp>

namespace lab::headless {
namespace {

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

void addCostFlags(CLI::App& verb, scenario::CostOptions& options)
{
    verb.add_option("MANIFESTS|SCENARIO",
                    options.inputs,
                    "Files, folders or - for standard input; or one scenario")
        ->required();
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
    verb.add_flag("--no-assumed-class{false}",
                  options.assumesClasses,
                  "An IngressClass that no manifest defines is not assumed");
}

} // namespace lab::headless
