#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/progress_line.hpp"
#include "headless/stop_signal.hpp"
#include "headless/verb.hpp"
#include "scenario/load_url.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `load` as they were given.
struct LoadFlags {
    scenario::LoadUrlOptions options;
    Format format = Format::Text;
    ColourChoice colour = ColourChoice::Auto;
};

ExitCode load(const LoadFlags& flags, Console& console)
{
    if (flags.format == Format::Markdown) {
        return reportFailure(console,
                             Error(ErrorKind::WrongUse, "load writes text or json, not md"));
    }
    const StopSignal stop;
    ProgressLine progress(console);
    scenario::LoadUrlOptions options = flags.options;
    options.stop = &stop.flag();
    options.watch = [&progress](double share, const measurement::Measurements& soFar) {
        progress.show(share, report::loadProgressLine(soFar));
    };
    const Result<report::LoadReport> report = scenario::loadUrl(options);
    progress.clear();
    if (!report) {
        return reportFailure(console, report.error());
    }
    console.out << (flags.format == Format::Json
                        ? report::renderLoadJson(*report)
                        : report::renderLoadText(*report, usesColour(console, flags.colour)))
                << std::flush;
    if (stop.flag()) {
        return stop.wasTerminated() ? ExitCode::Terminated : ExitCode::Interrupted;
    }
    return report->isConclusive() ? ExitCode::Held : ExitCode::Inconclusive;
}

} // namespace

void addLoadVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "load", "Ask one URL at a steady rate, and say how long the answers take");
    verb.footer("  ingresslab load http://127.0.0.1:8080/ --rate 500/s --duration 30s\n"
                "  ingresslab load https://shop.localhost:8443/cart --ca ca.pem --poisson\n"
                "  ingresslab load http://127.0.0.1:8080/ --host shop.example.com -o json");
    const auto flags = std::make_shared<LoadFlags>();
    scenario::LoadUrlOptions& options = flags->options;
    verb.add_option("URL", options.url, "Absolute; its host an address, or a name of localhost")
        ->required();
    verb.add_option("--rate", options.rate, "Requests a second (default 100/s)")->type_name("RATE");
    verb.add_option("--duration", options.duration, "How long (default 10s)")->type_name("TIME");
    verb.add_flag("--poisson", options.isPoisson, "Independent of each other, not evenly spaced");
    verb.add_option("--method", options.method, "GET (default), HEAD, POST, …")->type_name("WORD");
    verb.add_option("--host", options.host, "Host field and server name, instead of the URL's")
        ->type_name("NAME");
    verb.add_option("--body", options.bodyBytes, "Bytes sent with each")->type_name("N");
    verb.add_option("--clients", options.clients, "Client addresses on loopback, 1 to 250")
        ->type_name("N");
    verb.add_option("--connections", options.connections, "At most at once (default 256)")
        ->type_name("N");
    verb.add_option("--timeout", options.timeout, "Per request (default 10s)")->type_name("TIME");
    verb.add_option("--ca", options.caFile, "Trust this CA only (default: any certificate)")
        ->type_name("FILE");
    verb.add_option("--seed", options.seed, "Same seed, same arrivals")->type_name("N");
    verb.add_flag("--allow-remote", options.allowsRemote, "The server may be another machine");
    addOutputFlag(verb, flags->format);
    addColourFlag(verb, flags->colour);
    verb.callback([flags, &console, &result] { result.code = load(*flags, console); });
}

} // namespace lab::headless
