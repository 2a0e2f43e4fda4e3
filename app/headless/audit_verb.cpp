#include "headless/cost_flags.hpp"
#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/verb.hpp"
#include "scenario/audit.hpp"
#include "scenario/file_text.hpp"
#include "scenario/finding_text.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `audit` as they were given.
struct AuditFlags {
    scenario::CostOptions options;
    Format format = Format::Text;
    ColourChoice colour = ColourChoice::Auto;
    std::string yamlFile;
    std::string csvFile;
    std::string htmlFile;
};

std::string
renderedAudit(const report::AuditReport& audit, const AuditFlags& flags, const Console& console)
{
    switch (flags.format) {
    case Format::Json:
        return report::auditAsJson(audit);
    case Format::Markdown:
        return report::auditAsMarkdown(audit);
    case Format::Text:
    case Format::JUnit:
        break;
    }
    return report::auditAsText(audit, usesColour(console, flags.colour));
}

Result<void> writeWished(const std::string& file, const std::string& text)
{
    if (file.empty()) {
        return {};
    }
    const Result<void> written = scenario::writeFile(file, text);
    return written ? written
                   : Error(ErrorKind::Environment, file + ' ' + written.error().message());
}

/// Files first: whoever reads the text finds them there.
Result<void> writeFiles(const report::AuditReport& audit, const AuditFlags& flags)
{
    for (const auto& [file, text] : {std::pair(flags.yamlFile, audit.ingressYaml),
                                     std::pair(flags.htmlFile, report::auditAsHtml(audit)),
                                     std::pair(flags.csvFile, report::auditAsCsv(audit))}) {
        if (auto written = writeWished(file, text); !written) {
            return written;
        }
    }
    return {};
}

ExitCode auditInput(const AuditFlags& flags, const Console& console)
{
    const Result<report::AuditReport> audit = scenario::auditCluster(flags.options);
    if (!audit) {
        return reportFailure(console, audit.error());
    }
    if (const Result<void> written = writeFiles(*audit, flags); !written) {
        return reportFailure(console, written.error());
    }
    console.out << renderedAudit(*audit, flags, console) << std::flush;
    const Findings worse = scenario::atLeast(Severity::Error, audit->findings);
    if (!worse.empty()) {
        console.err << scenario::findingsAsText(worse);
        console.complain("the input has " + scenario::findingCounts(worse) +
                         ": what they concern may be missing from these verdicts");
    }
    return worstOf(audit->findings) >= Severity::Refused ? ExitCode::BadInput : ExitCode::Held;
}

} // namespace

void addAuditVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "audit",
        "Which load balancers of a cluster could go, what that saves, what would be lost?");
    verb.footer("  kubectl get svc,ingress,deploy,endpointslices,secret -A -o yaml | "
                "ingresslab audit -\n"
                "  ingresslab audit dump.yaml --yaml ingresses.yaml --csv services.csv\n"
                "  ingresslab audit dump.yaml --provider gcp --requests 20 -o md");
    const auto flags = std::make_shared<AuditFlags>();
    addCostFlags(verb, flags->options);
    addOutputFlag(verb, flags->format);
    verb.add_option("--yaml", flags->yamlFile, "Where to write the Ingresses of those that move")
        ->type_name("FILE");
    verb.add_option("--html", flags->htmlFile, "Where to write a page with charts, for a ticket")
        ->type_name("FILE");
    verb.add_option("--csv", flags->csvFile, "Where to write a line for each Service")
        ->type_name("FILE");
    addColourFlag(verb, flags->colour);
    verb.callback([flags, &console, &result] { result.code = auditInput(*flags, console); });
}

} // namespace lab::headless
