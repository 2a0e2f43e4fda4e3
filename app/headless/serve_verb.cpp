#include "headless/failure.hpp"
#include "headless/signal_queue.hpp"
#include "headless/verb.hpp"
#include "scenario/admin_token.hpp"
#include "scenario/finding_text.hpp"
#include "scenario/input_watch.hpp"
#include "scenario/serving.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace lab::headless {
namespace {

using scenario::ExitCode;
using scenario::Serving;

constexpr std::chrono::seconds drainGrace(10);

/// Private keys are in memory: they must not end in a core file.
void forbidCoreFiles()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

/// Drains on a thread of its own, so that a second signal is heard meanwhile.
ExitCode drainUnlessPressed(Serving& serving, const SignalQueue& signals, const Console& console)
{
    const int done = ::eventfd(0, EFD_CLOEXEC);
    bool isComplete = false;
    std::thread drainer([&] {
        isComplete = serving.drain(drainGrace);
        const std::uint64_t one = 1;
        static_cast<void>(::write(done, &one, sizeof one));
    });
    while (const std::optional<int> number = signals.next(done)) {
        if (*number != SIGHUP && *number != SIGUSR1) {
            serving.abandon();
            console.err << std::flush;
            ::_exit(
                static_cast<int>(*number == SIGINT ? ExitCode::Interrupted : ExitCode::Terminated));
        }
    }
    drainer.join();
    ::close(done);
    if (const std::uint64_t lost = serving.accessLogLost(); lost > 0) {
        console.complain("the access log lacks " + std::to_string(lost) +
                         " requests: it was too slow, or could not be written");
    }
    if (!isComplete) {
        console.complain("some exchanges were not over after 10 s and were cut");
    }
    return ExitCode::Held;
}

/// SIGUSR1: the log has been moved away.
void reopenLog(Serving& serving, const Console& console)
{
    if (const Result<bool> reopened = serving.reopenAccessLog(); !reopened) {
        console.complain(reopened.error().message() + "; going on in the old one");
    }
}

/// Says what came of it: a line for programs, the findings for people.
void reload(Serving& serving, const Console& console)
{
    const scenario::ReloadOutcome outcome = serving.reload();
    console.err << scenario::findingsAsText(outcome.findings) << std::flush;
    console.out << outcome.line << std::endl;
    if (!outcome.isServed) {
        console.complain("not reloaded: what was served before goes on");
    }
}

/// What serving takes from the command line, besides what the engine is told.
struct ServeRequest {
    scenario::ServeOptions options;
    std::optional<std::string> tokenFile;
    bool watches = false;
};

/// Reloads and log files, until it is told to end.
void serveUntilTold(Serving& serving,
                    std::optional<scenario::InputWatch>& watch,
                    const SignalQueue& signals,
                    const Console& console)
{
    while (true) {
        const std::optional<int> number = signals.next(watch ? watch->descriptor() : -1);
        if (number == SIGHUP || (!number && watch->take())) {
            reload(serving, console);
        } else if (number == SIGUSR1) {
            reopenLog(serving, console);
        } else if (number) {
            return;
        }
    }
}

ExitCode serve(ServeRequest& request, const Console& console)
{
    forbidCoreFiles();
    scenario::ServeOptions& options = request.options;
    const char* const known = std::getenv("LAB_ADMIN_TOKEN");
    Result<std::string> token = scenario::adminToken(
        request.tokenFile, known == nullptr ? std::nullopt : std::optional<std::string>(known));
    if (!token) {
        return reportFailure(console, token.error());
    }
    options.adminToken = std::move(*token);
    std::optional<scenario::InputWatch> watch;
    if (request.watches) { // before the files are read: no change is missed
        Result<scenario::InputWatch> started = scenario::InputWatch::start(options.inputs);
        if (!started) {
            return reportFailure(console, started.error());
        }
        watch = std::move(*started);
    }
    const SignalQueue signals; // before the engine's threads, which inherit it
    const Result<std::unique_ptr<Serving>> serving = Serving::start(options);
    if (!serving) {
        return reportFailure(console, serving.error());
    }
    console.err << scenario::findingsAsText((*serving)->findings()) << std::flush;
    console.out << (*serving)->readyLine() << std::endl;
    serveUntilTold(**serving, watch, signals, console);
    return drainUnlessPressed(**serving, signals, console);
}

void addPortFlags(CLI::App& verb, scenario::ServeOptions& options)
{
    verb.add_option("--port",
                    options.port,
                    "N: http on N, https on N+1, admin on N+2; 0 picks free ones (default 8080, "
                    "8443, 9901)")
        ->type_name("N")
        ->check(CLI::Range(std::uint16_t{0}, scenario::servePortMax));
    verb.add_option("--admin-port", options.adminPort, "For the admin interface; 0 picks")
        ->type_name("N");
    verb.add_option(
            "--listen", options.listenAddress, "Address of the ingress's doors (default 127.0.0.1)")
        ->type_name("ADDR");
    verb.add_option_function<std::string>(
            "--per-service",
            [&options](const std::string& word) {
                if (word != "addresses" && word != "ports") {
                    throw CLI::ValidationError("--per-service", "takes addresses or ports");
                }
                options.usesAddressPerService = word == "addresses";
            },
            "A load balancer each: addresses (127.0.1.1, .2, …) or ports (from 20001)")
        ->type_name("HOW");
    verb.add_flag("--logical-ports",
                  options.usesLogicalPorts,
                  "Redirects name ports 80 and 443, not the real ones");
}

void addRecordFlags(CLI::App& verb, scenario::ServeOptions& options)
{
    verb.add_option(
            "--access-log",
            options.accessLog,
            "A line for every request, appended to this file; - is standard output; SIGUSR1 "
            "opens it anew")
        ->type_name("FILE");
    verb.add_option_function<std::string>(
            "--log-format",
            [&options](const std::string& word) {
                if (word != "nginx-combined" && word != "json") {
                    throw CLI::ValidationError("--log-format", "takes nginx-combined or json");
                }
                options.accessLogFormat = word == "json" ? scenario::AccessLogFormat::Json
                                                         : scenario::AccessLogFormat::NginxCombined;
            },
            "nginx-combined (default; with ingress-nginx's upstream fields in that profile) or "
            "json")
        ->type_name("FORMAT");
    verb.add_option("--records",
                    options.records,
                    "Requests that each worker remembers for /requests, 64 bytes each (default "
                    "131072)")
        ->type_name("N")
        ->check(
            CLI::Range(measurement::RecordRing::recordsMin, measurement::RecordRing::recordsMax));
}

} // namespace

void addServeVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb =
        *program.add_subcommand("serve", "Hold the doors up, live, for curl, browsers and wrk");
    verb.footer("  ingresslab serve scenarios/two-doors\n"
                "  ingresslab serve k8s/ --port 0\n"
                "  helm template shop/ | ingresslab serve -\n"
                "  curl --resolve shop.example.com:8080:127.0.0.1 http://shop.example.com:8080/");
    const auto request = std::make_shared<ServeRequest>();
    scenario::ServeOptions* const options = &request->options;
    verb.add_option("MANIFESTS|SCENARIO",
                    options->inputs,
                    "Files, folders or - for standard input; or one scenario")
        ->required();
    addPortFlags(verb, *options);
    addRecordFlags(verb, *options);
    constexpr int workersMax = 64;
    verb.add_option("--workers", options->workers, "Threads that serve the doors (default 1)")
        ->type_name("N")
        ->check(CLI::Range(1, workersMax));
    verb.add_option("--keep-certs",
                    options->keepCertificatesIn,
                    "Write certificates and keys into this folder, readable by you only")
        ->type_name("DIR");
    verb.add_flag("--no-assumed-class{false}",
                  options->assumesClasses,
                  "An IngressClass that no manifest defines is not assumed");
    verb.add_flag("--explain-header",
                  options->explainsInHeaders,
                  "A client on loopback that sends `x-lab-explain: 1` is told which rule took its "
                  "request, and why, in x-lab-… fields of the answer");
    verb.add_flag(
        "--strict", options->isStrict, "Objects that an API server would refuse are fatal");
    verb.add_flag("--watch",
                  request->watches,
                  "Reload when the files change, as on SIGHUP: a JSON line says what came of it, "
                  "and what cannot be served as a whole changes nothing");
    verb.add_option("--admin-token-file",
                    request->tokenFile,
                    "Whoever sends this file's first line as `Authorization: Bearer` may write to "
                    "the admin interface: PUT /scenario (or LAB_ADMIN_TOKEN)")
        ->type_name("FILE");
    verb.callback([request, &console, &result] { result.code = serve(*request, console); });
}

} // namespace lab::headless
