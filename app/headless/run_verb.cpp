#include "headless/failure.hpp"
#include "headless/flags.hpp"
#include "headless/progress_line.hpp"
#include "headless/report_output.hpp"
#include "headless/stop_signal.hpp"
#include "headless/verb.hpp"
#include "scenario/calendar_date.hpp"
#include "scenario/expectation.hpp"
#include "scenario/finding_text.hpp"
#include "scenario/scenario_runner.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>

namespace lab::headless {
namespace {

using scenario::ExitCode;

/// The flags of `run` as they were given.
struct RunFlags {
    std::vector<std::string> scenarios;
    std::string clock; ///< Empty: as the scenario says.
    std::optional<std::uint64_t> seed;
    std::string date;
    Format format = Format::Text;
    std::vector<std::string> reports;
    ColourChoice colour = ColourChoice::Auto;
    bool isGithub = false;
    bool isStrict = false;
};

/// Runs the scenarios one after the other and says how it went.
class RunVerb {
public:
    RunVerb(const RunFlags& flags, Console& console)
        : flags_(flags)
        , console_(console)
    {
    }

    ExitCode run()
    {
        if (const Result<void> checked = checkFlags(); !checked) {
            return reportFailure(console_, checked.error());
        }
        const StopSignal stop;
        ExitCode code = ExitCode::Held;
        for (const std::string& named : flags_.scenarios) {
            code = scenario::worse(code, runOne(named, stop));
            if (stop.flag()) {
                return stop.wasTerminated() ? ExitCode::Terminated : ExitCode::Interrupted;
            }
        }
        return code;
    }

private:
    Result<void> checkFlags()
    {
        if (!flags_.clock.empty() && flags_.clock != "live" && flags_.clock != "virtual") {
            return Error(ErrorKind::WrongUse,
                         "--clock " + flags_.clock + " is none; it takes live or virtual");
        }
        if (!flags_.date.empty() && !scenario::isDate(flags_.date)) {
            return Error(ErrorKind::WrongUse,
                         "--date " + flags_.date + " is no day; write it as 2026-11-23");
        }
        for (const std::string& text : flags_.reports) {
            const Result<ReportFile> file = ReportFile::parse(text);
            if (!file) {
                return file.error();
            }
            if (flags_.scenarios.size() > 1 && !file->isPerScenario()) {
                return Error(ErrorKind::WrongUse,
                             "--report " + text +
                                 " would be written once a scenario; put "
                                 "{scenario} into its name");
            }
            files_.push_back(*file);
        }
        return {};
    }

    ExitCode runOne(const std::string& named, const StopSignal& stop)
    {
        ProgressLine progress(console_);
        scenario::RunOptions options;
        options.clock = flags_.clock;
        options.seed = flags_.seed;
        options.date = flags_.date;
        options.isStrict = flags_.isStrict;
        options.stop = &stop.flag();
        options.progress = [&progress](double share, const std::string& what) {
            progress.show(share, what);
        };
        const Result<report::Report> report = scenario::runScenario(named, options);
        progress.clear();
        if (!report) {
            return reportFailure(console_, report.error(), flags_.isGithub);
        }
        console_.err << scenario::findingsAsText(
            scenario::atLeast(Severity::Warning, report->findings)); // notes: in the report
        console_.out << rendered(*report, flags_.format, usesColour(console_, flags_.colour))
                     << std::flush;
        annotate(*report);
        ExitCode code = scenario::exitCodeOf(*report);
        for (const ReportFile& file : files_) {
            if (const Result<void> written = write(*report, file); !written) {
                code = scenario::worse(code, reportFailure(console_, written.error()));
            }
        }
        return code;
    }

    /// GitHub shows annotations beside the code, and the summary on the run's page.
    void annotate(const report::Report& report) const
    {
        if (!flags_.isGithub) {
            return;
        }
        Findings findings = scenario::asFindings(report.expectations);
        append(findings, report.findings);
        console_.err << scenario::findingsAsGithub(findings);
        // No thread of ours is left at this point.
        const char* const path =
            std::getenv("GITHUB_STEP_SUMMARY"); // NOLINT(concurrency-mt-unsafe)
        if (path != nullptr) {
            std::ofstream(path, std::ios::app) << rendered(report, Format::Markdown);
        }
    }

    const RunFlags& flags_;
    Console& console_;
    std::vector<ReportFile> files_;
};

} // namespace

void addRunVerb(CLI::App& program, Console& console, VerbResult& result)
{
    CLI::App& verb = *program.add_subcommand(
        "run", "Send the same traffic through both styles and compare them");
    verb.footer("  ingresslab run scenarios/two-doors\n"
                "  ingresslab run shop/scenario.yaml --seed 7 --report junit=report.xml\n"
                "  ingresslab run scenarios/two-doors --clock virtual\n"
                "  ingresslab run scenarios/* -o json | jq .passed");
    const auto flags = std::make_shared<RunFlags>();
    // Only here is it known that no thread runs yet.
    flags->isGithub = std::getenv("GITHUB_ACTIONS") != nullptr; // NOLINT(concurrency-mt-unsafe)
    verb.add_option(
            "SCENARIO", flags->scenarios, "A scenario's file or folder; several run in turn")
        ->required();
    verb.add_option("--clock", flags->clock, "live: over sockets; virtual: simulated, in no time")
        ->type_name("CLOCK");
    verb.add_option("--seed", flags->seed, "Instead of the scenario's: same seed, same arrivals")
        ->type_name("N");
    verb.add_option("--date", flags->date, "Instead of the scenario's, as 2026-11-23")
        ->type_name("DAY");
    addOutputFlag(verb, flags->format);
    addColourFlag(verb, flags->colour);
    verb.add_option("--report", flags->reports, "Write a report too: junit=F, json=F or md=F")
        ->type_name("KIND=F")
        ->allow_extra_args(false);
    verb.add_flag("--github", flags->isGithub, "Annotate for GitHub (by itself under Actions)");
    verb.add_flag("--strict", flags->isStrict, "Objects that an API server would refuse are fatal");
    verb.callback([flags, &console, &result] { result.code = RunVerb(*flags, console).run(); });
}

} // namespace lab::headless
