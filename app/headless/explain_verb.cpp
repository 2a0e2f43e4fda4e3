#include "base/suggestion.hpp"
#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/explain_request.hpp"
#include "scenario/finding_text.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `explain` as they were given.
struct ExplainFlags {
    scenario::ExplainOptions options;
    ColourChoice colour = ColourChoice::Auto;
    bool isJson = false;
};

ExitCode explainIt(const ExplainFlags& flags, const Console& console)
{
    const Result<scenario::Explained> explained = scenario::explainRequest(flags.options);
    if (!explained) {
        return reportFailure(console, explained.error());
    }
    if (flags.isJson) {
        console.out << scenario::explainedAsJson(*explained) << std::flush;
    } else {
        console.out << scenario::explainedAsText(*explained, usesColour(console, flags.colour))
                    << std::flush;
    }
    const Findings worse = scenario::atLeast(Severity::Error, explained->findings);
    if (!worse.empty()) {
        console.complain("the input has " + scenario::findingCounts(worse) +
                         "; `ingresslab lint` says which");
    }
    return ExitCode::Held;
}

/// An option that takes one of two words.
void addChoice(CLI::App& verb,
               const std::string& flag,
               const std::string& first,
               const std::string& second,
               const std::string& description,
               const std::function<void(bool isFirst)>& take)
{
    const std::string name = flag.substr(flag.find("--"));
    verb.add_option_function<std::string>(
            flag,
            [=](const std::string& word) {
                if (word != first && word != second) {
                    const std::vector<std::string> known{first, second};
                    const std::string near(nearest(word, known));
                    throw CLI::ValidationError(name,
                                               "knows no \"" + word + "\"; " +
                                                   (near.empty()
                                                        ? "it takes " + first + " or " + second
                                                        : "did you mean \"" + near + "\"?"));
                }
                take(word == first);
            },
            description)
        ->type_name("WORD");
}

void addRequestFlags(CLI::App& verb, explain::AskedRequest& request)
{
    verb.add_option("-X,--request", request.method, "Method; GET without it")->type_name("METHOD");
    verb.add_option("-H,--header", request.fields, "A header field, 'Name: value'; may be repeated")
        ->type_name("FIELD")
        ->allow_extra_args(false);
    verb.add_option(
            "--client-ip", request.clientAddress, "Where it comes from; 127.0.0.1 without it")
        ->type_name("ADDRESS");
}

} // namespace

void addExplainVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "explain", "Which rule takes this request, and why not the others?");
    verb.footer(
        "  ingresslab explain https://shop.example.com/cart -m k8s/\n"
        "  ingresslab explain http://shop.example.com/ -X POST -H 'Cookie: beta=1' -m k8s/\n"
        "  kubectl get svc,ingress,deploy -A -o yaml | ingresslab explain URL -m -");
    const auto flags = std::make_shared<ExplainFlags>();
    scenario::ExplainOptions& options = flags->options;
    verb.add_option("URL", options.request.url, "An http or https URL")->required();
    verb.add_option("-m,--manifests",
                    options.inputs,
                    "File, folder, scenario, or - for standard input; may be repeated")
        ->type_name("MANIFESTS")
        ->allow_extra_args(false)
        ->required();
    addRequestFlags(verb, options.request);
    addChoice(verb,
              "--style",
              "ingress",
              "per-service",
              "ingress or per-service; without it ingress if there is one",
              [&options](bool isFirst) {
                  options.style = isFirst ? plan::Style::Ingress : plan::Style::PerService;
              });
    addChoice(verb,
              "--profile",
              "ingress-nginx",
              "spec",
              "Whose rules hold: ingress-nginx or spec",
              [&options](bool isFirst) {
                  options.profile = isFirst ? plan::Profile::IngressNginx : plan::Profile::Spec;
              });
    addChoice(verb,
              "-o,--output",
              "json",
              "text",
              "How the answer is written: text or json",
              [flags = flags.get()](bool isFirst) { flags->isJson = isFirst; });
    addColourFlag(verb, flags->colour);
    verb.add_flag("--no-assumed-class{false}",
                  options.assumesClasses,
                  "An IngressClass that no manifest defines is not assumed");
    verb.callback([flags, &console, &result] { result.code = explainIt(*flags, console); });
}

} // namespace lab::headless
